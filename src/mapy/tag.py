"""`Tag`: one fact of a file. Where it stands, what it is called, what it says."""

from __future__ import annotations

from struct import error as StructError  # noqa: N812 - reads as the exception it is
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mapy.errors import Span
from mapy.tags.definition import EACH, HEXADECIMAL, UNKNOWN
from mapy.tiff_types import MACHINE, TYPE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.tags.definition import Definition, Names, Value

AsFound: TypeAlias = "Value | Any"
"""A value as a file and its conversion left it. `Any`: compiled code holds what comes to its type,
and damage that nobody foresaw must not become a `TypeError`."""


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
            value = _named(definition, value)
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


def _named(definition: Definition, value: AsFound) -> AsFound:
    """A code, or each of several, in words; what has none goes on to `say`, or is "Unknown"."""
    names = definition.one_of or {}
    if isinstance(value, list):
        together = _together(names, [str(each) for each in value])
        return together or [_named(definition, each) for each in value]
    found = None if isinstance(value, float) else names.get(value)
    if found is not None:
        return found
    if isinstance(value, str):
        if EACH in names:
            return _in_turn(names, value.split(" "))
        if value.isascii() and value.isdigit() and int(value) in names:
            return names[int(value)]
    return value if definition.say is not None else unknown(names, value)


def _in_turn(names: Names, parts: list[str]) -> str:
    """A list in words, each place of which has its own; a place without words says its number."""
    places = names[EACH].split(" ")
    first = next((code for code in names if isinstance(code, str) and _is_list(code)), "")
    taken = 1 + first.count(" ")  # some have words for their first numbers together
    said: list[str] = []
    for place, part in enumerate([" ".join(parts[:taken]), *parts[taken:]]):
        code = f"{place}:{part}" if place else part
        word = names.get(_code(code))
        if word is None:
            word = unknown(names, _code(part)) if str(place) in places else part
        said.append(word)
    return "; ".join(said)


def _code(part: str) -> int | str:
    return int(part) if part.lstrip("-").isdigit() else part


def unknown(names: Names, value: AsFound) -> str:
    """What a code is called that has no word of its own."""
    how = names.get(UNKNOWN)
    if how is None or not isinstance(value, int):
        return f"Unknown ({value})"
    if how == HEXADECIMAL:
        return f"Unknown (0x{value & _LARGEST:x})"
    return set_bits(names, value & _LARGEST)


def set_bits(names: Names, value: int) -> str:
    """The words of the bits that are set, the lowest first; `names` has each by its value alone."""
    return (
        ", ".join(
            [
                names.get(1 << bit) or f"[{bit}]"
                for bit in range(value.bit_length())
                if value >> bit & 1
            ]
        )
        or "(none)"
    )


_LARGEST: Final = (1 << 64) - 1


def _is_list(code: str) -> bool:
    """Whether a key of a table is several numbers: `5 0`."""
    return " " in code and all(part.isdigit() for part in code.split(" "))


_MOST_CODES: Final = 8
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
            others = [names.get(int(code)) or unknown(names, int(code)) for code in rest]
            return "; ".join([word, *others])
    if any(isinstance(code, str) and _is_list(code) for code in names):
        return f"Unknown ({' '.join(codes)})"
    return ""
