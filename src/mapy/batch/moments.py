"""Moments in UTC, where a file names a zone or the time of the satellites."""

from __future__ import annotations

from datetime import UTC, datetime
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.model import Metadata

_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)")
_TIME = re.compile(r"(\d{1,2}):(\d\d):(\d\d)(?:\.\d+)?")


def utc_of(metadata: Metadata, taken_at: datetime | None) -> datetime | None:
    """When the picture was taken in UTC: by the zone of its time, else by the satellites, or None.

    Date and time of the GPS directory are UTC (Exif 3.0, section 4.6.6). They tell when the
    position was found, which may be minutes before the picture was taken.
    """
    if taken_at is not None and taken_at.tzinfo is not None:
        try:
            return taken_at.astimezone(UTC)
        except OverflowError:  # a clock that stands at the year 1, or 9999
            return None
    date, time = (metadata.get(f"GPS:GPS{name}Stamp") for name in ("Date", "Time"))
    if date is None or time is None:
        return None
    day, clock = _DATE.match(str(date.machine)), _TIME.match(str(time.machine))
    if day is None or clock is None:
        return None
    hour, minute, second = clock.groups()
    try:
        return datetime.fromisoformat(
            f"{'-'.join(day.groups())}T{hour:0>2}:{minute}:{second}+00:00"
        )
    except ValueError:  # 0000:00:00 of a receiver without satellites
        return None
