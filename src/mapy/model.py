"""What a reading gives: `Metadata`, its directories and their tags. Values, never changed.

No data classes: they would double the time that `import mapy` takes.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from operator import attrgetter
from struct import error as StructError  # noqa: N812 - reads as the exception it is
from typing import TYPE_CHECKING, Any, NamedTuple

from mapy.errors import Problem, Severity, Span
from mapy.tags.definition import Definition, Names, Value
from mapy.tiff_types import MACHINE, TYPE_NAMES, Rational

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


class Tag(NamedTuple):
    """One tag: where it stands, what it is called, what it says."""

    group: str
    """The directory's name: `IFD0`, `GPS`, `XMP-dc`."""
    definition: Definition
    type: int
    """The TIFF type; 0 where the block has no such types."""
    count: int  # type: ignore[assignment]  # the field's word; nobody counts the fields of a tag
    """Values of the type, as the file declares."""
    raw: Any
    """The value as it is stored. `Any`: int, float, bytes, `Rational` or a tuple, by type."""
    offset: int
    """Where the value begins, in bytes from the start of the file."""
    length: int
    """Bytes of the value in the file; 0 where it has no place of its own."""
    order: str = ""
    """`<` little-endian, `>` big-endian: the byte order of the directory."""

    @property
    def id(self) -> int | str:
        """The number in an IFD, the name of an XMP property, the keyword of a PNG text."""
        return self.definition.id

    @property
    def name(self) -> str:
        """The name: `DateTimeOriginal`."""
        return self.definition.name

    @property
    def key(self) -> str:
        """Group and name: `ExifIFD:DateTimeOriginal`."""
        return f"{self.group}:{self.definition.name}"

    @property
    def type_name(self) -> str:
        """The TIFF type's name, or an empty text."""
        return TYPE_NAMES[self.type]

    @property
    def is_known(self) -> bool:
        """Whether our tables name the tag."""
        return self.definition.is_known

    @property
    def span(self) -> Span:
        """The value's place in the file."""
        return Span(self.offset, self.length)

    @property
    def machine(self) -> Value:
        """The value for programs: numbers as numbers, places in decimal degrees, codes as codes.

        A value that its conversion has no meaning for is given as its type gives it.
        """
        convert = self.definition.convert
        if convert is not None:
            try:
                return convert(self)
            except UNCONVERTIBLE:
                pass
        raw = self.raw
        kind = self.type
        # A whole number is what it is, whatever its type.
        return MACHINE[kind](raw) if kind and raw.__class__ is not int else raw

    @property
    def readable(self) -> Value:
        """The value for people: codes as words, units behind numbers."""
        definition = self.definition
        value = self.machine
        if definition.one_of is not None:
            value = _named(definition, value)
        if definition.say is not None:
            try:
                return definition.say(value)
            except UNCONVERTIBLE:
                pass
        return value


make_tag: Callable[[tuple[object, ...]], Tag] = partial(tuple.__new__, Tag)
"""A tag from all of its fields in their order: half the price of `Tag(...)`, for long loops."""

UNCONVERTIBLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    StructError,
    TypeError,
    ValueError,
)
"""What a conversion may raise at a value that a camera never writes."""


def _named(definition: Definition, value: Value) -> Value:
    """A code, or each of several, in words; what has none goes on to `say`, or is "Unknown"."""
    names = definition.one_of or {}
    if isinstance(value, list):
        together = _together(names, [str(each) for each in value])
        return together or [_named(definition, each) for each in value]
    found = None if isinstance(value, float) else names.get(value)
    if found is not None:
        return found
    if isinstance(value, str):
        parts = value.split(" ")
        if all(part.isascii() and part.isdigit() for part in parts):
            together = _together(names, parts)
            if together:
                return together
            words = [names.get(int(part), f"Unknown ({part})") for part in parts]
            if len(parts) > 1 or int(value) in names:
                return "; ".join(words)
    return value if definition.say is not None else f"Unknown ({value})"


def _is_list(code: str) -> bool:
    """Whether a key of a table is several numbers: `5 0`."""
    return " " in code and all(part.isdigit() for part in code.split(" "))


_MOST_CODES = 8
"""Codes that may have one meaning together."""


def _together(names: Names, codes: list[str]) -> str:
    """A list in words, where the table has words for several codes together; else nothing.

    Codes behind those that have one meaning are said each by itself.
    """
    if not 1 < len(codes) <= _MOST_CODES:
        return ""
    for count in range(len(codes), 1, -1):
        word = names.get(" ".join(codes[:count]))
        if word is not None:
            rest = codes[count:]
            if not all(code.isascii() and code.isdigit() for code in rest):
                break
            return "; ".join([word, *(names.get(int(code), f"Unknown ({code})") for code in rest)])
    if any(isinstance(code, str) and _is_list(code) for code in names):
        return f"Unknown ({' '.join(codes)})"
    return ""


class Directory:
    """A named group of tags, in the order of the file."""

    __slots__ = ("is_embedded", "name", "span", "tags")

    def __init__(
        self, name: str, tags: tuple[Tag, ...], span: Span, *, is_embedded: bool = False
    ) -> None:
        self.name = name
        self.tags = tags
        self.is_embedded = is_embedded
        """Whether it tells of something inside the file, and not of the picture itself."""
        self.span = span
        """Where the directory itself stands; its values may lie elsewhere."""

    def __iter__(self) -> Iterator[Tag]:
        return iter(self.tags)

    def __len__(self) -> int:
        return len(self.tags)


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
