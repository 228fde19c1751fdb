"""Reading many files, one after the other: a file that cannot be read never loses the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mapy.errors import MapyError
from mapy.explain import explain
from mapy.limits import MIB
from mapy.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mapy.explain.finding import Finding
    from mapy.model import Metadata


MOST_CONTENT = 256 * MIB
"""Bytes of a file that is looked into as a whole; of a larger one only its tags are."""


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


def explained(path: Path, metadata: Metadata) -> tuple[Finding, ...]:
    """What a file gives away, its own name and what stands behind the picture included."""
    return explain(metadata, name=path.name, content=_content(path))


def _content(path: Path) -> bytes | None:
    """The bytes of a file; None of one that is too large, or cannot be read any more."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_CONTENT + 1)
    except OSError:
        return None
    return content if len(content) <= MOST_CONTENT else None


def _read(path: Path) -> Metadata | Unread:
    try:
        return read(path)
    except MapyError as error:
        return Unread(error.code, error.message, error.hint)
    except Exception:  # noqa: BLE001 - a fault of our own at one file must not lose the others
        return Unread(
            "file.fault", "MAPy failed at this file. That is a fault of MAPy, not of the file."
        )
