"""When a picture was taken, as its tags claim: date and time, with a zone where one is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.model import Metadata

MOMENTS = (
    ("ExifIFD:DateTimeOriginal", "ExifIFD:SubSecTimeOriginal", "ExifIFD:OffsetTimeOriginal"),
    ("ExifIFD:CreateDate", "ExifIFD:SubSecTimeDigitized", "ExifIFD:OffsetTimeDigitized"),
    ("XMP-exif:DateTimeOriginal", "", ""),
    ("XMP-photoshop:DateCreated", "", ""),
    ("XMP-xmp:CreateDate", "", ""),
    ("IFD0:ModifyDate", "ExifIFD:SubSecTime", "ExifIFD:OffsetTime"),
)
"""Date and time, fraction of the second, zone (Exif 3.0, section 4.6.5); the first counts."""

_MOMENT = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.(\d+))? ?(Z|[-+]\d\d:\d\d)?"
)
_ZONE = re.compile(r"([-+])(\d\d):(\d\d)")


def taken_at_of(metadata: Metadata) -> datetime | None:
    """The moment that the tags claim; without a zone where they name none; None without one."""
    for moment, fraction, zone in MOMENTS:
        found = parsed(_text(metadata, moment), _text(metadata, fraction), _text(metadata, zone))
        if found is not None:
            return found
    return None


def parsed(moment: str, decimals: str = "", zone: str = "") -> datetime | None:
    """The moment of a text as EXIF or XMP write it; None for another, or a clock never set.

    Args:
        moment: `2024:05:01 10:11:12`, with decimals of the second and a zone, or without.
        decimals: those of the second, where the text has none.
        zone: `+02:00` or `Z`, where the text has none.
    """
    found = _MOMENT.match(moment)
    if found is None:
        return None
    year, month, day, hour, minute, second, own_decimals, own_zone = found.groups()
    decimals = own_decimals or decimals
    micro = int(f"{decimals:0<6.6}") if decimals.isdecimal() and decimals.isascii() else 0
    try:
        return datetime(
            *(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro),
            tzinfo=_zone_of(own_zone or zone),
        )
    except ValueError:  # 0000:00:00
        return None


def _text(metadata: Metadata, key: str) -> str:
    tag = metadata.get(key)
    return "" if tag is None else str(tag.machine).strip()


def _zone_of(text: str) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    found = _ZONE.fullmatch(text)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)
