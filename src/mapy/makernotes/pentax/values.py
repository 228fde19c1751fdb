"""How the numbers of Pentax become values.

Exposures are in steps of 1/8 EV, apertures in steps of 1/8 AV, each from an origin of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import plain
from mapy.tiff_types import number_text

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Value


def scaled(factor: float, offset: float = 0) -> Converter:
    """A converter: the number less an offset, divided; each of several."""

    def convert(tag: Tag) -> Value:
        if not isinstance(tag.raw, tuple):
            return _whole((tag.raw - offset) / factor)
        return " ".join(number_text(_whole((each - offset) / factor)) for each in tag.raw)

    return convert


def first_scaled(factor: float, offset: float = 0) -> Converter:
    """A converter: the first number less an offset, divided; the others as they are."""

    def convert(tag: Tag) -> Value:
        numbers = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
        value = _whole((numbers[0] - offset) / factor)
        return value if len(numbers) == 1 else " ".join(map(number_text, (value, *numbers[1:])))

    return convert


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def steps(value: int) -> float:
    """EV from steps of 1/8, of which 3/8 and 5/8 stand for a third and two thirds."""
    if value < 0:
        return -steps(-value)
    eighths = float(value)
    if value % 8 == 3:  # noqa: PLR2004 - a third
        eighths += 8 / 3 - 3
    elif value % 8 == 5:  # noqa: PLR2004 - two thirds
        eighths += 16 / 3 - 5
    return eighths / 8


def ae_seconds(tag: Tag) -> Value:
    """Seconds; 32 stands for 24 s."""
    return _whole(24 * 2 ** ((32 - tag.raw) / 8))


def ae_aperture(tag: Tag) -> Value:
    """An f-number; 68 stands for 1."""
    return _whole(2 ** ((tag.raw - 68) / 16))


def ae_iso(tag: Tag) -> Value:
    """A sensitivity; 32 stands for 100."""
    return _whole(100 * 2 ** ((tag.raw - 32) / 8))


def iso_floor(tag: Tag) -> Value:
    """A whole sensitivity; 32 stands for 100."""
    return int(100 * 2 ** (steps(tag.raw - 32)) + 0.5)


def set_seconds(tag: Tag) -> Value:
    """Seconds that are set in steps; 68 stands for 1."""
    return _whole(2 ** -steps(tag.raw - 68))


def set_aperture(tag: Tag) -> Value:
    """An f-number that is set in steps; 68 stands for 1."""
    return _whole(2 ** (steps(tag.raw - 68) / 2))


def base_compensation(tag: Tag) -> Value:
    """EV; 64 stands for none."""
    return _whole(steps(64 - tag.raw))


def lens_stops(tag: Tag) -> Value:
    """Stops between the widest and the narrowest aperture, of three inverted bits."""
    return _whole(5 + (tag.raw ^ 7) / 2)


def lens_focal_length(tag: Tag) -> Value:
    """Millimetres: six bits of a number and two of an exponent of 4."""
    return _whole(10 * (tag.raw >> 2) * 4.0 ** ((tag.raw & 3) - 2))


def nominal_max_aperture(tag: Tag) -> Value:
    """An f-number from four bits."""
    return _whole(2 ** (tag.raw / 4))


def nominal_min_aperture(tag: Tag) -> Value:
    """An f-number from four bits."""
    return _whole(2 ** ((tag.raw + 10) / 4))


def max_aperture(tag: Tag) -> Value:
    """An f-number from seven bits."""
    return _whole(2 ** ((tag.raw - 1) / 32))


def sr_focal_length(tag: Tag) -> Value:
    """Millimetres, in halves, or in fours where the last bit is set."""
    return tag.raw * 4 if tag.raw & 1 else _whole(tag.raw / 2)


def date(tag: Tag) -> Value:
    """A date of a 16-bit year, month and day."""
    year = int.from_bytes(tag.raw[:2], "big")
    return f"{year:04d}:{tag.raw[2]:02d}:{tag.raw[3]:02d}"


def time(tag: Tag) -> Value:
    """Hours, minutes and seconds, a byte each."""
    return ":".join(f"{part:02d}" for part in tag.raw[:3])


_DIGITS_OF_DATE, _SHORTENED = 8, 5


def digits_date(tag: Tag) -> Value:
    """A date from a number such as 20070913; some Optios leave out the first three digits."""
    digits = str(tag.raw)
    if len(digits) == _SHORTENED:
        digits = f"200{digits}"
    if len(digits) != _DIGITS_OF_DATE:
        return f"Unknown ({tag.raw})"
    return f"{digits[:4]}:{digits[4:6]}:{digits[6:]}"


_BELOW_ZERO = 29


def guide_number(tag: Tag) -> Value:
    """A guide number from five bits."""
    if not tag.raw:
        return 0
    return _whole(2 ** ((-3 if tag.raw == _BELOW_ZERO else tag.raw) / 16 + 4))


def dotted_code(tag: Tag) -> Value:
    """A code of numbers: `2.1`."""
    text = ".".join(map(str, tag.raw))
    try:
        return float(text)
    except ValueError:
        return text


def firmware(tag: Tag) -> Value:
    """A version of four bytes, each inverted."""
    first, *others = (255 - byte for byte in tag.raw[:4])
    return " ".join((str(first), *(f"{other:02d}" for other in others)))


def color_temperature(tag: Tag) -> Value:
    """Kelvin, and the shifts toward blue and green."""
    raw = tag.raw
    return f"{53190 - int.from_bytes(raw[:2], 'big')} {_shift(raw[3] & 15)} {_shift(raw[3] >> 4)}"


def _shift(bits: int) -> int:
    return bits - 16 if bits & 8 else bits


def kelvin_balance(tag: Tag) -> Value:
    """Kelvin, a shift, and the levels of red and blue, of which 8192 is 1."""
    kelvin, shift, red, blue = tag.raw
    return f"{53190 - kelvin} {shift} {number_text(red / 8192)} {number_text(blue / 8192)}"


def matrix(tag: Tag) -> Value:
    """Signed 16-bit numbers in bytes."""
    raw = tag.raw
    if not isinstance(raw, bytes):
        return plain(tag)
    order = "little" if tag.order == "<" else "big"
    parts = (raw[at : at + 2] for at in range(0, len(raw) - 1, 2))
    return " ".join(
        str(int.from_bytes(part, order, signed=True))  # type: ignore[arg-type]
        for part in parts
    )


def lens_pair(tag: Tag) -> Value:
    """Series and number of a lens, in two bytes."""
    return f"{tag.raw[0]} {tag.raw[1]}"


def lens_long(tag: Tag) -> Value:
    """Series and number of a lens: four bits of the first byte, and the last two."""
    *_, high, low = tag.raw
    return f"{tag.raw[0] & 0x0F} {high << 8 | low}"


def points(bits: int, total: int) -> Formatter:
    """A formatter: the numbers of the points of which one of these bits is set, two bits each."""

    def say(value: Value) -> Value:
        codes = str(value).split()
        if not codes:
            return "(none)"
        found = [
            at * 4 + place + 1
            for at, byte in enumerate(codes)
            for place in range(4)
            if int(byte) >> (6 - 2 * place) & bits
        ]
        return ",".join([str(point) for point in found if point <= max(total, 1)])

    return say
