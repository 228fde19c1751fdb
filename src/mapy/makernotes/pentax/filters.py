"""Pentax: the filters that the camera put on a picture, each with its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.tags.definition import Names, Value

_Words: TypeAlias = "str | Mapping[int, str]"
"""How a setting is said: by a format, or by a word for each code."""

_OFF_ON = {0: "Off", 1: "On"}
_COLOURS = {1: "Red", 2: "Magenta", 3: "Blue", 4: "Cyan", 5: "Green", 6: "Yellow"}
_WEAK = {1: "Weak", 2: "Medium", 3: "Strong"}
_LOW = {1: "Low", 2: "Medium", 3: "High"}
_SIGNED, _PLAIN = "+d", "d"
_SETTINGS: dict[int, tuple[str, _Words]] = {
    1: ("Brightness", _SIGNED),
    2: ("Saturation", _SIGNED),
    3: ("Hue", _SIGNED),
    4: ("Contrast", _SIGNED),
    5: ("Sharpness", _SIGNED),
    6: ("SoftFocus", _PLAIN),
    7: ("ShadowBlur", _OFF_ON),
    8: ("HighContrast", _PLAIN),
    9: ("Color", _COLOURS),
    10: ("Density", {1: "Light", 2: "Standard", 3: "Dark"}),
    11: ("ExtractedColor", {0: "Off", **_COLOURS}),
    12: ("ColorRange", _SIGNED),
    13: ("FilterEffect", {0: "Off", 1: "Red", 2: "Green", 3: "Blue", 4: "Infrared"}),
    14: ("ToningBA", _SIGNED),
    15: ("InvertColor", _OFF_ON),
    16: ("Slim", _SIGNED),
    17: ("EffectDensity", {1: "Sparse", 2: "Normal", 3: "Dense"}),
    18: ("Size", {1: "Small", 2: "Medium", 3: "Large"}),
    19: ("Angle", {0: "0deg", 2: "30deg", 3: "45deg", 4: "60deg"}),
    20: ("Fisheye", _WEAK),
    21: ("DistortionType", _PLAIN),
    22: ("DistortionLevel", {0: "Off", **_WEAK}),
    23: ("ShadingType", _PLAIN),
    24: ("ShadingLevel", _SIGNED),
    25: ("Shading", _PLAIN),
    26: ("Blur", _PLAIN),
    27: ("ToneBreak", {0: "Off", 1: "Red", 2: "Green", 3: "Blue", 4: "Yellow"}),
    28: ("Toning", _SIGNED),
    29: ("FrameComposite", {0: "None", 1: "Thin", 2: "Medium", 3: "Thick"}),
    30: ("PastelStrength", _WEAK),
    31: ("Intensity", _PLAIN),
    32: ("Saturation2", {0: "Off", **_LOW}),
    33: ("HDR", _WEAK),
    35: ("FocusPlane", _SIGNED),
    36: ("FocusWidth", {1: "Narrow", 2: "Middle", 3: "Wide"}),
    37: ("PlaneAngle", {0: "Horizontal", 1: "Vertical", 2: "Positive slope", 3: "Negative slope"}),
    38: ("Blur2", _PLAIN),
    39: ("Shape", {1: "Cross", 2: "Star", 3: "Snowflake", 4: "Heart", 5: "Note"}),
    40: ("Posterization", _PLAIN),
    41: ("Contrast2", _LOW),
    42: ("ScratchEffect", _OFF_ON),
    45: ("ToneExpansion", _LOW),
    47: ("UnicolorBold", _COLOURS),
    48: ("BoldMonochrome", _PLAIN),
    49: ("OriginalColor", _COLOURS),
    50: ("NewColor", _COLOURS),
    51: ("ColorScale", _PLAIN),
    52: ("Toning2", _SIGNED),
}
"""The settings of filters, by number."""


def in_words(names: Names, value: Value) -> Value:
    """A filter by its name, and each of its settings: `Retro`, `Toning=+2`."""
    kind, *settings = map(int, str(value).split())
    said: list[Value] = [names.get(kind, f"Unknown ({kind})")]
    pairs = iter(settings)
    said += [_setting(number, level) for number, level in zip(pairs, pairs, strict=False) if number]
    return said if len(said) > 1 else said[0]


def _setting(number: int, level: int) -> str:
    if number not in _SETTINGS:
        return f"Unknown({number})={level}"
    name, words = _SETTINGS[number]
    if isinstance(words, str):
        return f"{name}={level:{words if level else 'd'}}"
    return f"{name}={words.get(level, f'Unknown({level})')}"
