"""CRW: Canon's older raw files, a heap of CIFF (CIFF specification 1.0, revision 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks import ciff
from mapy.formats import trailers

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_MARK, _MARK_AT = b"HEAPCCDR", 6
_ORDERS = {b"II": "<", b"MM": ">"}


class Crw:
    """CRW, whose whole file is one heap."""

    name = "CRW"
    media_type = "image/x-canon-crw"
    extension = "CRW"

    def recognises(self, head: bytes) -> bool:
        """Whether a byte order and the mark of a heap stand at its start."""
        return head[:2] in _ORDERS and head.startswith(_MARK, _MARK_AT)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Hand the heap behind the header to its parser."""
        order = _ORDERS[view.take(0, 2)]
        start = view.u32le(2) if order == "<" else view.u32be(2)
        ciff.Heap(view, reading, order).directory(start, view.size - start, 0)
        trailers.read(view, reading)
