"""PSD and PSB (Adobe Photoshop File Formats Specification): a header and four sections.

Colour table, image resources (8BIM blocks), layers, and the picture, whose compression alone is
read.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.psd_layers import read_layers
from mapy.errors import OutOfBounds
from mapy.formats import FileKind, trailers
from mapy.model import Tag
from mapy.records import sequence
from mapy.tags.psd import PSD
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

SIGNATURE = b"8BPS"
_LARGE = 2
"""The version of PSB, whose layers are counted in 64 bits."""
_HEADER_AT = 12
_HEADER = sequence(
    "Photoshop",
    ">",
    ("H", PSD["NumChannels"]),
    ("I", PSD["ImageHeight"]),
    ("I", PSD["ImageWidth"]),
    ("H", PSD["BitDepth"]),
    ("H", PSD["ColorMode"]),
)
_U64 = Struct(">Q")
_PSB = FileKind("PSB", "application/vnd.adobe.photoshop", "PSB")


class Psd:
    """PSD and its sections."""

    name = "PSD"
    media_type = "application/vnd.adobe.photoshop"
    extension = "PSD"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the signature and version 1 or 2."""
        return head.startswith((SIGNATURE + b"\0\1", SIGNATURE + b"\0\2"))

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the header, then each section."""
        is_large = view.u16be(4) == _LARGE
        if is_large:
            reading.kind = _PSB
        size = _HEADER.size
        tags = _HEADER.tags(view.sub(_HEADER_AT, size))
        values = {tag.name: tag.raw for tag in tags}
        reading.check_pixels(values["ImageWidth"], values["ImageHeight"])
        reading.add("Photoshop", tags, view.span(_HEADER_AT, size))
        at = _HEADER_AT + size
        at += 4 + view.u32be(at)
        length = view.u32be(at)
        at += 4
        _read_resources(view, reading, at, length)
        at += length
        length = view.unpack(_U64, at)[0] if is_large else view.u32be(at)
        at += 8 if is_large else 4
        try:
            read_layers(view, reading, at, length, is_large=is_large)
        except OutOfBounds:
            reading.problem("psd.layers-cut-short", "The layers are cut short.", view.span(at, 0))
        at += length
        if view.has(at, 2):
            tag = Tag("Photoshop", PSD["Compression"], PLAIN, 1, view.u16be(at), view.start + at, 2)
            reading.add("Photoshop", [tag], view.span(at, 2))
        trailers.read(view, reading)


def _read_resources(view: ByteView, reading: Reading, at: int, length: int) -> None:
    length = min(length, view.size - at)
    if length > reading.limits.block_bytes:
        reading.problem(
            "limit.block-bytes", "The image resources are too long to be read.", view.span(at, 0)
        )
        return
    blocks.parse("photoshop", view.sub(at, length), reading, "image resources")
