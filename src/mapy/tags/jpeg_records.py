"""Small segments of JPEG whose fields have fixed places, by the signature they begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.records import record
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value


def _two_numbers(tag: Tag) -> Value:
    major, minor = tag.raw
    return f"{major}.{minor:02d}"


def _dotted(value: Value) -> Value:
    return str(value).replace(" ", ".")


def _letter(tag: Tag) -> Value:
    return chr(tag.raw)


def _hexadecimal(value: Value) -> Value:
    return f"0x{value:x}" if isinstance(value, int) else value


def _revision(tag: Tag) -> Value:
    """The number in `$Rev: 14797 $`."""
    match = re.search(rb"Rev: ?(\d{1,9})", tag.raw)
    return match[1].decode() if match else ""


_JPS_FLAGS = ("Half height", "Half width", "Left field first")


def _jps_flags(value: Value) -> Value:
    if not isinstance(value, int):
        return value
    names = {1 << bit: name for bit, name in enumerate(_JPS_FLAGS)}
    bits = [1 << bit for bit in range(8) if value >> bit & 1]
    return ", ".join(names.get(bit, f"[{bit.bit_length() - 1}]") for bit in bits) or "(none)"


_RESOLUTION_UNITS: dict[int | str, str] = {0: "None", 1: "inches", 2: "cm"}

_AVI1 = record(
    "AVI1",
    ">",
    (4, "B", Definition(0, "InterleavedField", {0: "Not Interleaved", 1: "Odd", 2: "Even"})),
)
"""Motion JPEG in AVI: a field of a frame."""

_SPIFF = record(
    "SPIFF",
    ">",
    (6, "2B", Definition(0, "SPIFFVersion", say=_dotted)),
    (
        8,
        "B",
        Definition(
            2,
            "ProfileID",
            {
                0: "Not Specified",
                1: "Continuous-tone Base",
                2: "Continuous-tone Progressive",
                3: "Bi-level Facsimile",
                4: "Continuous-tone Facsimile",
            },
        ),
    ),
    (9, "B", Definition(3, "ColorComponents")),
    (12, "I", Definition(6, "ImageHeight")),
    (16, "I", Definition(10, "ImageWidth")),
    (
        20,
        "B",
        Definition(
            14,
            "ColorSpace",
            {
                0: "Bi-level",
                1: "YCbCr, ITU-R BT 709, video",
                2: "No color space specified",
                3: "YCbCr, ITU-R BT 601-1, RGB",
                4: "YCbCr, ITU-R BT 601-1, video",
                8: "Gray-scale",
                9: "PhotoYCC",
                10: "RGB",
                11: "CMY",
                12: "CMYK",
                13: "YCCK",
                14: "CIELab",
            },
        ),
    ),
    (21, "B", Definition(15, "BitsPerSample")),
    (
        22,
        "B",
        Definition(
            16,
            "Compression",
            {
                0: "Uncompressed, interleaved, 8 bits per sample",
                1: "Modified Huffman",
                2: "Modified READ",
                3: "Modified Modified READ",
                4: "JBIG",
                5: "JPEG",
            },
        ),
    ),
    (23, "B", Definition(17, "ResolutionUnit", _RESOLUTION_UNITS)),
    (24, "I", Definition(18, "YResolution")),
    (28, "I", Definition(22, "XResolution")),
)
"""ITU-T T.84, annex F."""

_NITF = record(
    "NITF",
    ">",
    (5, "2B", Definition(0, "NITFVersion", convert=_two_numbers)),
    (7, "B", Definition(2, "ImageFormat", {"B": "IMode B"}, _letter)),
    (8, "H", Definition(3, "BlocksPerRow")),
    (10, "H", Definition(5, "BlocksPerColumn")),
    (12, "B", Definition(7, "ImageColor", {0: "Monochrome"})),
    (13, "B", Definition(8, "BitDepth")),
    (14, "B", Definition(9, "ImageClass", {0: "General Purpose", 4: "Tactical Imagery"})),
    (
        15,
        "B",
        Definition(
            10,
            "JPEGProcess",
            {
                1: "Baseline sequential DCT, Huffman coding, 8-bit samples",
                4: "Extended sequential DCT, Huffman coding, 12-bit samples",
            },
        ),
    ),
    (16, "B", Definition(11, "Quality")),
    (17, "B", Definition(12, "StreamColor", {0: "Monochrome"})),
    (18, "B", Definition(13, "StreamBitDepth")),
    (19, "I", Definition(14, "Flags", say=_hexadecimal)),
)
"""MIL-STD-188-198A, section 5.2.3."""

_JPS = record(
    "JPS",
    ">",
    (10, "B", Definition(10, "JPSSeparation")),
    (11, "B", Definition(11, "JPSFlags", say=_jps_flags)),
    (
        12,
        "B",
        Definition(
            12,
            "JPSLayout",
            {1: "Interleaved", 2: "Side By Side", 3: "Over Under", 4: "Anaglyph"},
        ),
    ),
    (13, "B", Definition(13, "JPSType", {0: "Mono", 1: "Stereo"})),
)
"""VRex, "JPS": a picture for each eye. The layout is that of a stereo picture."""

_ADOBE_CM = record("AdobeCM", ">", (8, "H", Definition(0, "AdobeCMType")))
_OCAD = record("Ocad", ">", (4, "11s", Definition("Rev", "OcadRevision", convert=_revision)))

RECORDS = {
    b"AVI1": _AVI1,
    b"Adobe_CM": _ADOBE_CM,
    b"NITF\0": _NITF,
    b"Ocad": _OCAD,
    b"SPIFF\0": _SPIFF,
    b"_JPSJPS_": _JPS,
}
"""By the signature: the fields behind it, whose places count from its start."""
JPS = b"_JPSJPS_"
JPS_COMMENT = Definition(16, "JPSComment")
