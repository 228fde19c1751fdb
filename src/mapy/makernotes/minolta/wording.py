"""How Minolta's values read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.wording import unknown_digits

if TYPE_CHECKING:
    from mapy.tags.definition import Value

_WHITE_BALANCES = {
    0: "Auto", 1: "Daylight", 2: "Cloudy", 3: "Tungsten", 5: "Custom", 7: "Fluorescent",
    8: "Fluorescent 2", 11: "Custom 2", 12: "Custom 3",
    0x0800000: "Auto", 0x1800000: "Daylight", 0x2800000: "Cloudy", 0x3800000: "Tungsten",
    0x4800000: "Flash", 0x5800000: "Fluorescent", 0x6800000: "Shade", 0x7800000: "Custom1",
    0x8800000: "Custom2", 0x9800000: "Custom3",
}  # fmt: skip
_KIND, _MIDDLE, _STEP = 0xFF000000, 0x800000, 0x10000
"""The A2 shifts a white balance by steps around its middle."""


def white_balance(value: Value) -> Value:
    """The white balance, and by how many steps it is shifted."""
    if not isinstance(value, int):
        return value
    if value in _WHITE_BALANCES:
        return _WHITE_BALANCES[value]
    if value < _STEP:
        return f"Unknown ({value})"
    middle = (value & _KIND) + _MIDDLE
    if middle not in _WHITE_BALANCES:
        return unknown_digits(value)
    return f"{_WHITE_BALANCES[middle]}{(value - middle) / _STEP:+.8g}"


_WRAPPED, _RANGE = 0xFFF0, 0x10000


def level(value: Value) -> Value:
    """A setting around its middle: `Normal`, `+1`, `-2`."""
    if not isinstance(value, int) or value < 0:
        return value
    if not value:
        return "Normal"
    return str(value - _RANGE) if value > _WRAPPED else f"+{value}"


def rounded(value: Value) -> Value:
    """A whole number."""
    return int(value + 0.5) if isinstance(value, (int, float)) else value


def distance(value: Value) -> Value:
    """Metres; 0 is infinity."""
    return words.metres(value) if value else "inf"


def exposure_time(value: Value) -> Value:
    """Seconds; 0 is bulb."""
    return words.exposure_time(value) if value else "Bulb"


_OUT_OF_FOCUS = -0x8000


def focus(value: Value) -> Value:
    """By how much a sensor is out of focus, and to which side."""
    if not value:
        return "In Focus"
    if value == _OUT_OF_FOCUS:
        return "Out of Focus"
    if not isinstance(value, int):
        return value
    return f"Front Focus ({value})" if value < 0 else f"Back Focus (+{value})"


def seconds(value: Value) -> Value:
    """How long something is shown."""
    return f"{value} s"
