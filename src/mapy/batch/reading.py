"""Reading many files, one after the other: a file that cannot be read never loses the others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mapy.errors import MapyError
from mapy.explain import explain
from mapy.limits import MIB
from mapy.reader import read
from mapy.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from mapy.explain.finding import Finding
    from mapy.explain.seen import Decode
    from mapy.model import Metadata
    from mapy.text import Text


Seen = TypeVar("Seen")

MOST_CONTENT = 256 * MIB
"""Bytes of a file that is looked into as a whole; of a larger one only its tags are."""


class Unread(NamedTuple):
    """Why a file could not be read."""

    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Text:
        """What happened, and what to do."""
        return sentences(self.message, self.hint)


def read_each(paths: Iterable[Path]) -> Iterator[tuple[Path, Metadata | Unread]]:
    """Each file's metadata, or why there is none, in the order given; one at a time in memory."""
    return look_at_each(paths, lambda _, metadata: metadata)


def look_at_each(
    paths: Iterable[Path], look: Callable[[Path, Metadata], Seen]
) -> Iterator[tuple[Path, Seen | Unread]]:
    """What is seen in each file, or why nothing was, in the order given."""
    for path in paths:
        yield path, _seen(path, look)


def explained(path: Path, metadata: Metadata, decode: Decode | None = None) -> tuple[Finding, ...]:
    """What a file gives away, its own name and what stands behind the picture included.

    With something that decodes, the pictures inside are held against the picture.
    """
    return explain(metadata, name=path.name, content=_content(path), decode=decode)


def _content(path: Path) -> bytes | None:
    """The bytes of a file; None of one that is too large, or cannot be read any more."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return file.read(size) if size <= MOST_CONTENT else None
    except OSError:
        return None


def _seen(path: Path, look: Callable[[Path, Metadata], Seen]) -> Seen | Unread:
    try:
        return look(path, read(path))
    except MapyError as error:
        return Unread(error.code, error.message, error.hint)
    except Exception as fault:  # noqa: BLE001 - a fault of ours must not lose the other files
        from logging import getLogger  # noqa: PLC0415 - hardly ever needed

        kind = type(fault).__name__
        getLogger(__name__).error("file.fault: %s", kind)  # noqa: TRY400 - its text may hold values
        return Unread(
            "file.fault", "MAPy failed at this file. That is a fault of MAPy, not of the file."
        )
