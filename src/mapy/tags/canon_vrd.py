"""The first part of what Canon's Digital Photo Professional notes: edits of version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.records import record
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Names, Value


def _version(value: Value) -> Value:
    text = str(value)
    return ".".join((text[0], text[1:-1], text[-1])) if len(text) > 2 else value  # noqa: PLR2004


def _brightness(tag: Tag) -> Value:
    """Exposure in EV."""
    return int(tag.raw / 6000) if tag.raw % 6000 == 0 else float(tag.raw / 6000)


def _two_decimals(value: Value) -> Value:
    return f"{value:.2f}" if isinstance(value, int | float) else value


def _points(value: Value) -> Value:
    """A count, then across and up of each point of a curve."""
    numbers = str(value).split()
    count = min(int(numbers[0]), len(numbers) // 2)
    pairs = zip(numbers[1 : 2 * count : 2], numbers[2 : 2 * count + 1 : 2], strict=True)
    return " ".join(f"({across},{up})" for across, up in pairs)


_NO_YES: Names = {0: "No", 1: "Yes"}
EDITS = record(
    "CanonVRD",
    ">",
    (2, "H", Definition(2, "VRDVersion", say=_version)),
    (6, "4H", Definition(6, "WBAdjRGGBLevels")),
    (
        24,
        "H",
        Definition(
            24,
            "WhiteBalanceAdj",
            {
                0: "Auto",
                1: "Daylight",
                2: "Cloudy",
                3: "Tungsten",
                4: "Fluorescent",
                5: "Flash",
                8: "Shade",
                9: "Kelvin",
                30: "Manual (Click)",
                31: "Shot Settings",
            },
        ),
    ),
    (26, "H", Definition(26, "WBAdjColorTemp")),
    (36, "H", Definition(36, "WBFineTuneActive", _NO_YES)),
    (40, "H", Definition(40, "WBFineTuneSaturation")),
    (44, "H", Definition(44, "WBFineTuneTone")),
    (46, "H", Definition(46, "RawColorAdj", {0: "Shot Settings", 1: "Faithful", 2: "Custom"})),
    (48, "i", Definition(48, "RawCustomSaturation")),
    (52, "i", Definition(52, "RawCustomTone")),
    (56, "i", Definition(56, "RawBrightnessAdj", convert=_brightness, say=_two_decimals)),
    (
        60,
        "H",
        Definition(
            60,
            "ToneCurveProperty",
            {
                0: "Shot Settings",
                1: "Linear",
                2: "Custom 1",
                3: "Custom 2",
                4: "Custom 3",
                5: "Custom 4",
                6: "Custom 5",
            },
        ),
    ),
    (122, "H", Definition(122, "DynamicRangeMin")),
    (124, "H", Definition(124, "DynamicRangeMax")),
    (272, "H", Definition(272, "ToneCurveActive", _NO_YES)),
    (275, "B", Definition(275, "ToneCurveMode", {0: "RGB", 1: "Luminance"})),
    (276, "b", Definition(276, "BrightnessAdj")),
    (277, "b", Definition(277, "ContrastAdj")),
    (278, "h", Definition(278, "SaturationAdj")),
    (286, "i", Definition(286, "ColorToneAdj")),
    (294, "21H", Definition(294, "LuminanceCurvePoints", say=_points)),
    (336, "4H", Definition(336, "LuminanceCurveLimits")),
    (345, "B", Definition(345, "ToneCurveInterpolation", {0: "Curve", 1: "Straight"})),
    (352, "21H", Definition(352, "RedCurvePoints", say=_points)),
    (394, "4H", Definition(394, "RedCurveLimits")),
    (410, "21H", Definition(410, "GreenCurvePoints", say=_points)),
    (452, "4H", Definition(452, "GreenCurveLimits")),
    (468, "21H", Definition(468, "BlueCurvePoints", say=_points)),
    (510, "4H", Definition(510, "BlueCurveLimits")),
    (526, "21H", Definition(526, "RGBCurvePoints", say=_points)),
    (568, "4H", Definition(568, "RGBCurveLimits")),
    (580, "H", Definition(580, "CropActive", _NO_YES)),
    (582, "H", Definition(582, "CropLeft")),
    (584, "H", Definition(584, "CropTop")),
    (586, "H", Definition(586, "CropWidth")),
    (588, "H", Definition(588, "CropHeight")),
    (602, "H", Definition(602, "SharpnessAdj")),
    (
        608,
        "H",
        Definition(
            608,
            "CropAspectRatio",
            {
                0: "Free",
                1: "3:2",
                2: "2:3",
                3: "4:3",
                4: "3:4",
                5: "A-size Landscape",
                6: "A-size Portrait",
                7: "Letter-size Landscape",
                8: "Letter-size Portrait",
                9: "4:5",
                10: "5:4",
                11: "1:1",
                12: "Circle",
                65535: "Custom",
            },
        ),
    ),
    (610, "f", Definition(610, "ConstrainedCropWidth")),
    (614, "f", Definition(614, "ConstrainedCropHeight")),
    (618, "H", Definition(618, "CheckMark", {0: "Clear", 1: "1", 2: "2", 3: "3"})),
    (622, "H", Definition(622, "Rotation", {0: "0", 1: "90", 2: "180", 3: "270"})),
    (
        624,
        "H",
        Definition(
            624,
            "WorkColorSpace",
            {0: "sRGB", 1: "Adobe RGB", 2: "Wide Gamut RGB", 3: "Apple RGB", 4: "ColorMatch RGB"},
        ),
    ),
)
"""Offsets from the start of the part."""
