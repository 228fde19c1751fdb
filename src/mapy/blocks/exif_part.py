"""A part of EXIF that stands alone: CR3 keeps each directory in a TIFF structure of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mapy.blocks.ifd import BYTE_ORDERS, EXIF, Walker
from mapy.blocks.ifd_entry import Entry
from mapy.model import Tag
from mapy.tags.file import FILE
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

MAKER_NOTE = "MakerNote"
_MAKER_NOTE_ID = 0x927C


def parse(group: str, view: ByteView, reading: Reading) -> None:
    """Parse a TIFF structure whose first directory is that of `group`, or a maker note."""
    wanted = {"IFD0": "exif-part", MAKER_NOTE: "maker-note"}.get(group, group)
    if not reading.wants(wanted):
        return
    mark = view.take(0, 2)
    layouts = BYTE_ORDERS.get(mark)
    if layouts is None:
        reading.problem("exif.bad-header", "An EXIF block has no byte order mark.", view.span(0, 2))
        return
    layout = layouts[0]
    at = view.unpack(layout.offset, layout.first)[0]
    walker = Walker(view, reading, layout, EXIF)
    if group == MAKER_NOTE:
        entry = Entry(_MAKER_NOTE_ID, None, at, len(view) - at)
        import_module("mapy.makernotes").parse(walker, entry)
        return
    if group == "IFD0":
        add_byte_order(view, reading)
    walker.directory(at, group, 0)


def add_byte_order(view: ByteView, reading: Reading) -> None:
    """Add the byte order of a TIFF structure."""
    mark = view.take(0, 2).decode("latin-1")
    order = Tag("File", FILE["ExifByteOrder"], PLAIN, 1, mark, view.start, 2)
    reading.add("File", [order], view.span(0, 2))
