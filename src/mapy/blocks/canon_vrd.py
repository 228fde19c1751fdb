"""The trailer of Canon's Digital Photo Professional: a header, blocks, a foot.

A block is a kind, a length, and data: XMP, or edits, whose layout changed with the program.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.canon_vrd_edits import read_directory, read_edits

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEADER, _FOOT = 0x1C, 0x40
_BLOCK = Struct(">II")
_EDIT, _XMP, _EDIT_4 = 0xFFFF00F4, 0xFFFF00F6, 0xFFFF00F7
_MOST_BLOCKS = 100


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer from its header on."""
    at, end = _HEADER, len(view) - _FOOT
    for _ in range(_MOST_BLOCKS):
        if at + _BLOCK.size > end:
            return
        kind, size = view.unpack(_BLOCK, at)
        at += _BLOCK.size
        if not view.has(at, size):
            reading.problem("canon-vrd.cut-short", "A block is cut short.", view.span(at, 0))
            return
        body = view.sub(at, size)
        if kind == _XMP:
            blocks.parse("xmp", body, reading, "CanonVRD")
        elif kind == _EDIT:
            read_edits(body, reading)
        elif kind == _EDIT_4 and body.has(0, 4):
            read_directory(body.sub(4, min(body.u32be(0), size - 4)), reading)
        at += size
