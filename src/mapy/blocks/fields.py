"""Fields at fixed places of a block: a table of rows, each read if the block reaches that far.

A record (`mapy.blocks.record`) differs: its fields follow each other, and it is all or nothing.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.model import Tag
from mapy.tiff_types import ASCII, BYTE, DOUBLE, FLOAT, LONG, LONG8, SBYTE, SHORT, SLONG, SSHORT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.buffer import ByteView
    from mapy.tags.definition import Definition

_TYPES = {
    "B": BYTE,
    "b": SBYTE,
    "H": SHORT,
    "h": SSHORT,
    "I": LONG,
    "i": SLONG,
    "Q": LONG8,
    "f": FLOAT,
    "d": DOUBLE,
    "s": ASCII,
}


class Row(NamedTuple):
    """One field: where it begins, its code of `struct` (`3i`: three numbers), its definition."""

    offset: int
    code: str
    definition: Definition


class Fields(NamedTuple):
    """The fields of a block, ready to be read."""

    group: str
    order: str
    rows: tuple[tuple[int, Struct, int, int, Definition], ...]
    """Offset, layout, TIFF type, number of values, definition."""


def fields(group: str, order: str, *rows: tuple[int, str, Definition]) -> Fields:
    """The fields of a group: of each its offset, its code of `struct`, its definition."""
    made = []
    for offset, code, definition in rows:
        count = int(code[:-1] or 1)
        made.append((offset, Struct(order + code), _TYPES[code[-1]], count, definition))
    return Fields(group, order, tuple(made))


def tags_of(table: Fields, view: ByteView, group: str = "") -> list[Tag]:
    """The tags of the fields that lie within the view; `group` stands in for the table's own."""
    return list(_tags(table, view, group or table.group))


def _tags(table: Fields, view: ByteView, group: str) -> Iterable[Tag]:
    for offset, layout, kind, count, definition in table.rows:
        if not view.has(offset, layout.size):
            continue
        raw = view.unpack(layout, offset)
        value = raw[0] if count == 1 or kind == ASCII else raw
        yield Tag(
            group, definition, kind, count, value, view.start + offset, layout.size, table.order
        )
