"""`Tag`: one fact of a file. Where it stands, what it is called, what it says."""

from __future__ import annotations

from struct import error as StructError  # noqa: N812 - reads as the exception it is
from typing import TYPE_CHECKING, Any

from mapy.errors import Span
from mapy.tiff_types import MACHINE, TYPE_NAMES
from mapy.wording import AsFound, in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.tags.definition import Definition, Value


class Tag:
    """One tag: where it stands, what it is called, what it says. A value, never changed.

    Hundreds are made of each file, so it is no named tuple, which is slow to make and to ask.
    """

    __slots__ = ("count", "definition", "group", "length", "offset", "order", "raw", "type")

    def __init__(  # noqa: PLR0917 - the fields in their order, as a row of a table has them
        self,
        group: str,
        definition: Definition,
        type: int,  # noqa: A002 - the field's word
        count: int,
        raw: Any,  # noqa: ANN401 - int, float, bytes, `Rational` or a tuple, by type
        offset: int,
        length: int,
        order: str = "",
    ) -> None:
        self.group = group
        """The directory's name: `IFD0`, `GPS`, `XMP-dc`."""
        self.definition = definition
        self.type = type
        """The TIFF type; 0 where the block has no such types."""
        self.count = count
        """Values of the type, as the file declares."""
        self.raw = raw
        """The value as it is stored."""
        self.offset = offset
        """Where the value begins, in bytes from the start of the file."""
        self.length = length
        """Bytes of the value in the file; 0 where it has no place of its own."""
        self.order = order
        """`<` little-endian, `>` big-endian: the byte order of the directory."""

    def __repr__(self) -> str:
        return f"<Tag {self.key}: {self.raw!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tag) and all(
            getattr(self, name) == getattr(other, name) for name in _FIELDS
        )

    __hash__ = None  # type: ignore[assignment]  # as of other values that may hold lists

    def _replace(self, **changes: Any) -> Tag:
        """The same tag but for some fields, as a named tuple has it."""
        changed = Tag(
            self.group,
            self.definition,
            self.type,
            self.count,
            self.raw,
            self.offset,
            self.length,
            self.order,
        )
        for name, value in changes.items():
            setattr(changed, name, value)
        return changed

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
    def machine(self) -> AsFound:
        """The value for programs: numbers as numbers, places in decimal degrees, codes as codes.

        A value that its conversion has no meaning for is given as its type gives it.
        """
        convert: Callable[[Tag], AsFound] | None = self.definition.convert
        if convert is not None:
            try:
                return convert(self)
            except UNCONVERTIBLE:
                pass
        raw = self.raw
        kind = self.type
        # A whole number is what it is, whatever its type.
        return MACHINE[kind](raw) if kind and type(raw) is not int else raw

    @property
    def readable(self) -> AsFound:
        """The value for people: codes as words, units behind numbers."""
        return self.in_words(self.machine)

    def in_words(self, value: AsFound) -> AsFound:
        """The same of the value for programs, where that is at hand."""
        definition = self.definition
        if definition.one_of is not None:
            value = in_words(definition.one_of, value, is_said_on=definition.say is not None)
        say: Callable[[Value], AsFound] | None = definition.say
        if say is not None:
            try:
                return say(value)
            except UNCONVERTIBLE:
                pass
        return value


_FIELDS = ("group", "definition", "type", "count", "raw", "offset", "length", "order")
UNCONVERTIBLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    StructError,
    TypeError,
    ValueError,
)
"""What a conversion may raise at a value that a camera never writes."""
