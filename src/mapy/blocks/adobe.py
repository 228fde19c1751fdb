"""The Adobe segment of JPEG (APP14; Adobe technical note 5116): how colours were transformed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.records import parse_record, sequence
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_BITS = 16
_NAMES = {15: "Encoded with Blend=1 downsampling"}


def _flags(value: Value) -> Value:
    if not isinstance(value, int):
        return value
    names = [_NAMES.get(bit, f"[{bit}]") for bit in range(_BITS) if value >> bit & 1]
    return ", ".join(names) or "(none)"


_SEGMENT = sequence(
    "Adobe",
    ">",
    ("H", Definition(0, "DCTEncodeVersion")),
    ("H", Definition(1, "APP14Flags0", say=_flags)),
    ("H", Definition(2, "APP14Flags1", say=_flags)),
    ("B", Definition(3, "ColorTransform", {0: "Unknown (RGB or CMYK)", 1: "YCbCr", 2: "YCCK"})),
)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `Adobe`."""
    parse_record(_SEGMENT, view, reading)
