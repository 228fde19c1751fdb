"""An EXIF block, or a whole TIFF file, without the entries that a selection takes.

Offsets of what stays never change: a directory closes its gaps, a directory that becomes empty is
left out of its chain, and every byte that nothing refers to any more becomes zero, makers' notes
and thumbnails among them, because they hold copies.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.embedded import EMBEDDED
from mapy.clean.edit import (
    iptc_datasets,
    jpeg_streams,
    photoshop_resources,
    tiff_pages,
    xmp_packets,
)
from mapy.clean.edit.directories import POINTERS, Structure
from mapy.clean.edit.spans import blank, blank_all_but
from mapy.clean.edit.tiff_tags import DECODING
from mapy.clean.selection import Fate
from mapy.errors import MapyError, Span
from mapy.tags import exif
from mapy.tiff_types import ASCII, RATIONAL

if TYPE_CHECKING:
    from mapy.clean.edit.directories import Row, Table
    from mapy.clean.selection import Selection

EDITORS = {
    0x02BC: xmp_packets.edit,
    0x83BB: iptc_datasets.edit,
    0x8649: photoshop_resources.edit,
}
"""Entries that hold blocks which can be edited; others that hold blocks go."""
AXES = {1: "latitude", 2: "latitude", 3: "longitude", 4: "longitude"}
"""Entries of GPS, of which the odd ones are references."""
LETTERS = {"latitude": "NS", "longitude": "EW"}

_ICC, _IMAGE_WIDTH = 0x8773, 0x0100
_GEOTIFF = frozenset({0x830E, 0x8480, 0x8482, 0x85D8, 0x87AF, 0x87B0, 0x87B1})
"""Scale, tie points and keys that fix a picture to the ground: they go with the position."""
_PLACE = ("GPS", "GPSLatitude")
_PICTURES = frozenset({0x0111, 0x0144, 0x0201})
"""Entries that tell where a picture lies."""
_PARTS = 100_000
"""Of a degree: what a position is written in."""


def edit(block: bytes, selection: Selection, *, is_file: bool = False) -> bytes:
    """The block without what `selection` takes; zeros only where its directories cannot be read.

    Args:
        block: a TIFF structure.
        selection: what goes.
        is_file: whether it is a TIFF file, whose pages stay; else there are only thumbnails in it.

    Raises:
        CannotClean: it is a file, of which a page does not tell where its picture ends.
    """
    if not selection.drops_opaque:
        return block
    try:
        structure = Structure(block)
    except MapyError:
        return bytes(len(block))
    return _Edit(structure, block, selection, is_file=is_file).result()


class _Edit:
    """One structure while it is edited."""

    def __init__(
        self, structure: Structure, block: bytes, selection: Selection, *, is_file: bool
    ) -> None:
        self._structure = structure
        self._selection = selection
        self._out = bytearray(block)
        self._kept = [structure.header]
        self._rows: dict[int, list[bytes]] = {}
        """By the place of a directory: what stays of its rows."""
        self._pages: set[int] = set()
        """By their places: the directories of pictures that stay."""
        self._bytes_left = len(block)
        """What may be edited: blocks that overlap must not cost more than the file has."""
        chain = [table for table in structure.tables if table.parent is None]
        first = chain[0] if chain else None
        self._is_file = is_file
        self._is_full = first is not None and not tiff_pages.is_reduced(structure, first)
        self._uses = Counter(row.place for table in structure.tables for row in table.rows)

    def result(self) -> bytes:
        """The edited block."""
        structure, layout, out = self._structure, self._structure.layout, self._out
        pages = [table for table in structure.tables if self._is_page(table)]
        self._pages = {table.at for table in pages}
        stretches, streams = tiff_pages.pictures(structure, pages)
        private = jpeg_streams.private_of(out, streams)
        self._kept += stretches
        # From the innermost out: a directory goes when nothing is left in it.
        for table in reversed(structure.tables):
            self._rows[table.at] = [] if self._is_dropped(table) else self._rows_of(table)
        kept = [table for table in structure.tables if self._rows[table.at]]
        chain = [table.at for table in kept if table.parent is None]
        following = dict(pairwise(chain))
        blank_all_but(out, [*self._kept, *(table.span for table in kept)])
        blank(out, private)
        for table in kept:
            rows = self._rows[table.at]
            written = layout.entries.pack(len(rows)) + b"".join(rows)
            if table.has_following:
                written += layout.offset.pack(following.get(table.at, 0))
            out[table.at : table.at + table.size] = written.ljust(table.size, b"\0")
        out[layout.first : structure.header.length] = layout.offset.pack(chain[0] if chain else 0)
        return bytes(out)

    def _is_page(self, table: Table) -> bool:
        """Whether a directory of a file is of a picture that stays."""
        if not self._is_file or not table.name.startswith(("IFD", "SubIFD")):
            return False
        is_thumbnail = self._is_full and tiff_pages.is_reduced(self._structure, table)
        return table.row(_IMAGE_WIDTH) is not None and not is_thumbnail

    def _is_dropped(self, table: Table) -> bool:
        """Whether a directory goes as a whole: of a thumbnail or preview."""
        is_first = table.name == "IFD0"
        return not is_first and any(map(table.row, _PICTURES)) and table.at not in self._pages

    def _rows_of(self, table: Table) -> list[bytes]:
        """What stays of the rows of a directory; their values do, too, where they stand."""
        rows = []
        for row in table.rows:
            if row.tag in POINTERS:
                rows += self._pointer(row)
                continue
            fate = self._fate(table, row)
            if fate is Fate.COARSEN and not self._coarsen(table, row):
                fate = Fate.REMOVE
            if fate is Fate.REMOVE:
                continue
            if row.tag in EDITORS and not self._edit(row):
                continue
            if row.length > self._structure.layout.inline:
                self._kept.append(row.value)
            size = self._structure.layout.entry.size
            rows.append(bytes(self._out[row.at : row.at + size]))
        return rows

    def _fate(self, table: Table, row: Row) -> Fate:
        if table.at in self._pages and row.tag in DECODING:
            return Fate.KEEP
        if row.tag in EDITORS or row.tag == _ICC:
            return Fate.KEEP
        definition = exif.GROUP_TABLES.get(table.name, exif.EXIF).get(row.tag)
        if definition is None or row.tag in EMBEDDED or row.tag in _PICTURES:
            return Fate.REMOVE  # what cannot be read may hold copies of what goes
        if row.tag in _GEOTIFF and self._selection.takes(*_PLACE):
            return Fate.REMOVE
        return self._selection.fate(table.name, definition.name)

    def _pointer(self, row: Row) -> list[bytes]:
        """The row that leads to directories, without those that went."""
        structure = self._structure
        kept = [each.at for each in structure.children(row) if self._rows[each.at]]
        if not kept:
            return []
        value = structure.packed(row, kept)
        if len(value) > structure.layout.inline:
            self._out[row.place : row.place + len(value)] = value
            self._kept.append(Span(row.place, len(value)))
            value = structure.layout.offset.pack(row.place)
        head = structure.layout.entry_head
        return [
            head.pack(row.tag, row.kind, len(kept)) + value.ljust(structure.layout.inline, b"\0")
        ]

    def _edit(self, row: Row) -> bool:
        """Edit the block that an entry holds; whether it stays."""
        self._bytes_left -= row.length
        if self._bytes_left < 0 or not row.length:
            return False
        end = row.place + row.length
        edited = EDITORS[row.tag](bytes(self._out[row.place : end]), self._selection)
        self._out[row.place : end] = edited
        return bool(edited.strip(b"\0 "))

    def _coarsen(self, table: Table, row: Row) -> bool:
        """Write the coarse position over the exact one; whether that could be done."""
        position, order = self._selection.position, self._structure.order
        axis = AXES.get(row.tag)
        if position is None or axis is None or self._uses[row.place] > 1:
            return False
        angle: float = getattr(position, axis)
        is_reference = row.tag % 2 == 1
        if is_reference and row.kind == ASCII and row.length:
            letter = LETTERS[axis][angle < 0]
            piece = letter.encode().ljust(row.length, b"\0")
        elif row.kind == RATIONAL and row.count and (angle >= 0 or table.row(row.tag - 1)):
            numbers = [round(abs(angle) * _PARTS), _PARTS, *[0, 1] * (row.count - 1)]
            piece = Struct(f"{order}{len(numbers)}I").pack(*numbers)
        else:
            return False
        self._out[row.place : row.place + row.length] = piece
        return True
