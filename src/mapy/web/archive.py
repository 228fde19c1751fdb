"""An archive written as a stream: one member at a time is in memory, and no disk is touched.

Members are stored as they are, for pictures are packed already. All have the same moment, the
earliest that the format can tell, so an archive says nothing of when it was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEDIA_TYPE = "application/zip"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


class Member(NamedTuple):
    """A file of an archive."""

    name: str
    content: bytes


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive in pieces; each member is asked for when those before it are gone."""
    written = _Pieces()
    with ZipFile(written, "w", ZIP_STORED) as archive:  # type: ignore[call-overload]  # it only writes
        for name, content in members:
            about = ZipInfo(name, _MOMENT)
            about.external_attr = _PLAIN_FILE
            archive.writestr(about, content)
            yield from written.taken()
    yield from written.taken()


class _Pieces:
    """A file that can only be written to: what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> list[bytes]:
        """What was written since."""
        pieces, self._pieces = self._pieces, []
        return pieces
