"""The Adobe segment of JPEG (APP14; Adobe technical note 5116): how the colours were transformed."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEADER = Struct(">HHHB")
_DEFINITIONS = (
    Definition(0, "DCTEncodeVersion"),
    Definition(1, "APP14Flags0", {0: "(none)", 32768: "Encoded with Blend=1 downsampling"}),
    Definition(2, "APP14Flags1", {0: "(none)"}),
    Definition(3, "ColorTransform", {0: "Unknown (RGB or CMYK)", 1: "YCbCr", 2: "YCCK"}),
)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `Adobe`."""
    values = view.unpack(_HEADER, 0)
    tags = [
        Tag("Adobe", definition, PLAIN, 1, value, view.start + 2 * at, 1 if at == 3 else 2)  # noqa: PLR2004
        for at, (definition, value) in enumerate(zip(_DEFINITIONS, values, strict=True))
    ]
    reading.add("Adobe", tags, view.span(0, len(view)))
