"""How Minolta's numbers become values."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from mapy.tiff_types import number_text

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Value


def whole(value: float) -> int | float:
    """The number, without decimals where it has none."""
    return int(value) if value == int(value) else value


def linear(factor: float, zero: float = 0) -> Converter:
    """A converter: the raw number less `zero`, times `factor`."""

    def convert(tag: Tag) -> Value:
        return whole((tag.raw - zero) * factor)

    return convert


def over(divisor: float, zero: float = 0) -> Converter:
    """A converter: the raw number less `zero`, divided."""

    def convert(tag: Tag) -> Value:
        return whole((tag.raw - zero) / divisor)

    return convert


def seconds(tag: Tag) -> Value:
    """Seconds from 8 steps an EV, 48 meaning one second."""
    return _power((48 - tag.raw) / 8)


def seconds_or_0(tag: Tag) -> Value:
    """The same, with 0 for bulb."""
    return seconds(tag) if tag.raw else 0


def aperture(tag: Tag) -> Value:
    """An f-number from 16 steps for every doubling, 8 meaning f/1."""
    return _power(tag.raw / 16 - 0.5)


def iso(tag: Tag) -> Value:
    """ISO from 8 steps an EV, 48 meaning ISO 100."""
    return _power(tag.raw / 8 - 1) * 3.125


_LONGEST = 1000
"""What a double holds as a power of 2; damage may say more."""


def _power(exponent: float) -> float:
    return 2.0**exponent if exponent < _LONGEST else inf


def light(tag: Tag) -> Value:
    """Light values from 8 steps an EV, 106 meaning 0; each of several."""
    raw = tag.raw
    if isinstance(raw, int):
        return whole((raw - 106) / 8)
    return " ".join([number_text(whole((each - 106) / 8)) for each in raw])


_WHOLE_METERING = 9600
_AS_PICTURE = 7404


def metering_picture(_tag: Tag) -> Value:
    """What the meter saw, by the length that it has as a picture."""
    return f"(Binary data {_AS_PICTURE} bytes, use -b option to extract)"


def set_aperture(tag: Tag) -> Value:
    """An f-number from 8 steps for every stop, 8 meaning f/1."""
    return _power((tag.raw / 8 - 1) / 2)


def is_whole_metering(raw: object) -> bool:
    """Whether all that the meter saw is there."""
    return isinstance(raw, bytes) and len(raw) >= _WHOLE_METERING


def date(tag: Tag) -> Value:
    """`YYYY:MM:DD` from a 16-bit year and two bytes."""
    raw = tag.raw
    return f"{raw >> 16:4d}:{raw >> 8 & 0xFF:02d}:{raw & 0xFF:02d}"


def time(tag: Tag) -> Value:
    """`HH:MM:SS` from a 16-bit hour and two bytes."""
    raw = tag.raw
    return f"{raw >> 16:02d}:{raw >> 8 & 0xFF:02d}:{raw & 0xFF:02d}"
