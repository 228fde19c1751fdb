"""SVG: a drawing in XML. What its root, title, description and metadata tell; the rest is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.formats.xml_start import first_element

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading


class Svg:
    """SVG, one block as a whole."""

    name = "SVG"
    media_type = "image/svg+xml"
    extension = "SVG"

    def recognises(self, head: bytes) -> bool:
        """Whether its first element is `svg`, whatever its prefix."""
        return first_element(head).rpartition(":")[2] == "svg"

    def read(self, view: ByteView, reading: Reading) -> None:
        """Hand the file, or its first `Limits.block_bytes`, to the parser."""
        size = min(view.size, reading.limits.block_bytes)
        blocks.parse("svg", view.sub(0, size), reading, "SVG")
