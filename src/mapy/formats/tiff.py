"""TIFF 6.0 and BigTIFF: a header and image file directories. Most raw formats have its shape."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.errors import OutOfBounds
from mapy.formats import trailers
from mapy.formats.raw_kinds import name_kind
from mapy.formats.tiff_thumbnail import add_thumbnails

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"IIRO", b"IIRS", b"MMOR")

_HEAD = 16
"""Bytes in which some raw formats have a mark of their own."""


_PHASE_ONE, _PHASE_ONE_AT = (b"IIII", b"MMMM"), 8


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
        head = view.take(0, min(view.size, _HEAD))
        if head.startswith(_PHASE_ONE, _PHASE_ONE_AT):
            _read_phase_one(view, reading)
        name_kind(reading, head)
        add_thumbnails(reading)
        trailers.read(view, reading)


def _read_phase_one(view: ByteView, reading: Reading) -> None:
    """Read the directory that backs of Phase One write behind the header of TIFF."""
    try:
        import_module("mapy.blocks.phase_one").parse(view, reading, _PHASE_ONE_AT)
    except OutOfBounds:
        reading.problem("phase-one.cut-short", "A directory is cut short.", view.span(8, 0))
