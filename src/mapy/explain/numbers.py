"""From a tag's raw value to its machine value, where the TIFF type alone does not tell how.

Each function takes a tag and returns what programs want: seconds, f-numbers, degrees, texts.
None fails: a raw value of an unexpected type gives what its type gives.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from mapy.tiff_types import MACHINE, TEN_DIGITS, Rational, byte_list, decimal, spaced, text

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value


def plain(tag: Tag) -> Value:
    """What the TIFF type gives."""
    return MACHINE[tag.type](tag.raw)


def binary(tag: Tag) -> Value:
    """What stands for bytes that are no text; a list counts as long as it is as a text."""
    if isinstance(tag.raw, tuple) and not isinstance(tag.raw, Rational):
        length = len(str(plain(tag)))
        return f"(Binary data {length} bytes, use -b option to extract)"
    return f"(Binary data {tag.length} bytes, use -b option to extract)"


_LONG_LIST: Final = 32


def long_list(tag: Tag) -> Value:
    """Numbers, or their length as a text where they are many."""
    value = plain(tag)
    if isinstance(value, str) and len(value) > _LONG_LIST:
        return f"(Binary data {len(value)} bytes, use -b option to extract)"
    return value


def listed_bytes(tag: Tag) -> Value:
    """Each byte as a number."""
    return byte_list(tag.raw) if isinstance(tag.raw, bytes) else plain(tag)


def code_byte(tag: Tag) -> Value:
    """A code that is stored as one byte of no type."""
    raw = tag.raw
    if isinstance(raw, bytes):
        return raw[0] if len(raw) == 1 else byte_list(raw)
    return plain(tag)


def trimmed_text(tag: Tag) -> Value:
    """A text without the blanks that fill its field."""
    value = plain(tag)
    return value.rstrip() if isinstance(value, str) else value


def byte_text(tag: Tag) -> Value:
    """A text in bytes, as DNG has many."""
    return text(tag.raw) if isinstance(tag.raw, bytes) else plain(tag)


def hex_digits(tag: Tag) -> Value:
    """Bytes as hexadecimal digits: a digest."""
    return tag.raw.hex() if isinstance(tag.raw, bytes) else plain(tag)


def hex_capitals(tag: Tag) -> Value:
    """Bytes as hexadecimal digits, in capitals."""
    value = hex_digits(tag)
    return value.upper() if isinstance(value, str) else value


_ISO_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T")


def iso_date(tag: Tag) -> Value:
    """A date of ISO 8601 as EXIF writes it."""
    value = plain(tag)
    return _ISO_DATE.sub(r"\1:\2:\3 ", value, count=1) if isinstance(value, str) else value


_CR2_PATTERNS: Final = {1: "0 1 1 2", 2: "2 1 1 0", 3: "1 2 0 1", 4: "1 0 2 1"}


def cr2_cfa_pattern(tag: Tag) -> Value:
    """The colours of a filter array by Canon's number for them: 0 red, 1 green, 2 blue."""
    return _CR2_PATTERNS.get(tag.raw, plain(tag)) if isinstance(tag.raw, int) else plain(tag)


def copyright_text(tag: Tag) -> Value:
    """Photographer's and editor's copyright (TIFF 6.0: two texts, parted by a NUL), a line each."""
    raw = tag.raw
    if not isinstance(raw, bytes):
        return plain(tag)
    photographer, _, editor = raw.partition(b"\0")
    first, second = text(photographer).rstrip(), text(editor).rstrip()
    return f"{first}\n{second}" if second else first


_MARK: Final = 8
"""Bytes of the mark that tells the character set (Exif 3.0, section 4.6.6, UserComment)."""


def marked_text(tag: Tag) -> Value:
    """A text behind the mark of its character set."""
    raw = tag.raw
    if not isinstance(raw, bytes):
        return plain(tag)
    if len(raw) < _MARK:
        return text(raw).rstrip()
    mark, body = raw[:_MARK], raw[_MARK:]
    kind = mark.rstrip(b"\0 ")  # blanks stand for NULs often enough
    if kind == b"UNICODE":
        return _utf16(body, tag.order).rstrip()
    if kind == b"JIS":
        return body.decode("iso2022_jp", "replace").partition("\0")[0].rstrip()
    if not kind or kind == b"ASCII" or mark.removeprefix(b"ASCII").startswith(b"\0"):
        return text(body).rstrip()
    return text(raw.replace(b"\0", b"")).rstrip()


_DIGITS_OF_DATE: Final = re.compile(r"(\d{4})\D*(\d{2})\D*(\d{2})$")


def date_of_digits(tag: Tag) -> Value:
    """A date, whatever stands between year, month and day: a NUL, a hyphen, nothing."""
    raw = tag.raw
    value = raw.rstrip(b"\0").decode("latin-1") if isinstance(raw, bytes) else str(plain(tag))
    return _DIGITS_OF_DATE.sub(r"\1:\2:\3", value).rstrip()


def _utf16(raw: bytes, order: str) -> str:
    """UTF-16 in the byte order of its mark, else the one in which it looks like text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    else:
        # Some writers use the other order than the directory's: ASCII then has its zeros elsewhere.
        in_little = raw[1::2].count(0) > raw[0::2].count(0)
        in_big = raw[0::2].count(0) > raw[1::2].count(0)
        little = in_little or (order == "<" and not in_big)
        codec = "utf-16-le" if little else "utf-16-be"
    return raw[: len(raw) & ~1].decode(codec, "replace").partition("\0")[0]


def utf16_text(tag: Tag) -> Value:
    """The texts of Windows Explorer: little-endian UTF-16 in bytes."""
    raw = tag.raw
    if not isinstance(raw, bytes):
        return plain(tag)
    return raw[: len(raw) & ~1].decode("utf-16-le", "replace").partition("\0")[0]


def _floats(tag: Tag, undefined: float | None = None) -> list[float] | None:
    """The values as floats, `undefined` for x/0; None where one of them is no number."""
    raw = tag.raw
    values = raw if isinstance(raw, tuple) and not isinstance(raw, Rational) else (raw,)
    found: list[float] = []
    for value in values:
        if isinstance(value, Rational):
            if value.denominator:
                found.append(value.numerator / value.denominator)
            elif undefined is None:
                return None
            else:
                found.append(undefined)
        elif isinstance(value, (int, float)):
            found.append(float(value))
        else:
            return None
    return found


_BIG: Final = 100.0
"""No exposure lies outside +-100 of the APEX scale; a greater power could overflow."""


def aperture_of_apex(tag: Tag) -> Value:
    """An f-number from its APEX value."""
    values = _floats(tag)
    if not values or len(values) != 1 or not -_BIG < values[0] < _BIG:
        return plain(tag)
    return 2 ** (_ten_digits(values[0]) / 2)


def seconds_of_apex(tag: Tag) -> Value:
    """Seconds from an APEX value of time."""
    values = _floats(tag)
    if not values or len(values) != 1:
        return plain(tag)
    return 2 ** -_ten_digits(values[0]) if -_BIG < values[0] < _BIG else 0


def _ten_digits(value: float) -> float:
    return float(TEN_DIGITS % value)


_NUMBER: Final = re.compile(r"[-+]?\d{1,10}(?:\.\d{0,20})?")


def degrees(tag: Tag) -> Value:
    """Decimal degrees from degrees, minutes and seconds."""
    raw = tag.raw
    parts = raw if isinstance(raw, tuple) and not isinstance(raw, Rational) else (raw,)
    if isinstance(raw, bytes):  # some programs write text
        parts = tuple(float(number) for number in _NUMBER.findall(text(raw))[:3])
    total, unit = 0.0, 1
    for part in parts[:3]:
        value = decimal(*part) if isinstance(part, Rational) else part
        if not isinstance(value, (int, float)) or not math.isfinite(value):
            return ""  # not known: a camera without a fix writes 0/0
        total += value / unit
        unit *= 60
    return total if parts else ""


def time_of_day(tag: Tag) -> Value:
    """`HH:MM:SS`, with the decimals of the second."""
    values = _floats(tag, undefined=0.0)
    if not values or not all(0 <= value < 1e6 for value in values):  # noqa: PLR2004 - bounds the text
        return plain(tag)
    hours, minutes, seconds = [*values, 0.0, 0.0][:3]
    total = hours * 3600 + minutes * 60 + seconds
    whole = int(total)
    fraction = f"{total - whole:.9f}".rstrip("0").rstrip(".")
    if fraction.startswith("1"):
        whole, fraction = whole + 1, "0"
    clock = f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return clock + fraction[1:]


def cfa_pattern(tag: Tag) -> Value:
    """Columns, rows and the colours of a colour filter array (Exif 3.0, section 4.6.6)."""
    raw = tag.raw
    if not isinstance(raw, bytes) or len(raw) < 4:  # noqa: PLR2004 - two 16-bit numbers
        return plain(tag)
    for order in ("little", "big") if tag.order == "<" else ("big", "little"):
        columns = int.from_bytes(raw[0:2], order)
        rows = int.from_bytes(raw[2:4], order)
        if columns * rows == len(raw) - 4:
            return spaced((columns, rows, *raw[4:]))
    return byte_list(raw)
