"""The Adobe segment of JPEG (APP14; Adobe technical note 5116): how the colours were transformed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks.record import parse_record, record
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_SEGMENT = record(
    "Adobe",
    ">",
    ("H", Definition(0, "DCTEncodeVersion")),
    ("H", Definition(1, "APP14Flags0", {0: "(none)", 32768: "Encoded with Blend=1 downsampling"})),
    ("H", Definition(2, "APP14Flags1", {0: "(none)"})),
    ("B", Definition(3, "ColorTransform", {0: "Unknown (RGB or CMYK)", 1: "YCbCr", 2: "YCCK"})),
)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `Adobe`."""
    parse_record(_SEGMENT, view, reading)
