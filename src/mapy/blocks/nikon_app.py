"""What Nikon's programs for phones put behind a picture: a head, records, a foot.

A record is a number, a length, and data; one of number 0 and no length is the last.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEAD = 0x40
_SIGNATURE = b"NIKON APP\0"
_RECORD = Struct(">II")
_XMP = 1
_MOST_RECORDS = 100


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer from its head on."""
    if _SIGNATURE not in view.take(0, _HEAD):
        return
    at = _HEAD
    for _ in range(_MOST_RECORDS):
        kind, size = view.unpack(_RECORD, at)
        at += _RECORD.size
        if kind != _XMP:
            return
        blocks.parse("xmp", view.sub(at, size), reading, "NikonApp")
        at += size
