"""How Minolta's numbers become values."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    return float(2 ** ((48 - tag.raw) / 8))


def seconds_or_0(tag: Tag) -> Value:
    """The same, with 0 for bulb."""
    return seconds(tag) if tag.raw else 0


def aperture(tag: Tag) -> Value:
    """An f-number from 16 steps for every doubling, 8 meaning f/1."""
    return float(2 ** (tag.raw / 16 - 0.5))


def iso(tag: Tag) -> Value:
    """ISO from 8 steps an EV, 48 meaning ISO 100."""
    return float(2 ** (tag.raw / 8 - 1) * 3.125)


def date(tag: Tag) -> Value:
    """`YYYY:MM:DD` from a 16-bit year and two bytes."""
    raw = tag.raw
    return f"{raw >> 16:04d}:{raw >> 8 & 0xFF:02d}:{raw & 0xFF:02d}"


def time(tag: Tag) -> Value:
    """`HH:MM:SS` from a 16-bit hour and two bytes."""
    raw = tag.raw
    return f"{raw >> 16:02d}:{raw >> 8 & 0xFF:02d}:{raw & 0xFF:02d}"
