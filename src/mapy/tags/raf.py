"""What the directories of Fujifilm's raw files tell."""

from __future__ import annotations

import math
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.numbers import binary
from mapy.tags.definition import Definition, Names, Value

if TYPE_CHECKING:
    from mapy.model import Tag


class Row(NamedTuple):
    """One value of a directory."""

    definition: Definition
    layout: Struct
    is_rational: bool = False


def _exposure(tag: Tag) -> Value:
    """Stops, from a factor."""
    numerator, denominator = tag.raw
    factor = numerator / denominator if denominator else 0
    return math.log2(factor) if factor > 0 else 0


def _stops(value: Value) -> Value:
    return f"{value:+.1f}" if isinstance(value, (int, float)) and value else value


def _size(value: Value) -> Value:
    return str(value).replace(" ", "x")


def _ratio(value: Value) -> Value:
    return str(value).replace(" ", ":")


def _colours(value: Value) -> Value:
    """The colours of six by six pixels."""
    letters = "".join("RGB"[int(each)] if each in "012" else "?" for each in str(value).split())
    return " ".join(letters[at : at + 6] for at in range(0, len(letters), 6))


_PAIR, _FOUR = Struct(">2H"), Struct(">4H")
_RATIONAL = Struct(">2h")

FIRMWARE = Definition("FirmwareVersion", "FirmwareVersion")
COMPRESSION = Definition(
    "RAFCompression", "RAFCompression", {0: "Uncompressed", 2: "Lossless", 3: "Lossy"}
)
PREVIEW = Definition("PreviewImage", "PreviewImage", None, binary)

_ROWS = (
    (0x0100, "RawImageFullSize", _PAIR, _size),
    (0x0110, "RawImageCropTopLeft", _PAIR, None),
    (0x0111, "RawImageCroppedSize", _PAIR, _size),
    (0x0115, "RawImageAspectRatio", _PAIR, _ratio),
    (0x0117, "RawZoomActive", Struct(">I"), None),
    (0x0118, "RawZoomTopLeft", _PAIR, _size),
    (0x0119, "RawZoomSize", _PAIR, _size),
    (0x0121, "RawImageSize", _PAIR, _size),
    (0x0130, "FujiLayout", Struct("4B"), None),
    (0x0131, "XTransLayout", Struct("36B"), _colours),
    (0x2000, "WB_GRGBLevelsAuto", _FOUR, None),
    (0x2100, "WB_GRGBLevelsDaylight", _FOUR, None),
    (0x2200, "WB_GRGBLevelsCloudy", _FOUR, None),
    (0x2300, "WB_GRGBLevelsDaylightFluor", _FOUR, None),
    (0x2301, "WB_GRGBLevelsDayWhiteFluor", _FOUR, None),
    (0x2302, "WB_GRGBLevelsWhiteFluorescent", _FOUR, None),
    (0x2310, "WB_GRGBLevelsWarmWhiteFluor", _FOUR, None),
    (0x2311, "WB_GRGBLevelsLivingRoomWarmWhiteFluor", _FOUR, None),
    (0x2400, "WB_GRGBLevelsTungsten", _FOUR, None),
    (0x2410, "WB_GRGBLevelsFlash", _FOUR, None),
    (0x2FF0, "WB_GRGBLevels", _FOUR, None),
)
SIZES = frozenset({0x0100, 0x0111, 0x0115, 0x0118, 0x0119, 0x0121})
"""Values in which the height stands in front of the width."""
_CODES: dict[str, Names] = {"RawZoomActive": {0: "No", 1: "Yes"}}
WIDTH, HEIGHT = (Definition(name, name) for name in ("RawImageWidth", "RawImageHeight"))
RAF = {
    number: Row(Definition(number, name, _CODES.get(name), None, say), layout)
    for number, name, layout, say in _ROWS
} | {
    0x9200: Row(
        Definition(0x9200, "RelativeExposure", None, _exposure, _stops), _RATIONAL, is_rational=True
    ),
    0x9650: Row(
        Definition(0x9650, "RawExposureBias", None, None, _stops), _RATIONAL, is_rational=True
    ),
}

IFD = {
    number: Definition(number, name)
    for number, name in (
        (0xF001, "RawImageFullWidth"),
        (0xF002, "RawImageFullHeight"),
        (0xF003, "BitsPerSample"),
        (0xF007, "StripOffsets"),
        (0xF008, "StripByteCounts"),
        (0xF00A, "BlackLevel"),
        (0xF00B, "GeometricDistortionParams"),
        (0xF00C, "WB_GRBLevelsStandard"),
        (0xF00D, "WB_GRBLevelsAuto"),
        (0xF00E, "WB_GRBLevels"),
        (0xF00F, "ChromaticAberrationParams"),
        (0xF010, "VignettingParams"),
    )
}
"""The directory that newer cameras write in front of the sensor's data."""
