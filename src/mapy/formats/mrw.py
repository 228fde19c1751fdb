"""MRW: Minolta's raw files. Blocks of four letters and a length, in front of the sensor's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks import minolta_raw

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_ORDERS = {b"\0MRM": ">", b"\0MRI": "<"}
_BLOCK = 8
"""Four letters and a length."""
_TTW = b"\0TTW"


class Mrw:
    """MRW and its blocks."""

    name = "MRW"
    media_type = "image/x-minolta-mrw"
    extension = "MRW"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the mark of either byte order."""
        return head[:4] in _ORDERS

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the blocks."""
        order = _ORDERS[view.take(0, 4)]
        read_u32 = view.u32be if order == ">" else view.u32le
        at, end = _BLOCK, _BLOCK + read_u32(4)
        while at + _BLOCK <= min(end, view.size):
            reading.budget.spend("chunks")
            kind, length = view.take(at, 4), read_u32(at + 4)
            at += _BLOCK
            if not view.has(at, length) or length > reading.limits.block_bytes:
                reading.problem("mrw.cut-short", "A block is cut short.", view.span(at, 0))
                return
            if kind == _TTW:
                blocks.parse("exif", view.sub(at, length), reading, "TTW")
            else:
                minolta_raw.parse(kind, view.sub(at, length), reading, order)
            at += length
