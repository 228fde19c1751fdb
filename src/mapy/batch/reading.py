"""Reading many files, one after the other: a file that cannot be read never loses the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mapy.errors import MapyError
from mapy.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mapy.model import Metadata


class Unread(NamedTuple):
    """Why a file could not be read."""

    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


Reading: TypeAlias = "tuple[Path, Metadata | Unread]"
"""A file, and what was read of it or why nothing was."""


def read_each(paths: Iterable[Path]) -> Iterator[Reading]:
    """Each file's metadata, or why there is none, in the order given; one at a time in memory."""
    for path in paths:
        yield path, _read(path)


def _read(path: Path) -> Metadata | Unread:
    try:
        return read(path)
    except MapyError as error:
        return Unread(error.code, error.message, error.hint)
    except Exception:  # noqa: BLE001 - a fault of our own at one file must not lose the others
        return Unread(
            "file.fault", "MAPy failed at this file. That is a fault of MAPy, not of the file."
        )
