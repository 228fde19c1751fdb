"""Records of makers' notes: blocks whose values stand at fixed places.

A place is counted in units of the record's type. A row of the maker's table may name a type of its
own; a place such as `3.1` is the first bit field of place 3, whose mask the maker's module knows.
"""

from __future__ import annotations

from struct import Struct, calcsize
from typing import TYPE_CHECKING, Any, NamedTuple

from mapy.makernotes.note import definition
from mapy.model import Tag
from mapy.tags import makers
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
    from collections.abc import Mapping

    from mapy.buffer import ByteView
    from mapy.makernotes.note import Handler, Hook, Meanings, Note, Piece
    from mapy.tags.definition import Definition


class Unit(NamedTuple):
    """A type of fields."""

    code: str
    """Of `struct`."""
    tiff_type: int
    """The TIFF type whose values look alike."""


UNITS = {
    "int8u": Unit("B", BYTE),
    "int8s": Unit("b", SBYTE),
    "int16u": Unit("H", SHORT),
    "int16s": Unit("h", SSHORT),
    "int32u": Unit("I", LONG),
    "int32s": Unit("i", SLONG),
    "int64u": Unit("Q", LONG8),
    "int64s": Unit("q", SLONG8),
    "float": Unit("f", FLOAT),
    "double": Unit("d", DOUBLE),
    "rational32u": Unit("HH", RATIONAL),
    "rational32s": Unit("hh", SRATIONAL),
    "rational64u": Unit("II", RATIONAL),
    "rational64s": Unit("ii", SRATIONAL),
    "fixed32u": Unit("I", DOUBLE),
    "fixed32s": Unit("i", DOUBLE),
    "string": Unit("s", ASCII),
    "undef": Unit("s", UNDEFINED),
}
REVERSED = "Rev"
"""Behind the name of a type: in the other byte order."""


class Field(NamedTuple):
    """One value of a record."""

    definition: Definition
    offset: int
    """Bytes from the start; negative: from the end."""
    type: str
    values: int
    mask: int
    """The bits of it that are the value; 0: all."""


class Fields(NamedTuple):
    """The layout of a record."""

    group: str
    fields: tuple[Field, ...]
    hooks: Mapping[str, Hook]


def fields(
    maker: str,
    section: str,
    unit: str,
    meanings: Meanings,
    *,
    masks: Mapping[str, int] | None = None,
    variants: Mapping[str, int] | None = None,
    more: tuple[makers.Row, ...] = (),
) -> Fields:
    """The record of a section of a maker's table.

    Args:
        maker: the name of the table's file.
        section: the name of the section.
        unit: the type that places are counted in, and that a field has unless its row names one.
        meanings: how numbers become values.
        masks: the bits of fields that share a place, by id; one without a mask is left out.
        variants: which of several rows of an id counts; the first, unless given.
        more: rows that the table lacks, or that stand for one of its own.
    """
    group, rows = makers.section(maker, section)
    size = calcsize("<" + UNITS[unit].code)
    masks, variants = masks or {}, variants or {}
    found: list[Field] = []
    ours = {row.id for row in more}
    for row in (*(row for row in rows if row.id not in ours), *more):
        mask = masks.get(row.id, 0)
        if row.variant != variants.get(row.id, 0) or ("." in row.id and not mask):
            continue
        kind = row.type if row.type.removesuffix(REVERSED) in UNITS else unit
        found.append(Field(definition(row, meanings), row.number * size, kind, row.values, mask))
    return Fields(group, tuple(found), meanings.hooks)


def read_fields(record: Fields, note: Note, view: ByteView, order: str) -> None:
    """Read a record; fields behind its end are left out."""
    tags = tags_of(record, view, order)
    note.add(record.group, tags, view, record.hooks)


def tags_of(record: Fields, view: ByteView, order: str) -> list[Tag]:
    """The tags of a record."""
    tags: list[Tag] = []
    add, unpack, known = tags.append, view.unpack, _forms.get
    group, start, size = record.group, view.start, len(view)
    for definition_, offset, kind, count, mask in record.fields:
        form = known((kind, count, order)) or _form(kind, count, order)
        layout, length, tiff_type, is_plain = form
        at = offset if offset >= 0 else size + offset
        if at < 0 or at + length > size:
            if kind not in ("string", "undef") or not 0 <= at < size:
                continue
            length = size - at
            layout = Struct(f"{length}s")
        values = unpack(layout, at)
        raw: Any = values[0] if is_plain else _value(values, kind)
        if mask:
            raw = (raw & mask) // (mask & -mask)
        add(Tag(group, definition_, tiff_type, count, raw, start + at, length, order))
    return tags


class Form(NamedTuple):
    """How so many values of a type are read."""

    layout: Struct
    length: int
    tiff_type: int
    is_plain: bool
    """Whether the one value that is unpacked is the raw value."""


_forms: dict[tuple[str, int, str], Form] = {}
_MOST_FORMS = 4096
"""What is kept; the types and counts of all tables are some hundreds."""


def _form(kind: str, count: int, order: str) -> Form:
    name = kind.removesuffix(REVERSED)
    of_values = order
    if name != kind:
        of_values = "<" if order == ">" else ">"
    code = UNITS[name].code
    layout = Struct(f"{of_values}{count}s" if code == "s" else of_values + code * count)
    is_plain = code == "s" or (count == 1 and not name.startswith(("rational", "fixed32")))
    found = Form(layout, layout.size, UNITS[name].tiff_type, is_plain)
    if len(_forms) < _MOST_FORMS:
        _forms[kind, count, order] = found
    return found


def _value(values: tuple[Any, ...], kind: str) -> Any:  # noqa: ANN401 - as Tag.raw
    """The raw value that a field's numbers are."""
    if kind.startswith("fixed32"):
        values = tuple([round(each / 0x10000, 5) for each in values])
    if kind.startswith("rational"):
        pairs = iter(values)
        values = tuple(map(Rational, pairs, pairs))
    return values[0] if len(values) == 1 else values


def reads(record: Fields) -> Handler:
    """A handler that reads an entry's block as this record."""

    def handle(note: Note, piece: Piece) -> None:
        read_fields(record, note, piece.view, piece.order)

    return handle
