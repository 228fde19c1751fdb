"""Nikon's picture controls (0x0023): levels around 0x80, in steps or in quarters of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.nikon import values
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from mapy.tags.definition import Formatter, Value

_ZERO = 0x80
_AUTO, _USER, _N_A = -128, -127, 127
_STEP, _QUARTERS = 1, 4


def _level(raw: int) -> int:
    return raw - _ZERO


def _said(at_zero: str, parts: int, *, is_signed: bool = True) -> Formatter:
    """A level in words; `parts` of it make a step."""
    words = {_AUTO: "Auto", _USER: "User", _N_A: "n/a"} | ({0: at_zero} if at_zero else {})

    def say(value: Value) -> Value:
        level = int(values.number(value))
        if level in words:
            return words[level]
        if parts != _STEP:
            number = f"{level / parts:.2f}"
            return number.removesuffix("0")
        return f"{level:+d}" if is_signed else level

    return say


def _saturation(value: Value) -> Value:
    return "n/a" if value == _N_A else value


_LEVELS = (
    "PictureControlQuickAdjust", "Sharpness", "MidRangeSharpness", "Clarity", "Contrast",
    "Brightness", "Saturation", "Hue", "HueAdjustment", "ToningSaturation",
)  # fmt: skip
_CONVERT = dict.fromkeys(_LEVELS, values.scaled(_level))
_NAMES = dict.fromkeys(("PictureControlName", "PictureControlBase"), values.title_case)
PICTURE = Meanings(
    convert=_CONVERT,
    say={
        **_NAMES,
        **dict.fromkeys(_LEVELS, _said("Normal", _STEP)),
        "Sharpness": _said("No Sharpening", _STEP, is_signed=False),
        "HueAdjustment": _said("None", _STEP),
        "ToningSaturation": _saturation,
    },
)
PICTURE_2 = Meanings(
    convert=_CONVERT,
    say={
        **_NAMES,
        **dict.fromkeys(_LEVELS, _said("None", _QUARTERS)),
        "PictureControlQuickAdjust": _said("Normal", _STEP),
        "Brightness": _said("Normal", _QUARTERS),
    },
)
