"""The properties of HEIF items (ISO/IEC 23008-12, section 6.5): size, rotation, colour, codec.

Also what describes the file itself: the brands of `ftyp` and the handler of `meta`.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy.model import Tag
from mapy.tags.quicktime import DEFINITIONS
from mapy.tiff_types import PLAIN, decimal, number_text, spaced

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

GROUP: Final = "QuickTime"
_FULL: Final = 4
"""Bytes of version and flags."""
_PROFILE_SIZE: Final = 4


def parse(kind: str, view: ByteView, reading: Reading) -> None:
    """Parse the payload of a property's box."""
    if kind == "colr" and view.take(0, 4) in (b"prof", b"rICC"):
        from mapy import blocks  # noqa: PLC0415 - blocks imports this module by name

        blocks.parse("icc", view.sub(_PROFILE_SIZE, view.size - _PROFILE_SIZE), reading, kind)
        return
    values = READERS[kind](view)
    reading.add(GROUP, tags_of(values, view), view.span(0, view.size))


def tags_of(values: dict[str, Value], view: ByteView, group: str = GROUP) -> list[Tag]:
    """The tags of these values, which are those of a whole box."""
    return [
        Tag(group, DEFINITIONS[name], PLAIN, 1, value, view.start, view.size)
        for name, value in values.items()
    ]


def code_text(code: bytes) -> str:
    """A code of four letters."""
    return code.decode("latin-1")


def brands(view: ByteView) -> dict[str, Value]:
    """`ftyp` (ISO/IEC 14496-12, section 4.3)."""
    version = view.take(4, 4)
    codes = view.take(8, (view.size - 8) & ~3)
    compatible: list[Value] = [
        code_text(codes[at : at + 4]) for at in range(0, min(len(codes), _MOST_BRANDS * 4), 4)
    ]
    return {
        "MajorBrand": code_text(view.take(0, 4)),
        "MinorVersion": f"{view.u16be(4):x}.{version[2]:x}.{version[3]:x}",
        "CompatibleBrands": [code for code in compatible if "\0" not in str(code)],
    }


def handler(view: ByteView) -> dict[str, Value]:
    """`hdlr`: QuickTime fills the fields that ISO/IEC 14496-12, section 8.4.3, leaves empty."""
    values: dict[str, Value] = {}
    for name, at in (("HandlerClass", 4), ("HandlerType", 8), ("HandlerVendorID", 12)):
        code = view.take(at, 4).rstrip(b"\0")
        if code:
            values[name] = code_text(code)
    description = view.take(24, view.size - 24)
    if description and 0 < description[0] == len(description) - 1:
        description = description[1:]  # QuickTime counts the letters in front of them
    text = description.partition(b"\0")[0].decode("utf-8", "replace")
    if text:
        values["HandlerDescription"] = text
    return values


_MOST_BRANDS: Final = 64


def _extent(view: ByteView) -> dict[str, Value]:
    count = max(0, view.size - _FULL) // 4
    return {"ImageSpatialExtent": spaced(view.unpack(Struct(f">{min(count, 8)}I"), _FULL))}


def _pixel_depth(view: ByteView) -> dict[str, Value]:
    depths = view.take(_FULL + 1, min(view.u8(_FULL), view.size - _FULL - 1))
    return {"ImagePixelDepth": spaced(tuple(depths))}


def _aperture(view: ByteView) -> dict[str, Value]:
    count = min(view.size // 8, 8)
    numbers = iter(view.unpack(Struct(">" + "ii" * count), 0))
    fractions = zip(numbers, numbers, strict=True)
    return {"CleanAperture": " ".join(number_text(decimal(*each)) for each in fractions)}


def _colour(view: ByteView) -> dict[str, Value]:
    kind = view.take(0, 4)
    values: dict[str, Value] = {"ColorProfiles": code_text(kind)}
    names = ("ColorPrimaries", "TransferCharacteristics", "MatrixCoefficients")
    for number, name in enumerate(names):
        if view.has(4 + 2 * number, 2):
            values[name] = view.u16be(4 + 2 * number)
    if view.has(10, 1):
        values["VideoFullRangeFlag"] = view.u8(10) >> 7
    return values


def _light(view: ByteView) -> dict[str, Value]:
    return {"MaxContentLightLevel": view.u16be(0), "MaxPicAverageLightLevel": view.u16be(2)}


def _hevc(view: ByteView) -> dict[str, Value]:
    """HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, section 8.3.3)."""
    profile, timing = view.u8(1), view.u8(21)
    rate = view.u16be(19)
    return {
        "HEVCConfigurationVersion": view.u8(0),
        "GeneralProfileSpace": profile >> 6,
        "GeneralTierFlag": profile >> 5 & 1,
        "GeneralProfileIDC": profile & 31,
        "GenProfileCompatibilityFlags": view.u32be(2),
        "ConstraintIndicatorFlags": spaced(tuple(view.take(6, 6))),
        "GeneralLevelIDC": view.u8(12),
        "MinSpatialSegmentationIDC": view.u16be(13) & 0x0FFF,
        "ParallelismType": view.u8(15) & 3,
        "HEVC:ChromaFormat": view.u8(16) & 3,
        "BitDepthLuma": (view.u8(17) & 7) + 8,
        "BitDepthChroma": (view.u8(18) & 7) + 8,
        "AverageFrameRate": rate / 256 if rate % 256 else rate // 256,
        "ConstantFrameRate": timing >> 6,
        "NumTemporalLayers": timing >> 3 & 7,
        "TemporalIDNested": timing >> 2 & 1,
    }


def _av1(view: ByteView) -> dict[str, Value]:
    """AV1CodecConfigurationRecord (AV1 in ISOBMFF, section 2.3.3)."""
    return {
        "AV1ConfigurationVersion": view.u8(0) & 0x7F,
        "AV1:ChromaFormat": view.u8(2) >> 2 & 7,
        "ChromaSamplePosition": view.u8(2) & 3,
    }


def _auxiliary(view: ByteView) -> dict[str, Value]:
    name = view.take(_FULL, view.size - _FULL).partition(b"\0")[0]
    return {"AuxiliaryImageType": name.decode("utf-8", "replace")}


def _pair(name: str, at: int) -> Callable[[ByteView], dict[str, Value]]:
    return lambda view: {name: f"{view.u32be(at)} {view.u32be(at + 4)}"}


READERS: Final[dict[str, Callable[[ByteView], dict[str, Value]]]] = {
    "auxC": _auxiliary,
    "av1C": _av1,
    "clap": _aperture,
    "clli": _light,
    "colr": _colour,
    "ftyp": brands,
    "hdlr": handler,
    "hvcC": _hevc,
    "imir": lambda view: {"Mirroring": view.u8(0)},
    "irot": lambda view: {"Rotation": view.u8(0) & 3},
    "ispe": _extent,
    "pasp": _pair("PixelAspectRatio", 0),
    "pixi": _pixel_depth,
    "rloc": _pair("RelativeLocation", _FULL),
}
"""By the type of the box; the others tell nothing that has a name."""
