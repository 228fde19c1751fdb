"""Dates as other standards write them, brought to the form of EXIF: `YYYY:MM:DD HH:MM:SS`."""

from __future__ import annotations

from datetime import UTC
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MAIL_DATE = re.compile(
    r"(?:\w{3,9},? )?(\d{1,2}) (\w{3})\w{0,6} (\d{4})\s*(\d{1,2}):(\d\d)(?::(\d\d))?\s*(\S{0,8})"
)


def mail_date(tag: Tag) -> Value:
    """A date of RFC 1123, which PNG recommends; another text stays as it is."""
    match = _MAIL_DATE.fullmatch(str(tag.raw).strip())
    if not match or match[2].lower() not in _MONTHS:
        return str(tag.raw)
    day, month, year, hour, minute, second, zone = match.groups(default="")
    number = _MONTHS.index(month.lower()) + 1
    moment = f"{year}:{number:02d}:{int(day):02d} {int(hour):02d}:{minute}:{second or '00'}"
    if re.fullmatch(r"[+-]\d{4}", zone):
        return f"{moment}{zone[:3]}:{zone[3:]}"
    return f"{moment}Z" if zone in ("Z", "UT", "GMT", "UTC") else moment


_LONGEST_MOMENT = 14
"""Digits of milliseconds since 1970, up to the year 5138."""


def moment_of_milliseconds(text: str) -> str:
    """Milliseconds since 1970 as a date and time of UTC; another text as it is."""
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_MOMENT:
        return text
    from datetime import datetime  # noqa: PLC0415 - few files have such a moment

    seconds, milliseconds = divmod(int(text), 1000)
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y:%m:%d %H:%M:%S}.{milliseconds:03d}+00:00"
