"""Notes of General Imaging's cameras that Fujifilm's tables name: an IFD without its count.

It has always 25 entries. Offsets count from 6 bytes behind the start of the note, and those of
the last entries lead too far.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.buffer import ByteView
from mapy.makernotes.fujifilm import main_table

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_AT, _BASE = 12, 6
_COUNT, _NUMBER = Struct("<H"), Struct("<I")
_ENTRY = Struct("<HHII")
_ENTRIES = 25
_MISPLACED_FROM, _TOO_FAR = 0x1303, 210
_LONGEST_INLINE = 4


def parse(note: Note) -> None:
    """Read the note.

    Raises:
        OutOfBounds: it is shorter than its entries.
    """
    block = note.block
    content = bytearray(block.take(0, len(block)))
    block.take(_AT, _COUNT.size + _ENTRIES * _ENTRY.size)
    _COUNT.pack_into(content, _AT, _ENTRIES)
    first = _AT + _COUNT.size
    for at in range(first, first + _ENTRIES * _ENTRY.size, _ENTRY.size):
        number, _, count, offset = _ENTRY.unpack_from(content, at)
        if number >= _MISPLACED_FROM and count > _LONGEST_INLINE and offset >= _TOO_FAR:
            _NUMBER.pack_into(content, at + 8, offset - _TOO_FAR)
    view = ByteView(bytes(content[_BASE:]), block.start + _BASE)
    note.ifd(main_table(), _AT - _BASE, view=view, order="<")
