"""Directories as TIFF writes them (TIFF 6.0, section 2; BigTIFF): rows, and values behind them."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.edit.directories import POINTERS, Structure
from mapy.tiff_types import LONG, TIFF_TYPES

if TYPE_CHECKING:
    from mapy.clean.edit.directories import Row

_PARTS = {1: "B", 2: "H", 4: "I", 8: "Q"}


class Field(NamedTuple):
    """An entry of a directory, as it will be written."""

    tag: int
    kind: int
    count: int  # type: ignore[assignment]  # the field's word, as in `Tag`
    value: bytes
    """The value itself if it fits into the row, else its place; in the file's byte order."""


def table_size(structure: Structure, count: int) -> int:
    """Bytes of a directory of so many entries."""
    layout = structure.layout
    return int(layout.entries.size + count * layout.entry.size + layout.offset.size)


def table_of(structure: Structure, fields: list[Field], following: int) -> bytes:
    """A directory of these entries, in the order of their numbers, as the standard wants them."""
    layout = structure.layout
    head = layout.entry_head
    rows = [
        head.pack(tag, kind, count) + value.ljust(layout.inline, b"\0")
        for tag, kind, count, value in sorted(fields)
    ]
    return layout.entries.pack(len(rows)) + b"".join(rows) + layout.offset.pack(following)


def append(content: bytearray, piece: bytes) -> int:
    """Write a piece behind the end, at an even place; returns the place."""
    content += bytes(len(content) % 2)
    at = len(content)
    content += piece
    return at


def adopted(structure: Structure, other: Structure, content: bytearray) -> list[Field]:
    """The entries of another TIFF structure, of the first directory and what lies below.

    Values that do not fit into rows, and the directories below, are written behind `content`. The
    other structure may be of another byte order.
    """
    return _adopted(structure, other, other.tables[0].rows, content)


def _adopted(
    structure: Structure, other: Structure, rows: tuple[Row, ...], content: bytearray
) -> list[Field]:
    found = []
    for row in rows:
        kind, count = row.kind, row.count
        if row.tag in POINTERS:
            below = _adopted(structure, other, other.children(row)[0].rows, content)
            place = append(content, table_of(structure, below, 0))
            value = structure.layout.offset.pack(place)
            if structure.layout.inline > TIFF_TYPES[LONG].size:
                value = Struct(structure.order + "I").pack(place)
        else:
            value = _reordered(structure, other, row)
            if len(value) > structure.layout.inline:
                value = structure.layout.offset.pack(append(content, value))
        found.append(Field(row.tag, kind, count, value))
    return found


def _reordered(structure: Structure, other: Structure, row: Row) -> bytes:
    """A value in the byte order of the file."""
    raw = other.view.take(row.place, row.length)
    tiff_type = TIFF_TYPES[row.kind]
    parts = max(1, len(tiff_type.code))  # a rational is two numbers
    layout = f"{row.count * parts}{_PARTS[tiff_type.size // parts]}"
    return Struct(structure.order + layout).pack(*Struct(other.order + layout).unpack(raw))
