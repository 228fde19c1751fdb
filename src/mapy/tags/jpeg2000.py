"""What the boxes of JPEG 2000 (ISO/IEC 15444-1, annex I; 15444-2, annex M) and JPEG XL tell."""

from __future__ import annotations

from mapy.explain.numbers import binary
from mapy.tags.definition import Definition, Names, Value

_METRES: Names = {
    -3: "km",
    -2: "100 m",
    -1: "10 m",
    0: "m",
    1: "10 cm",
    2: "cm",
    3: "mm",
    4: "0.1 mm",
    5: "0.01 mm",
    6: "um",
}
_NAMED: dict[str, Names] = {
    "MajorBrand": {
        "jp2 ": "JPEG 2000 Image (.JP2)",
        "jph ": "High-throughput JPEG 2000 (.JPH)",
        "jpm ": "JPEG 2000 Compound Image (.JPM)",
        "jpx ": "JPEG 2000 with extensions (.JPX)",
        "jxl ": "JPEG XL Image (.JXL)",
    },
    "Compression": {
        0: "Uncompressed",
        1: "Modified Huffman",
        2: "Modified READ",
        3: "Modified Modified READ",
        4: "JBIG",
        5: "JPEG",
        6: "JPEG-LS",
        7: "JPEG 2000",
        8: "JBIG2",
    },
    "ColorSpecMethod": {
        1: "Enumerated",
        2: "Restricted ICC",
        3: "Any ICC",
        4: "Vendor Color",
    },
    "ColorSpecApproximation": {
        0: "Not Specified",
        1: "Accurate",
        2: "Exceptional Quality",
        3: "Reasonable Quality",
        4: "Poor Quality",
    },
    "ColorSpace": {
        0: "Bi-level",
        1: "YCbCr(1)",
        3: "YCbCr(2)",
        4: "YCbCr(3)",
        9: "PhotoYCC",
        11: "CMY",
        12: "CMYK",
        13: "YCCK",
        14: "CIELab",
        15: "Bi-level(2)",
        16: "sRGB",
        17: "Grayscale",
        18: "sYCC",
        19: "CIEJab",
        20: "e-sRGB",
        21: "ROMM-RGB",
        22: "YPbPr(1125/60)",
        23: "YPbPr(1250/50)",
        24: "e-sYCC",
    },
    "CaptureYResolutionUnit": _METRES,
    "CaptureXResolutionUnit": _METRES,
    "DisplayYResolutionUnit": _METRES,
    "DisplayXResolutionUnit": _METRES,
}
_VARIES = 255
_SIGNED = 0x80


def _bits(value: Value) -> Value:
    """The depth less one, and in the highest bit whether the samples are signed."""
    if not isinstance(value, int):
        return value
    if value == _VARIES:
        return "Variable"
    return f"{(value & ~_SIGNED) + 1} Bits, {'Signed' if value & _SIGNED else 'Unsigned'}"


_PLAIN = (
    *("MinorVersion", "CompatibleBrands", "ImageHeight", "ImageWidth", "NumberOfComponents"),
    *("ColorSpecPrecedence", "CaptureYResolution", "CaptureXResolution", "DisplayYResolution"),
    *("DisplayXResolution", "Label", "URL"),
)
_BINARY = ("ColorSpecData", "GainMapImage")
DEFINITIONS: dict[str, Definition] = {
    **{name: Definition(name, name) for name in _PLAIN},
    **{name: Definition(name, name, words) for name, words in _NAMED.items()},
    "BitsPerComponent": Definition("BitsPerComponent", "BitsPerComponent", say=_bits),
    **{name: Definition(name, name, convert=binary) for name in _BINARY},
}
