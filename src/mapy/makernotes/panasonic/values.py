"""How the numbers of Panasonic become values and words."""

from __future__ import annotations

import re
from struct import unpack
from typing import TYPE_CHECKING

from mapy.explain.numbers import plain
from mapy.tiff_types import Rational, text

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_SIGN = 0x8000
_PRINTABLE = 0x2F
_UNKNOWN = 0xFFFF
_PAIR = 4


def signed(tag: Tag) -> Value:
    """A number of 16 bits that has a sign, whatever type the camera declares."""
    return (tag.raw ^ _SIGN) - _SIGN if isinstance(tag.raw, int) and tag.raw >= 0 else plain(tag)


def thirds(tag: Tag) -> Value:
    """EV from thirds."""
    value = signed(tag)
    return value / 3 if isinstance(value, int) else value


def tenths(tag: Tag) -> Value:
    """A number that is stored in tenths."""
    value = signed(tag)
    return value / 10 if isinstance(value, int) else value


def tenths_reversed(tag: Tag) -> Value:
    """A number that is stored in tenths, the other way round."""
    value = signed(tag)
    return -value / 10 if isinstance(value, int) else value


def hundredths(tag: Tag) -> Value:
    """Seconds from hundredths."""
    return float(tag.raw / 100)


def version(tag: Tag) -> Value:
    """A version: a text, or its numbers."""
    raw = tag.raw
    if isinstance(raw, bytes) and any(byte < _PRINTABLE for byte in raw):
        return " ".join(map(str, raw))
    return plain(tag)


def listed(tag: Tag) -> Value:
    """Bytes as numbers."""
    return " ".join(map(str, tag.raw))


def pair_of_rational(tag: Tag) -> Value:
    """Two numbers that the camera declares as a fraction."""
    pairs = (tag.raw,) if isinstance(tag.raw, Rational) else tag.raw
    return " ".join(f"{numerator} {denominator}" for numerator, denominator in pairs)


def signed_pair(tag: Tag) -> Value:
    """Two numbers with a sign, in bytes."""
    raw = tag.raw
    if not isinstance(raw, bytes) or len(raw) != _PAIR:
        return plain(tag)
    return " ".join(map(str, unpack(f"{tag.order or '<'}2h", raw)))


def moment(tag: Tag) -> Value:
    """A date and time whose digits are the halves of the bytes."""
    if not isinstance(tag.raw, bytes):
        return plain(tag)
    digits = tag.raw.hex()
    year, month, day, hour, minute, second, fraction = (
        digits[:4], digits[4:6], digits[6:8], digits[8:10], digits[10:12], digits[12:14],
        digits[14:16],
    )  # fmt: skip
    return f"{year}:{month}:{day} {hour}:{minute}:{second}.{fraction}"


def is_known(_note: Note, tag: Tag) -> Tag | None:
    """Leave out what the camera does not know."""
    return None if tag.raw in (_UNKNOWN, 0xFFFFFFFF) else tag


def is_set(_note: Note, tag: Tag) -> Tag | None:
    """Leave out 0 and what the camera does not know."""
    return None if tag.raw in (0, _UNKNOWN) else tag


def signed_byte(tag: Tag) -> Value:
    """A byte that has a sign."""
    return (tag.raw ^ 0x80) - 0x80 if isinstance(tag.raw, int) else plain(tag)


def is_told(_note: Note, tag: Tag) -> Tag | None:
    """Leave out bytes that are all zero."""
    return tag if isinstance(tag.raw, bytes) and tag.raw.strip(b"\0") else None


def as_is(value: Value) -> Value:
    """A number: where a table has words for a few only."""
    return value


def step(value: Value) -> Value:
    """A setting: `Normal`, `+1`, `-2`."""
    if not isinstance(value, int):
        return value
    return f"{value:+d}" if value else "Normal"


def duration(value: Value) -> Value:
    """Days, hours, minutes and seconds."""
    if not isinstance(value, (int, float)):
        return value
    minutes, seconds = divmod(value, 60)
    hours, minutes = divmod(int(minutes), 60)
    days, hours = divmod(hours, 24)
    return f"{f'{days} days ' if days else ''}{hours:02d}:{minutes:02d}:{seconds:05.2f}"


_SERIAL = re.compile(r"([A-Z][0-9A-Z]{2})(\d{2})(\d{2})(\d{2})(\d{4})")
_CENTURY = 70


def serial_number(value: Value) -> Value:
    """A serial number that tells the factory and the day: `(F35) 2008:07:01 no. 0058`."""
    match = _SERIAL.match(str(value))
    if match is None:
        return value
    factory, year, month, day, number = match.groups()
    century = 19 if int(year) >= _CENTURY else 20
    return f"({factory}) {century}{year}:{month}:{day} no. {number}"


def no_date(value: Value) -> Value:
    """An age of a child, if it was set."""
    return "(not set)" if str(value).startswith("9999:99:99") else value


_NOWHERE = 16_777_216


def position(value: Value) -> Value:
    """A place in the picture, as parts of its size."""
    parts = [float(part) for part in str(value).split()]
    if all(part >= _NOWHERE for part in parts):
        return "none"
    return " ".join(f"{part:.2g}" for part in parts)


def pressure(value: Value) -> Value:
    """A pressure of water or air."""
    return f"{value} kPa"


def not_applicable(value: Value) -> Value:
    """A number, unless it says that there is none."""
    return "n/a" if value == _UNKNOWN else value


def without_nuls(tag: Tag) -> Value:
    """A text that may begin with a NUL, or have some inside."""
    return text(tag.raw.replace(b"\0", b"")) if isinstance(tag.raw, bytes) else plain(tag)


def half_bytes(tag: Tag) -> Value:
    """The two bytes of a number, the lower one first: `02 10`."""
    return f"{tag.raw & 0xFF:02x} {tag.raw >> 8:02x}"
