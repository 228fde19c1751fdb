"""How the numbers of Olympus become values. APEX numbers here are in steps of 1/256."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.tiff_types import Rational, decimal, number_text

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value

_APEX_STEP = 256
_ISO_APEX = 5
_NO_DISTANCE = 0xFFFFFFFF
_SIGN = 0x8000


def apex_aperture(tag: Tag) -> Value:
    """An f-number; 0 where there is no lens."""
    return 2 ** (tag.raw / _APEX_STEP / 2) if tag.raw else 0


def iso_of_apex(tag: Tag) -> Value:
    """The sensitivity from its APEX value."""
    return 100 * 2 ** (float(decimal(*tag.raw)) - _ISO_APEX)


def balance(tag: Tag) -> Value:
    """The first of two numbers, in 1/256."""
    first = tag.raw[0] if isinstance(tag.raw, tuple) else tag.raw
    return float(first / _APEX_STEP)


def signed(tag: Tag) -> Value:
    """Numbers of 16 bits that have a sign, whatever type the camera declares."""
    numbers = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
    return " ".join(str((number ^ _SIGN) - _SIGN if number >= 0 else number) for number in numbers)


def lens_code(tag: Tag) -> Value:
    """Maker, type and subtype of a lens as its list has them: `0 05 00`."""
    maker, _, kind, subtype = tag.raw[:4]
    return f"{maker:x} {kind:02x} {subtype:02x}"


def extender_code(tag: Tag) -> Value:
    """Maker and type of an extender: `0 04`."""
    return f"{tag.raw[0]:x} {tag.raw[2]:02x}"


def selected_point(tag: Tag) -> Value:
    """The corners of the area in focus, as parts of the picture; the first number is no part."""
    return " ".join(number_text(decimal(*part)) for part in tag.raw[1:])


def distance(tag: Tag) -> Value:
    """Metres from millimetres; 0 for infinity."""
    raw = tag.raw if isinstance(tag.raw, Rational) else tag.raw[0]
    numerator, _ = raw
    return 0 if numerator == _NO_DISTANCE else float(numerator / 1000)


def tenths(tag: Tag) -> Value:
    """Numbers that are stored in tenths."""
    numbers = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
    shown = [number / 10 for number in numbers]
    return shown[0] if len(shown) == 1 else " ".join(map(number_text, shown))


def angle(tag: Tag) -> Value:
    """Degrees from tenths, the other way round; nothing where the sensor did not tell."""
    tenth, is_known = tag.raw
    return float(-tenth / 10) if is_known == 1 else "n/a"


def pitch(tag: Tag) -> Value:
    """Degrees from tenths; nothing where the sensor did not tell."""
    tenth, is_known = tag.raw
    return float(tenth / 10) if is_known == 1 else "n/a"


def short_rationals(tag: Tag) -> Value:
    """Rationals whose 16-bit numbers stand in a list."""
    numbers = iter(tag.raw)
    pairs = zip(numbers, numbers, strict=False)
    return " ".join([number_text(decimal(*pair)) for pair in pairs])


def point_of_cross(tag: Tag) -> Value:
    """The point of focus, and how points work together."""
    return f"{tag.raw & 0x1F} {tag.raw & 0xFFE0}"


def sensor_temperature(tag: Tag) -> Value:
    """Degrees from the reading of a sensor."""
    return float(84 - 3 * tag.raw / 26)
