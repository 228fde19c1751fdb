"""What the header of a BMP tells (BITMAPCOREHEADER to BITMAPV5HEADER)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.tags.definition import Definition, Value

if TYPE_CHECKING:
    from mapy.model import Tag

_FIXED_16, _FIXED_30 = 1 << 16, 1 << 30


def _size(tag: Tag) -> Value:
    """A height: a negative one tells that the rows go from top to bottom."""
    return abs(int(tag.raw))


def _gamma(tag: Tag) -> Value:
    """A number with 16 bits of fraction."""
    return float(f"{tag.raw / _FIXED_16:.5g}")


def _endpoint(tag: Tag) -> Value:
    """Three numbers with 30 bits of fraction."""
    return " ".join(f"{each / _FIXED_30:.15g}" for each in tag.raw)


def _mask(value: Value) -> Value:
    return f"0x{value:08x}" if isinstance(value, int) else value


def _six_decimals(value: Value) -> Value:
    return " ".join(f"{float(each):.6f}" for each in str(value).split())


BMP = {
    definition.name: definition
    for definition in (
        Definition(
            "BMPVersion",
            "BMPVersion",
            {
                12: "OS/2 V1",
                40: "Windows V3",
                64: "OS/2 V2",
                68: "AVI BMP structure?",
                108: "Windows V4",
                124: "Windows V5",
            },
        ),
        Definition("ImageWidth", "ImageWidth"),
        Definition("ImageHeight", "ImageHeight", None, _size),
        Definition("Planes", "Planes"),
        Definition("BitDepth", "BitDepth"),
        Definition(
            "Compression",
            "Compression",
            {0: "None", 1: "8-Bit RLE", 2: "4-Bit RLE", 3: "Bitfields", 4: "JPEG", 5: "PNG"},
        ),
        Definition("ImageLength", "ImageLength"),
        Definition("PixelsPerMeterX", "PixelsPerMeterX"),
        Definition("PixelsPerMeterY", "PixelsPerMeterY"),
        Definition("NumColors", "NumColors", say=lambda value: value or "Use BitDepth"),
        Definition("NumImportantColors", "NumImportantColors", say=lambda value: value or "All"),
        Definition("RedMask", "RedMask", say=_mask),
        Definition("GreenMask", "GreenMask", say=_mask),
        Definition("BlueMask", "BlueMask", say=_mask),
        Definition("AlphaMask", "AlphaMask", say=_mask),
        Definition(
            "ColorSpace",
            "ColorSpace",
            {
                0: "Calibrated RGB",
                1: "Device RGB",
                2: "Device CMYK",
                "LINK": "Linked Color Profile",
                "MBED": "Embedded Color Profile",
                "Win ": "Windows Color Space",
                "sRGB": "sRGB",
            },
        ),
        Definition("RedEndpoint", "RedEndpoint", None, _endpoint, _six_decimals),
        Definition("GreenEndpoint", "GreenEndpoint", None, _endpoint, _six_decimals),
        Definition("BlueEndpoint", "BlueEndpoint", None, _endpoint, _six_decimals),
        Definition("GammaRed", "GammaRed", None, _gamma),
        Definition("GammaGreen", "GammaGreen", None, _gamma),
        Definition("GammaBlue", "GammaBlue", None, _gamma),
        Definition(
            "RenderingIntent",
            "RenderingIntent",
            {
                1: "Graphic (LCS_GM_BUSINESS)",
                2: "Proof (LCS_GM_GRAPHICS)",
                4: "Picture (LCS_GM_IMAGES)",
                8: "Absolute Colorimetric (LCS_GM_ABS_COLORIMETRIC)",
            },
        ),
        Definition("ProfileDataOffset", "ProfileDataOffset"),
        Definition("ProfileSize", "ProfileSize"),
        Definition("LinkedProfileName", "LinkedProfileName"),
        Definition("EmbeddedJPG", "EmbeddedJPG", None, binary),
        Definition("EmbeddedPNG", "EmbeddedPNG", None, binary),
    )
}
