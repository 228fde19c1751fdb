"""How Sony's numbers become values.

A converter takes a tag; whatever it cannot convert it may refuse with an arithmetical error, and
the plain number is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary, plain

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Value


def linear(factor: float, zero: float = 0) -> Converter:
    """A converter: the raw number less `zero`, times `factor`."""

    def convert(tag: Tag) -> Value:
        return _whole((tag.raw - zero) * factor)

    return convert


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _byte_signed(value: int) -> int:
    """A number of one byte in a wider field, whose sign is the byte's."""
    return value - 0x100 if value > 0x80 else value  # noqa: PLR2004


def signed_byte(tag: Tag) -> Value:
    """A signed byte in an unsigned 16-bit field."""
    return _byte_signed(tag.raw)


def signed(tag: Tag) -> Value:
    """A signed 32-bit number in an unsigned field."""
    raw: int = tag.raw
    return raw - (1 << 32) if raw >> 31 else raw


def steps(tag: Tag) -> Value:
    """EV from 24 steps each, 128 meaning zero."""
    return _whole((tag.raw - 128) / 24)


def steps_8(tag: Tag) -> Value:
    """EV from 8 steps each."""
    return _whole(tag.raw / 8)


def seconds_8(tag: Tag) -> Value:
    """Seconds from 8 steps an EV, 48 meaning one second; 0: bulb or not known."""
    return float(2 ** (6 - tag.raw / 8)) if tag.raw else 0


def aperture_8(tag: Tag) -> Value:
    """An f-number from 8 steps an EV, 8 meaning f/1."""
    return float(2 ** ((tag.raw / 8 - 1) / 2))


def lens_aperture_8(tag: Tag) -> Value:
    """An f-number of a lens, whose scale lies 0.06 EV lower."""
    return float(2 ** ((tag.raw / 8 - 1.06) / 2))


def iso_8(tag: Tag) -> Value:
    """ISO from 8 steps an EV, 48 meaning ISO 100; 0: chosen by the camera."""
    return float(2 ** (tag.raw / 8 - 6) * 100) if tag.raw else 0


_NOT_SET = 254


def iso_8_set(tag: Tag) -> Value:
    """The same, with 254 for no setting."""
    return tag.raw if tag.raw == _NOT_SET else iso_8(tag)


def iso_256(tag: Tag) -> Value:
    """ISO from 256 steps an EV."""
    return float(100 * 2 ** (16 - tag.raw / 256))


def seconds_256(tag: Tag) -> Value:
    """Seconds from 256 steps an EV; 0: not known."""
    return float(2 ** (16 - tag.raw / 256)) if tag.raw else 0


def aperture_256(tag: Tag) -> Value:
    """An f-number from 256 steps an EV."""
    return float(2 ** ((tag.raw / 256 - 16) / 2))


def stops_256(tag: Tag) -> Value:
    """EV above the lowest ISO."""
    return _whole(16 - tag.raw / 256)


def compensation_256(tag: Tag) -> Value:
    """EV from 256 steps each, counted downwards."""
    return _whole(-tag.raw / 256) or 0


def brightness_256(tag: Tag) -> Value:
    """The APEX brightness value from 256 steps an EV."""
    return float(tag.raw / 256 - 56.6)


def date_time(tag: Tag) -> Value:
    """`YYYY:MM:DD HH:MM:SS` from a 16-bit year and five bytes."""
    low, high, *rest = tag.raw
    return "{:04d}:{:02d}:{:02d} {:02d}:{:02d}:{:02d}".format(low + 256 * high, *rest)


def date_time_short(tag: Tag) -> Value:
    """The same from a year of this century and five bytes."""
    return "20{:02d}:{:02d}:{:02d} {:02d}:{:02d}:{:02d}".format(*tag.raw)


def minute_second(tag: Tag) -> Value:
    """`MM:SS` from two bytes."""
    return "{:02d}:{:02d}".format(*tag.raw)


def lens_spec(tag: Tag) -> Value:
    """Features, focal lengths, apertures and more features of a lens: decimal digits in bytes."""
    if not isinstance(tag.raw, bytes):
        return plain(tag)
    digits = tag.raw.hex()
    apertures = (_LETTER.sub(_as_decimal, part, count=1) for part in (digits[10:12], digits[12:14]))
    parts = (digits[2:6], digits[6:10], *apertures)
    short, long, wide, tele = (_decimal(part) for part in parts)
    return f"{digits[:2]} {short} {long} {_tenth(wide)} {_tenth(tele)} {digits[14:]}"


_LETTER = re.compile("[a-f]")


def _as_decimal(letter: re.Match[str]) -> str:
    """A hexadecimal digit as a number: `b0` is 110, f/11."""
    return str(int(letter[0], 16))


def _decimal(digits: str) -> int:
    """The number that the leading decimal digits are."""
    for at, digit in enumerate(digits):
        if not digit.isdecimal():
            digits = digits[:at]
            break
    return int(digits or "0")


def _tenth(value: int) -> str:
    return f"{value / 10:.15g}"


def lens_features(tag: Tag) -> Value:
    """Two bytes of features of a lens, as hexadecimal digits."""
    return f"{tag.raw[0]:02x} {tag.raw[1]:02x}"


_MAX_SERIAL = 64
_FOUR_PAIRS = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)


def reversed_pairs(tag: Tag) -> Value:
    """A serial number, whose four pairs of digits are written from the last to the first."""
    text = plain(tag)
    if not isinstance(text, str) or len(text) > _MAX_SERIAL:
        return text
    return _FOUR_PAIRS.sub(r"\4\3\2\1", text, count=1).removeprefix("0")


def high_low(tag: Tag) -> Value:
    """Width and height from height and width."""
    return " ".join(map(str, reversed(tag.raw)))


def halves(tag: Tag) -> Value:
    """Two 16-bit numbers from one of 32 bits."""
    return f"{tag.raw & 0xFFFF} {tag.raw >> 16}"


def keep(name: str) -> Hook:
    """A hook that remembers a tag's number for others."""

    def hook(note: Note, tag: Tag) -> Tag:
        note.seen[name] = tag.raw
        return tag

    return hook


def note_only(name: str) -> Hook:
    """A hook that remembers a tag's number for others, and leaves it out."""

    def hook(note: Note, tag: Tag) -> None:
        note.seen[name] = tag.raw

    return hook


def only_if(name: str, *numbers: int) -> Hook:
    """A hook that leaves a tag out unless what was remembered is one of these numbers."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if note.seen.get(name) in numbers else None

    return hook


def unless(*numbers: int | bytes) -> Hook:
    """A hook that leaves a tag out where its number means that it says nothing."""

    def hook(_note: Note, tag: Tag) -> Tag | None:
        return None if tag.raw in numbers else tag

    return hook


def masked(mask: int) -> Hook:
    """A hook that keeps some bits of a number."""

    def hook(_note: Note, tag: Tag) -> Tag:
        return tag._replace(raw=tag.raw & mask) if isinstance(tag.raw, int) else tag

    return hook


def unchanged(tag: Tag) -> Value:
    """The number as it stands."""
    return plain(tag)


def fahrenheit(tag: Tag) -> Value:
    """Degrees Celsius from degrees Fahrenheit."""
    return float((tag.raw - 32) / 1.8)


def focal_8(tag: Tag) -> Value:
    """A focal length in mm, from 8 steps for every doubling."""
    return float(10 * 2 ** ((tag.raw - 28) / 16))


_METER_BYTES = 9600
_TIFF_HEADER_BYTES = 204


def metering_image(tag: Tag) -> Value:
    """The picture of the exposure meter, which is for programs only: a TIFF is made of it."""
    pixels = tag.length * 3 // 4 if tag.length == _METER_BYTES else tag.length
    return binary(tag._replace(length=pixels + _TIFF_HEADER_BYTES))


def pixel_shift(tag: Tag) -> Value:
    """The group, the number of the shot, how many there are, and the mode of a pixel shift.

    The group is a time: day, hour, minute and second.
    """
    raw = tag.raw
    code = int.from_bytes(raw[:4], "little")
    day, hour, minute, second = code >> 17 & 31, code >> 12 & 31, code >> 6 & 63, code & 63
    return f"{day:02d}{hour:02d}{minute:02d}{second:02d} {raw[4]} {raw[5]} 0x{code >> 22:x}"


def seven_digits(tag: Tag) -> Value:
    """A rational of two 16-bit numbers, as exact as these are."""
    return float(f"{tag.raw.numerator / tag.raw.denominator:.7g}")


def face(tag: Tag) -> Value:
    """A face's place and size in pixels, across first, from units of 15 pixels, down first."""
    top, left, height, width = tag.raw
    return " ".join(str(15 * each) for each in (left, top, width, height))


def lens_spec_swapped(tag: Tag) -> Value:
    """The same as `lens_spec`, from bytes that are swapped in pairs."""
    raw = tag.raw
    return lens_spec(tag._replace(raw=bytes(raw[at ^ 1] for at in range(len(raw)))))


def drop(_note: Note, _tag: Tag) -> None:
    """A hook that leaves a tag out."""
