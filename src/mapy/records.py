"""Records: blocks whose values stand at fixed places. Their layout is data; one engine reads all.

A field tells where it stands, of what type it is, and what it means. The fields of a record are
compiled when the first one is read: to one `struct` call for the whole block, and one more only
where fields overlap. Of a block that is shorter than its record, the fields that it has are read.
"""

from __future__ import annotations

from functools import partial
from itertools import chain, compress
from struct import Struct, calcsize
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from mapy.model import Tag
from mapy.tiff_types import (
    ASCII,
    BYTE,
    DOUBLE,
    FLOAT,
    LONG,
    LONG8,
    RATIONAL,
    SBYTE,
    SHORT,
    SLONG,
    SLONG8,
    SRATIONAL,
    SSHORT,
    UNDEFINED,
    Rational,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Definition

    Numbers: TypeAlias = tuple[Any, ...]
    """What `struct` unpacks."""


def _rationals(numbers: Numbers) -> Numbers:
    pairs = iter(numbers)
    return tuple(map(Rational, pairs, pairs))


def _fixed(numbers: Numbers) -> Numbers:
    return tuple([round(number / 0x10000, 5) for number in numbers])


class Type(NamedTuple):
    """A type of fields."""

    code: str
    """Of `struct`, for one value."""
    tiff_type: int
    """The TIFF type whose values look alike."""
    values: Callable[[Numbers], Numbers] | None = None
    """Makes the values, where they are not the numbers themselves."""
    may_be_cut: bool = False
    """Whether what is there of it counts, where the block ends within it."""


TYPES: Final = {
    "int8u": Type("B", BYTE),
    "int8s": Type("b", SBYTE),
    "int16u": Type("H", SHORT),
    "int16s": Type("h", SSHORT),
    "int32u": Type("I", LONG),
    "int32s": Type("i", SLONG),
    "int64u": Type("Q", LONG8),
    "int64s": Type("q", SLONG8),
    "float": Type("f", FLOAT),
    "double": Type("d", DOUBLE),
    "rational32u": Type("HH", RATIONAL, _rationals),
    "rational32s": Type("hh", SRATIONAL, _rationals),
    "rational64u": Type("II", RATIONAL, _rationals),
    "rational64s": Type("ii", SRATIONAL, _rationals),
    "fixed32u": Type("I", DOUBLE, _fixed),
    "fixed32s": Type("i", DOUBLE, _fixed),
    "letters": Type("s", ASCII),
    "string": Type("s", ASCII, may_be_cut=True),
    "undef": Type("s", UNDEFINED, may_be_cut=True),
}
REVERSED: Final = "Rev"
"""Behind the name of a type: in the other byte order."""
_OTHER_ORDER: Final = {"<": ">", ">": "<"}
_NAMES: Final = {
    each.code: name for name, each in TYPES.items() if not each.values and not each.may_be_cut
}
"""The types of which `struct` has a code."""


class Field(NamedTuple):
    """One value of a record."""

    offset: int
    """Bytes from the start of the block."""
    type: str
    """Of `TYPES`, `Rev` behind it where it is in the other byte order."""
    definition: Definition
    values: int = 1
    """How many values of the type; of a text its bytes."""
    mask: int = 0
    """The bits of it that are the value; 0: all."""


class _Slot(NamedTuple):
    """A stretch of a block that `struct` unpacks. Fields with masks may share one."""

    offset: int
    size: int
    code: str
    order: str


_Row: TypeAlias = "tuple[Definition, int, int, int, int]"
"""What the tag of a field is made of, but for the value: TIFF type, values, offset, length."""


class _Plan(NamedTuple):
    """A record compiled for one byte order."""

    size: int
    layout: Struct
    overlapping: tuple[Struct, ...]
    """For fields that lie over others."""
    picks: tuple[tuple[int, int, Callable[[Numbers], Any] | None], ...]
    """Of each field: its first number, the one behind its last, what makes a value of several.

    Empty where each number is the value of the field in its turn."""
    rows: tuple[_Row, ...]
    ends: tuple[int, ...]
    """Where each field ends."""
    texts: tuple[int, ...]
    """Which fields count even where they are cut."""

    def values(self, block: bytes) -> Sequence[Any]:
        """The value of each field of a block that is as long as the record."""
        numbers = self.layout.unpack(block)
        for layout in self.overlapping:
            numbers += layout.unpack(block)
        if not self.picks:
            return numbers
        return [
            numbers[first] if make is None else make(numbers[first:behind])
            for first, behind, make in self.picks
        ]

    def part(self, block: bytes) -> tuple[Iterable[_Row], Iterable[Any]]:
        """The rows and values of the fields that a shorter block has; a text may be cut."""
        size = len(block)
        rows, values = list(self.rows), list(self.values(block.ljust(self.size, b"\0")))
        is_there = list(map(size.__ge__, self.ends))
        for at in self.texts:
            definition, tiff_type, count, offset, length = rows[at]
            left = size - offset
            if 0 < left < length:
                rows[at] = definition, tiff_type, count, offset, left
                values[at] = values[at][:left]
                is_there[at] = True
        return compress(rows, is_there), compress(values, is_there)


class Record:
    """The layout of a block."""

    __slots__ = ("_plans", "fields", "group", "order", "size")

    def __init__(self, group: str, fields: Iterable[Field], order: str = "") -> None:
        self.group = group
        """The group that its tags go by."""
        self.fields = tuple(fields)
        self.order = order
        """`<` or `>`; empty where the block's surroundings decide."""
        self.size = max((each.offset + _size(each) for each in self.fields), default=0)
        """Bytes up to the end of the last field."""
        self._plans: dict[str, _Plan] = {}

    def of(self, fields: Iterable[Field]) -> Record:
        """The same record with these fields instead."""
        return Record(self.group, fields, self.order)

    def tags(self, view: ByteView, order: str = "", group: str = "") -> list[Tag]:
        """The tags of the fields that lie within a view.

        Args:
            view: the block.
            order: `<` or `>`; the record's own, unless given.
            group: what the tags go by instead of the record's group.
        """
        order = order or self.order
        plan = self._plans.get(order)
        if plan is None:
            plan = self._plans[order] = _compiled(self.fields, self.size, order)
        rows: Iterable[_Row] = plan.rows
        values: Iterable[Any]
        if view.size >= plan.size:
            values = plan.values(view.take(0, plan.size))
        else:
            rows, values = plan.part(view.take(0, view.size))
        group, start = group or self.group, view.start
        return [
            Tag(group, definition, tiff_type, count, value, start + offset, length, order)
            for (definition, tiff_type, count, offset, length), value in zip(
                rows, values, strict=True
            )
        ]

    def whole(self, view: ByteView) -> list[Tag]:
        """The tags of a record that is all or nothing, at the start of a view.

        Raises:
            OutOfBounds: the view is shorter than the record.
        """
        view.take(0, self.size)
        return self.tags(view)


def _type(field: Field) -> Type:
    return TYPES[field.type.removesuffix(REVERSED)]


def _size(field: Field) -> int:
    return calcsize("<" + _type(field).code) * field.values


def _slot(field: Field, order: str) -> _Slot:
    code = _type(field).code
    code = f"{field.values}s" if code == "s" else code * field.values
    if field.type.endswith(REVERSED):
        order = _OTHER_ORDER[order]
    return _Slot(field.offset, _size(field), code, order)


def _layered(slots: set[_Slot]) -> list[list[_Slot]]:
    """The slots in as few layers as will do: those of a layer follow each other, in one order."""
    layers: list[list[_Slot]] = []
    for slot in sorted(slots):
        for layer in layers:
            last = layer[-1]
            if last.order == slot.order and last.offset + last.size <= slot.offset:
                layer.append(slot)
                break
        else:
            layers.append([slot])
    return layers


def _layout(layer: list[_Slot], size: int) -> Struct:
    """What unpacks a layer from a block of that size."""
    codes = [layer[0].order if layer else "<"]
    at = 0
    for slot in layer:
        codes.append(f"{slot.offset - at}x{slot.code}")
        at = slot.offset + slot.size
    return Struct("".join(codes) + f"{size - at}x")


def _compiled(fields: tuple[Field, ...], size: int, order: str) -> _Plan:
    slots = [_slot(field, order) for field in fields]
    layers = _layered(set(slots)) or [[]]
    numbers_of: dict[_Slot, tuple[int, int]] = {}
    first = 0
    for slot in chain.from_iterable(layers):
        behind = first + (1 if slot.code.endswith("s") else len(slot.code))
        numbers_of[slot] = first, behind
        first = behind
    picks = tuple(
        (*numbers_of[slot], _maker(field)) for field, slot in zip(fields, slots, strict=True)
    )
    is_plain = picks == tuple((at, at + 1, None) for at in range(first))
    layout, *overlapping = (_layout(layer, size) for layer in layers)
    return _Plan(
        size,
        layout,
        tuple(overlapping),
        () if is_plain else picks,
        tuple(
            (field.definition, _type(field).tiff_type, field.values, slot.offset, slot.size)
            for field, slot in zip(fields, slots, strict=True)
        ),
        tuple(slot.offset + slot.size for slot in slots),
        tuple(at for at, field in enumerate(fields) if _type(field).may_be_cut),
    )


def _maker(field: Field) -> Callable[[Numbers], Any] | None:
    """What makes the raw value of a field's numbers; None where the one number is the value."""
    code, _, values, _ = _type(field)
    if field.mask:
        return partial(_bits, field.mask, field.mask & -field.mask)
    if field.values == 1 and values is not None:
        return partial(_first, values)
    return values if values or field.values == 1 or code == "s" else tuple


def _bits(mask: int, lowest: int, numbers: Numbers) -> int:
    return int((numbers[0] & mask) // lowest)


def _first(values: Callable[[Numbers], Numbers], numbers: Numbers) -> Any:  # noqa: ANN401 - as Tag.raw
    return values(numbers)[0]


def record(group: str, order: str, *rows: tuple[int, str, Definition]) -> Record:
    """The record of a group: of each field its offset, its code of `struct` (`3i`), its meaning."""
    return Record(group, [_field(*row) for row in rows], order)


def sequence(group: str, order: str, *rows: tuple[str, Definition]) -> Record:
    """The record of fields that follow each other: of each its code of `struct`, its meaning."""
    fields: list[Field] = []
    at = 0
    for code, definition in rows:
        fields.append(_field(at, code, definition))
        at += calcsize(order + code)
    return Record(group, fields, order)


def _field(offset: int, code: str, definition: Definition) -> Field:
    return Field(offset, _NAMES[code[-1]], definition, int(code[:-1] or 1))


def parse_record(layout: Record, view: ByteView, reading: Reading) -> None:
    """Parse a view as a record that is all or nothing: one directory.

    Raises:
        OutOfBounds: the view is shorter than the record.
    """
    reading.add(layout.group, layout.whole(view), view.span(0, layout.size))
