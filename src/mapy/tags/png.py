"""The chunks of PNG (third edition) and the keywords of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import xmp_values
from mapy.explain.dates import mail_date
from mapy.records import sequence
from mapy.tags.definition import Definition
from mapy.tags.h273 import MATRICES, PRIMARIES, TRANSFERS

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value


def _hundred_thousandths(tag: Tag) -> Value:
    return float(tag.raw / 100_000)


def _gamma(tag: Tag) -> Value:
    """The decoding exponent: the file has the encoding one, in hundred-thousandths."""
    return int(1e9 / tag.raw + 0.5) / 1e4 if tag.raw else "inf"


def _chromaticity(number: int, name: str) -> tuple[str, Definition]:
    return "I", Definition(number, name, convert=_hundred_thousandths)


RECORDS = {
    "IHDR": sequence(
        "PNG",
        ">",
        ("I", Definition(0, "ImageWidth")),
        ("I", Definition(4, "ImageHeight")),
        ("B", Definition(8, "BitDepth")),
        (
            "B",
            Definition(
                9,
                "ColorType",
                {
                    0: "Grayscale",
                    2: "RGB",
                    3: "Palette",
                    4: "Grayscale with Alpha",
                    6: "RGB with Alpha",
                },
            ),
        ),
        ("B", Definition(10, "Compression", {0: "Deflate/Inflate"})),
        ("B", Definition(11, "Filter", {0: "Adaptive"})),
        ("B", Definition(12, "Interlace", {0: "Noninterlaced", 1: "Adam7 Interlace"})),
    ),
    "pHYs": sequence(
        "PNG-pHYs",
        ">",
        ("I", Definition(0, "PixelsPerUnitX")),
        ("I", Definition(4, "PixelsPerUnitY")),
        ("B", Definition(8, "PixelUnits", {0: "Unknown", 1: "meters"})),
    ),
    "cHRM": sequence(
        "PNG",
        ">",
        _chromaticity(0, "WhitePointX"),
        _chromaticity(1, "WhitePointY"),
        _chromaticity(2, "RedX"),
        _chromaticity(3, "RedY"),
        _chromaticity(4, "GreenX"),
        _chromaticity(5, "GreenY"),
        _chromaticity(6, "BlueX"),
        _chromaticity(7, "BlueY"),
    ),
    "cICP": sequence(
        "PNG-cICP",
        ">",
        ("B", Definition(0, "ColorPrimaries", PRIMARIES)),
        ("B", Definition(1, "TransferCharacteristics", TRANSFERS)),
        ("B", Definition(2, "MatrixCoefficients", MATRICES)),
        ("B", Definition(3, "VideoFullRangeFlag")),
    ),
    "gAMA": sequence("PNG", ">", ("I", Definition("gAMA", "Gamma", convert=_gamma))),
    "sRGB": sequence(
        "PNG",
        ">",
        (
            "B",
            Definition(
                "sRGB",
                "SRGBRendering",
                {
                    0: "Perceptual",
                    1: "Relative Colorimetric",
                    2: "Saturation",
                    3: "Absolute Colorimetric",
                },
            ),
        ),
    ),
    "acTL": sequence(
        "PNG",
        ">",
        ("I", Definition(0, "AnimationFrames")),
        ("I", Definition(1, "AnimationPlays", {0: "inf"}, say=lambda value: value)),
    ),
    "sTER": sequence(
        "PNG",
        ">",
        ("B", Definition(0, "StereoMode", {0: "Cross-fuse Layout", 1: "Diverging-fuse Layout"})),
    ),
    "vpAg": sequence(
        "PNG",
        ">",
        ("I", Definition(0, "VirtualImageWidth")),
        ("I", Definition(1, "VirtualImageHeight")),
        ("B", Definition(2, "VirtualPageUnits")),
    ),
}
"""Chunks of fixed fields."""

CHUNKS = {
    kind: Definition(kind, name)
    for kind, name in (
        ("PLTE", "Palette"),
        ("bKGD", "BackgroundColor"),
        ("dSIG", "DigitalSignature"),
        ("cpIp", "OLEInfo"),
        ("fRAc", "FractalParameters"),
        ("gdAT", "GainMapImage"),
        ("gIFg", "GIFGraphicControlExtension"),
        ("gIFt", "GIFPlainTextExtension"),
        ("gIFx", "GIFApplicationExtension"),
        ("hIST", "PaletteHistogram"),
        ("iDOT", "AppleDataOffsets"),
        ("oFFs", "ImageOffset"),
        ("pCAL", "PixelCalibration"),
        ("sBIT", "SignificantBits"),
        ("sPLT", "SuggestedPalette"),
        ("tIME", "ModifyDate"),
        ("tRNS", "Transparency"),
    )
}
"""Chunks of one value."""

SCALE = (
    Definition(0, "SubjectUnits", {1: "meters", 2: "radians"}),
    Definition(1, "SubjectPixelWidth"),
    Definition(2, "SubjectPixelHeight"),
)
"""The chunk `sCAL`: a unit, and two numbers as text."""

PROFILE_NAME = Definition("iCCP-name", "ProfileName")

KEYWORDS = {
    **{
        name: Definition(name, name)
        for name in (
            *("Artist", "Author", "Collection", "Comment", "Copyright", "Description"),
            *("Disclaimer", "Document", "Label", "Make", "Model", "Software", "Source"),
            *("TimeStamp", "Title", "URL"),
        )
    },
    "aesthetic_score": Definition("aesthetic_score", "AestheticScore"),
    "parameters": Definition("parameters", "Parameters"),
    "Creation Time": Definition("Creation Time", "CreationTime", convert=mail_date),
    "Warning": Definition("Warning", "PNGWarning"),
    "create-date": Definition("create-date", "CreateDate", convert=xmp_values.date_of_tag),
    "modify-date": Definition("modify-date", "ModDate", convert=xmp_values.date_of_tag),
}
"""Texts that are known: of these alone the tag's name tells the language, too."""
