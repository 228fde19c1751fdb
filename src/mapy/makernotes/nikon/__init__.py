"""Nikon: three kinds of note. The newest is a TIFF of its own behind a signature."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.ifd import BYTE_ORDERS
from mapy.limits import KIB
from mapy.makernotes.nikon.main import MAIN
from mapy.makernotes.note import Meanings, ifd_table

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_TYPE_2, _TYPE_3 = b"Nikon\0\1", b"Nikon\0\2"
_HEADER = 10
"""Where the TIFF of type 3 begins; its offsets count from there."""
_TYPE_2_IFD = 8
_BEHIND = 64 * KIB
"""Programs that shorten the note leave values behind its end."""
_FIRST_IFD = {"<": Struct("<I"), ">": Struct(">I")}


def parse(note: Note) -> None:
    """Read the note."""
    note.seen["before"] = len(note.reading.directories)
    head = note.block.take(0, min(len(note.block), len(_TYPE_3)))
    if head == _TYPE_3:
        start = note.at + _HEADER
        size = len(note.block) - _HEADER + _BEHIND
        view = note.view.sub(start, min(size, len(note.view) - start))
        layouts = BYTE_ORDERS.get(view.take(0, 2))
        if layouts is not None:
            order = layouts[0].order
            note.ifd(MAIN, view.unpack(_FIRST_IFD[order], 4)[0], view=view, order=order)
    elif head == _TYPE_2:
        note.ifd(ifd_table("nikon", "Type2", Meanings()), note.at + _TYPE_2_IFD)
    else:
        note.ifd(MAIN, note.at)
