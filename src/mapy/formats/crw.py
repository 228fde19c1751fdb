"""CRW: Canon's older raw files, a heap of CIFF (CIFF specification 1.0, revision 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.formats import trailers

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_MARK, _MARK_AT = b"HEAPCCDR", 6


class Crw:
    """CRW, whose whole file is one heap."""

    name = "CRW"
    media_type = "image/x-canon-crw"
    extension = "CRW"

    def recognises(self, head: bytes) -> bool:
        """Whether a byte order and the mark of a heap stand at its start."""
        return head[:2] in (b"II", b"MM") and head.startswith(_MARK, _MARK_AT)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Hand the heap behind the header to its parser."""
        blocks.parse("ciff", view, reading, "heap")
        trailers.read(view, reading)
