"""Numbers of Sony's records with their units and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.tags.definition import Value


def percent(value: Value) -> Value:
    """A share of hundred."""
    return f"{value}%"


def signed_decimal(value: Value) -> Value:
    """EV with a sign and one decimal; 0 without."""
    return f"{value:+.1f}" if isinstance(value, (int, float)) and value else value


def plus(value: Value) -> Value:
    """A step with its sign: `+1`, `0`, `-2`."""
    return f"{value:+d}" if isinstance(value, int) and value > 0 else value


def whole(value: Value) -> Value:
    """A number without decimals."""
    return f"{value:.0f}" if isinstance(value, (int, float)) else value


def kelvin(value: Value) -> Value:
    """A colour temperature."""
    return f"{value} K" if value else "Auto"


def zoom(value: Value) -> Value:
    """The position of a zoom lens: 1024 is the longest focal length."""
    return f"{value / 10.24:.0f}%" if isinstance(value, (int, float)) else value


def automatic(value: Value) -> Value:
    """ISO, or that the camera chooses it."""
    return whole(value) if value else "Auto"


def hexadecimal(value: Value) -> Value:
    """The bytes of a serial number as hexadecimal digits."""
    return bytes(map(int, value.split())).hex() if isinstance(value, str) else value


def year(value: Value) -> Value:
    """A year of this century."""
    return f"20{value:02d}" if isinstance(value, int) else value
