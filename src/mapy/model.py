"""What a reading gives: `Metadata`, its directories and their tags. Values, never changed.

No data classes: they would double the time that `import mapy` takes.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mapy.directory import Directory
from mapy.errors import Problem, Severity, Span
from mapy.tag import Tag
from mapy.tags.definition import Definition, Value
from mapy.tiff_types import Rational

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = [
    "Block",
    "Definition",
    "Directory",
    "Metadata",
    "Position",
    "Problem",
    "Rational",
    "Severity",
    "Span",
    "Tag",
    "Value",
]


_is_embedded = attrgetter("is_embedded")


class Block(NamedTuple):
    """A piece of the container that carries metadata."""

    kind: str
    """What parses it: `exif`, `xmp`, `jfif`."""
    span: Span
    """Its payload's place in the file."""
    name: str = ""
    """What the container calls it: `APP1`, `iTXt`."""


class Position(NamedTuple):
    """Where the picture was taken, as its tags claim."""

    latitude: float
    """Decimal degrees, north positive."""
    longitude: float
    """Decimal degrees, east positive."""
    altitude: float | None = None
    """Metres above sea level; None where the file does not tell."""


def _length(portions: tuple[Span, ...]) -> int:
    return sum(portion.length for portion in portions)


def _within(portions: tuple[Span, ...], at: int, length: int) -> Iterator[Span]:
    """The stretches of portions that hold a part of what they make together."""
    for portion in portions:
        taken = min(portion.length - at, length)
        if taken > 0:
            yield Span(portion.offset + at, taken)
            length -= taken
        at = max(0, at - portion.length)


class Metadata:
    """All that was read from a file. Iterates its tags; `metadata["IFD0:Make"]` is one of them."""

    def __init__(
        self,
        *,
        format: str,  # noqa: A002 - the field's word
        media_type: str,
        size: int,
        directories: tuple[Directory, ...] = (),
        blocks: tuple[Block, ...] = (),
        problems: tuple[Problem, ...] = (),
        thumbnail: bytes | None = None,
        joined: tuple[tuple[Span, ...], ...] = (),
    ) -> None:
        self.format = format
        """The container: `JPEG`."""
        self.media_type = media_type
        self.size = size
        """Bytes of the file."""
        self.directories = directories
        self.blocks = blocks
        self.problems = problems
        self.thumbnail = thumbnail
        """The embedded preview of the EXIF block, usually a JPEG of its own."""
        self.joined = joined
        """Of each block that fills several segments: its portions, in their order."""
        self._groups: dict[str, dict[str, Tag]] | None = None

    def __repr__(self) -> str:
        return f"<Metadata of a {self.format} file: {len(self)} tags>"

    def __iter__(self) -> Iterator[Tag]:
        return chain.from_iterable([directory.tags for directory in self.directories])

    def __len__(self) -> int:
        return sum(map(len, self.directories))

    def __getitem__(self, key: str) -> Tag:
        """The first tag of that group and name; what is embedded comes last.

        Raises:
            KeyError: there is none.
        """
        tag = self.get(key)
        if tag is None:
            raise KeyError(key)
        return tag

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def get(self, key: str) -> Tag | None:
        """The first tag of that group and name, or None."""
        group, _, name = key.partition(":")
        if self._groups is None:
            self._groups = self._grouped()
        tags = self._groups.get(group)
        return None if tags is None else tags.get(name)

    def stretches(self, span: Span) -> tuple[Span, ...]:
        """Where in the file the bytes of a span stand.

        A block that fills several segments has the place of the first, and places within it are
        counted through all of them, as if nothing stood between.
        """
        for portions in self.joined:
            start = portions[0].offset
            if start <= span.offset and span.offset + span.length <= start + _length(portions):
                return tuple(_within(portions, span.offset - start, span.length))
        return (span,)

    def _grouped(self) -> dict[str, dict[str, Tag]]:
        """The first tag of each name, by group."""
        found: dict[str, dict[str, Tag]] = {}
        for directory in sorted(self.directories, key=_is_embedded):
            tags = found.setdefault(directory.name, {})
            for tag in directory.tags:
                tags.setdefault(tag.definition.name, tag)
        return found

    @property
    def position(self) -> Position | None:
        """Where the picture was taken: from GPS, else from XMP; None without either."""
        from mapy.explain.place import position_of  # noqa: PLC0415 - only who asks pays for it

        return position_of(self)

    @property
    def taken_at(self) -> datetime | None:
        """When the picture was taken; with a zone only where a tag names one; None without any."""
        from mapy.explain.moment import taken_at_of  # noqa: PLC0415 - only who asks pays for it

        return taken_at_of(self)
