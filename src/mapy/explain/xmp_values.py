"""From the texts of XMP to machine and readable values: rationals, dates, positions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapy.explain import words
from mapy.tiff_types import decimal, number_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Value

GUESS: Final = "?"
"""The kind of a property that no table has: converted where it looks like a rational or a date."""

_RATIONAL: Final = re.compile(r"(-?\d{1,18})/(-?\d{1,18})")
_DATE_TIME: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d)(:\d\d)?\s*(\S*)")
_DATE: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


def _each(convert: Callable[[str], Value]) -> Converter:
    """A converter of texts and of lists of them."""

    def of_tag(tag: Tag) -> Value:
        raw = tag.raw
        if isinstance(raw, list):
            return [convert(each) for each in raw]
        return convert(raw)

    return of_tag


def rational(text: str) -> Value:
    """A rational as a decimal."""
    match = _RATIONAL.fullmatch(text)
    return decimal(int(match[1]), int(match[2])) if match else text


def date(text: str) -> Value:
    """A date of ISO 8601 as `YYYY:MM:DD HH:MM:SS`, with what the packet has behind it."""
    match = _DATE_TIME.fullmatch(text)
    if match:
        year, month, day, minutes, seconds, rest = match.groups(default="")
        return f"{year}:{month}:{day} {minutes}{seconds}{rest}"
    return text.replace("-", ":") if _DATE.fullmatch(text) else text


def guess(text: str) -> Value:
    """A rational or a date and time, if it looks like one."""
    if not text or not text[-1:].isalnum() or len(text) > 64:  # noqa: PLR2004 - longer ones are neither
        return text
    if "/" in text:
        return rational(text)
    return date(text) if text[4:5] == "-" and _DATE_TIME.fullmatch(text) else text


_DECIMAL: Final = re.compile(r"[-+]?(?=\d|\.\d)\d{0,20}(?:\.\d{0,20})?", re.ASCII)
_INVALID: Final = re.compile(r"\b(?:inf|undef)\b")
_NEGATIVE: Final = re.compile(r"[^A-Z](?:S(?:outh)?|W(?:est)?)\s*$", re.IGNORECASE)
_LONGEST_PLACE: Final = 200


def coordinate(text: str) -> Value:
    """Decimal degrees, south and west negative, from `51,30.5N`."""
    if _INVALID.search(text):
        return ""
    numbers = [float(part) for part in _DECIMAL.findall(text[:_LONGEST_PLACE])[:3]]
    if not numbers:
        return ""
    degrees, minutes, seconds = [*numbers, 0.0, 0.0][:3]
    place = degrees + (minutes + seconds / 60) / 60
    return -place if _NEGATIVE.search(text) else place


_LEADING: Final = re.compile(r"\s*([-+]?\d{1,10}(?:\.\d{1,20})?)(?:\D|$)")


def _apex(text: str) -> Value:
    """A value of the APEX scale; some programs write words behind it."""
    value = rational(text)
    match = _LEADING.match(text) if value == text else None
    return float(match[1]) if match else value


def _aperture(text: str) -> Value:
    value = _apex(text)
    return 2 ** (value / 2) if isinstance(value, (int, float)) and abs(value) < 100 else value  # noqa: PLR2004


def _shutter(text: str) -> Value:
    value = _apex(text)
    return 2**-value if isinstance(value, (int, float)) and abs(value) < 100 else value  # noqa: PLR2004


def _say_latitude(value: Value) -> Value:
    return _directed(value, "N", "S")


def _say_longitude(value: Value) -> Value:
    return _directed(value, "E", "W")


def _directed(value: Value, positive: str, negative: str) -> Value:
    if isinstance(value, (int, float)):
        return f"{words.degrees(value)} {positive if value >= 0 else negative}"
    return value


def _listed(say: Formatter) -> Formatter:
    """A formatter for one value or a list of them, for numbers that stand in texts too."""

    def of_value(value: Value) -> Value:
        if isinstance(value, list):
            return [of_value(each) for each in value]
        return say(_number(value))

    return of_value


def _number(value: Value) -> Value:
    if isinstance(value, str):
        try:
            return int(value) if value.isdigit() and len(value) <= 15 else float(value)  # noqa: PLR2004
        except ValueError:
            return value
    return value


date_of_tag: Converter = _each(date)
_BY_KIND: Final[dict[str, Converter]] = {
    "rational": _each(rational),
    "date": date_of_tag,
    GUESS: _each(guess),
}
_BY_NAME: Final[dict[str, Converter]] = {
    "ApertureValue": _each(_aperture),
    "MaxApertureValue": _each(_aperture),
    "ShutterSpeedValue": _each(_shutter),
    **dict.fromkeys(
        ("GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude"), _each(coordinate)
    ),
}
_SAY: Final[dict[str, Formatter]] = {
    "ApertureValue": _listed(words.one_decimal),
    "ExposureCompensation": _listed(words.fraction),
    "ExposureTime": _listed(words.exposure_time),
    "FNumber": _listed(words.f_number),
    "FocalLength": _listed(words.millimetres_1),
    "FocalLengthIn35mmFormat": _listed(words.millimetres),
    "GPSAltitude": _listed(words.metres),
    "GPSDestLatitude": _say_latitude,
    "GPSDestLongitude": _say_longitude,
    "GPSHPositioningError": _listed(words.metres),
    "GPSLatitude": _say_latitude,
    "GPSLongitude": _say_longitude,
    "MaxApertureValue": _listed(words.one_decimal),
    "ShutterSpeedValue": _listed(words.exposure_time),
    "SubjectDistance": _listed(words.metres),
}
_AS_IN_EXIF: Final = frozenset({"exif", "exifEX", "tiff"})


def _vocabulary(text: str) -> Value:
    """A term of the PLUS vocabulary without the address that all of them have in front."""
    return text.removeprefix("http://ns.useplus.org/ldf/vocab/")


def _rationals(text: str) -> Value:
    """Several rationals in one text."""
    return " ".join(number_text(rational(part)) for part in text[:200].split())


def _base64(text: str) -> Value:
    """What stands for a file inside the packet."""
    digits = len(text) - sum([_count(text, each) for each in " \t\r\n="])
    return f"(Binary data {digits * 3 // 4} bytes, use -b option to extract)"


def _count(text: str, mark: str) -> int:
    """How often a mark is in a text; to look for the first is quicker than to count."""
    first = text.find(mark)
    return text.count(mark, first) if first >= 0 else 0


_EMBEDDED_FILES: Final = frozenset({"ImageData", "DepthImage", "AudioData", "ThumbnailImage"})
_LENS: Final = frozenset({"LensInfo", "LensSpecification"})


_PHOTO_MECHANIC: Final = frozenset({"Prefs", "TimeCreated"})
"""Properties that are copies of datasets of IPTC."""


def _as_in_iptc(name: str) -> tuple[Converter | None, Formatter | None]:
    from mapy.tags import iptc  # noqa: PLC0415 - few packets need the tables of IPTC

    return (_each(iptc.time), None) if name == "TimeCreated" else (None, iptc.preferences)


def treatment(prefix: str, name: str, kind: str) -> tuple[Converter | None, Formatter | None]:
    """How a property is converted and worded: those of EXIF as in EXIF, others by their kind."""
    if prefix == "plus" and kind != GUESS:
        return _BY_KIND.get(kind) or _each(_vocabulary), None
    if name in _EMBEDDED_FILES:
        return _each(_base64), None
    if prefix == "photomech" and name in _PHOTO_MECHANIC:
        return _as_in_iptc(name)
    if name in _LENS and prefix in ("aux", "exifEX"):
        return _each(_rationals), words.lens
    if prefix in _AS_IN_EXIF:
        return _BY_NAME.get(name) or _BY_KIND.get(kind), _SAY.get(name)
    return _BY_KIND.get(kind), None
