"""The trailer of Canon's Digital Photo Professional: a header, blocks, a foot.

A block is a kind, a length, and data. Read are XMP and the edits of version 1; later edits have
layouts that changed with the program's versions.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.tags.canon_vrd import EDITS

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEADER, _FOOT = 0x1C, 0x40
_BLOCK = Struct(">II")
_EDIT, _XMP = 0xFFFF00F4, 0xFFFF00F6
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
            part = body.sub(4, min(body.u32be(0), size - 4))
            reading.add("CanonVRD", EDITS.tags(part), part.span(0, len(part)))
        at += size
