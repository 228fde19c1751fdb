"""RW2 and its like: Panasonic's raw files, a TIFF of another number with a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks import panasonic_raw
from mapy.formats.embedded_jpeg import read_embedded_jpeg

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading


class Rw2:
    """RW2, directories of TIFF."""

    name = "RW2"
    media_type = "image/x-panasonic-rw2"
    extension = "RW2"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with little-endian TIFF's mark and the number 85."""
        return head.startswith(b"IIU\0")

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the directories, then the JPEG that they tell of: it has what the camera wrote."""
        place = panasonic_raw.parse(view, reading)
        if place is not None:
            read_embedded_jpeg(view, reading, *place)
