"""Photoshop's image resources (Adobe Photoshop File Formats Specification, "Image Resources")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.records import record
from mapy.tags.definition import Definition
from mapy.tiff_types import number_text

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value

GROUP = "Photoshop"
_FIXED_ONE = 65536


def _fixed(tag: Tag) -> Value:
    value = tag.raw / _FIXED_ONE
    return int(value) if value == int(value) else float(value)


def _hundredths(value: Value) -> Value:
    if not isinstance(value, (int, float)):
        return value
    return number_text(int(value * 100 + 0.5) / 100)


def _digest(tag: Tag) -> Value:
    return tag.raw.hex() if isinstance(tag.raw, bytes) else tag.raw


def _quality(value: Value) -> Value:
    """As Photoshop's dialogue counts it: from 0 to 12."""
    return value + 4 if isinstance(value, int) else value


_UNITS: dict[int | str, str] = {1: "inches", 2: "cm"}

RECORDS = {
    0x03ED: record(
        GROUP,
        ">",
        (0, "I", Definition(0, "XResolution", convert=_fixed, say=_hundredths)),
        (4, "H", Definition(2, "DisplayedUnitsX", _UNITS)),
        (8, "I", Definition(4, "YResolution", convert=_fixed, say=_hundredths)),
        (12, "H", Definition(6, "DisplayedUnitsY", _UNITS)),
    ),
    0x0406: record(
        GROUP,
        ">",
        (0, "h", Definition(0, "PhotoshopQuality", say=_quality)),
        (
            2,
            "h",
            Definition(
                1,
                "PhotoshopFormat",
                {0: "Standard", 1: "Optimized", 257: "Progressive"},
            ),
        ),
        (
            4,
            "h",
            Definition(2, "ProgressiveScans", {1: "3 Scans", 2: "4 Scans", 3: "5 Scans"}),
        ),
    ),
    0x040A: record(
        GROUP, ">", (0, "B", Definition(0x040A, "CopyrightFlag", {0: "False", 1: "True"}))
    ),
    0x040D: record(GROUP, ">", (0, "I", Definition(0x040D, "GlobalAngle"))),
    0x0419: record(GROUP, ">", (0, "I", Definition(0x0419, "GlobalAltitude"))),
    0x0425: record(GROUP, ">", (0, "16s", Definition(0x0425, "IPTCDigest", convert=_digest))),
    0x0426: record(
        GROUP,
        ">",
        (
            0,
            "H",
            Definition(0, "PrintStyle", {0: "Centered", 1: "Size to Fit", 2: "User Defined"}),
        ),
        (2, "2f", Definition(2, "PrintPosition")),
        (10, "f", Definition(10, "PrintScale")),
    ),
    0x0428: record(GROUP, ">", (4, "d", Definition(4, "PixelAspectRatio"))),
}
"""By number: resources of fixed fields. The progressive scans are told for that format only."""

BLOCKS = {0x0404: "iptc", 0x040F: "icc", 0x0422: "exif", 0x0424: "xmp"}
"""By number: resources that hold another block."""

THUMBNAILS = {
    number: Definition(number, name, convert=binary)
    for number, name in ((0x0409, "PhotoshopBGRThumbnail"), (0x040C, "PhotoshopThumbnail"))
}
TEXTS = {
    number: Definition(number, name)
    for number, name in (
        (0x03EE, "AlphaChannelsNames"),
        (0x040B, "URL"),
        (0x041B, "WorkflowURL"),
        (0x041E, "URL_List"),
        (0x0BB7, "ClippingPathName"),
    )
}
"""By number: resources of one text or several, of which each has a form of its own."""
SLICES = (Definition(20, "SlicesGroupName"), Definition(24, "NumSlices"))
CHANNEL = (
    Definition(0, "ChannelColorSpace", {0: "RGB", 1: "HSB", 2: "CMYK", 7: "Lab", 8: "Grayscale"}),
    Definition(2, "ChannelColorData"),
    Definition(11, "ChannelOpacity", say=lambda value: f"{value}%"),
    Definition(
        12, "ChannelColorIndicates", {0: "Selected Areas", 1: "Masked Areas", 2: "Spot Color"}
    ),
)
"""How each channel beyond the colours is shown."""
VERSION = (
    Definition(4, "HasRealMergedData", {0: "No", 1: "Yes"}),
    Definition(5, "WriterName"),
    Definition(9, "ReaderName"),
)
