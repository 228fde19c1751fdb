"""TIFF 6.0 and BigTIFF: a header and image file directories. Most raw formats have its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.formats import trailers
from mapy.formats.raw_kinds import name_kind
from mapy.formats.tiff_thumbnail import add_thumbnails

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"IIRO", b"IIRS", b"MMOR")

_HEAD = 16
"""Bytes in which some raw formats have a mark of their own."""


class Tiff:
    """TIFF, whose whole file is one block of directories."""

    name = "TIFF"
    media_type = "image/tiff"
    extension = "TIF"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with a byte order and the number 42, or 43 for BigTIFF."""
        return head.startswith(_SIGNATURES)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Hand the file to the parser of directories."""
        blocks.parse("exif", view, reading, "TIFF")
        name_kind(reading, view.take(0, min(view.size, _HEAD)))
        add_thumbnails(reading)
        trailers.read(view, reading)
