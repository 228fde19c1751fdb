"""XMP sidecars: a packet as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.formats.xml_start import first_element

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_ELEMENTS = ("xmpmeta", "xapmeta", "RDF")


class XmpSidecar:
    """A file that is one packet."""

    name = "XMP"
    media_type = "application/rdf+xml"
    extension = "XMP"

    def recognises(self, head: bytes) -> bool:
        """Whether its first element is that of a packet, whatever its prefix."""
        return first_element(head).rpartition(":")[2] in _ELEMENTS

    def read(self, view: ByteView, reading: Reading) -> None:
        """Hand the file to the parser of packets."""
        size = view.size
        if size > reading.limits.block_bytes:
            reading.problem("limit.block-bytes", "The packet is too long.", view.span(0, size))
            size = reading.limits.block_bytes
        blocks.parse("xmp", view.sub(0, size), reading, "XMP")
