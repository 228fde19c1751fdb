"""What lies around a position: the nearest place and its time zone. All that explains asks of geo.

The zone is that of the nearest place, so near a border it may be the neighbour's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapy.text import Number, Text

if TYPE_CHECKING:
    from datetime import datetime, timedelta

_CENTRE_KM = 3.0
"""Nearer than this a town is "in"; its centre alone has a position."""


@lru_cache(maxsize=256)
def place_text(latitude: float, longitude: float) -> Text:
    """The position in decimal degrees, and the nearest place where there is one."""
    values: dict[str, object] = {"position": f"{latitude:.5f}, {longitude:.5f}"}
    around = surroundings(latitude, longitude)
    if around is None:
        return Text("{position}", values)
    return Text("{position}, {around}", {**values, "around": around})


def surroundings(latitude: float, longitude: float) -> Text | None:
    """The nearest place and the country in words; None where there is neither."""
    from mapy.geo import country_of, nearest_place  # noqa: PLC0415 - only who has a position pays

    near, country = nearest_place(latitude, longitude), country_of(latitude, longitude)
    if near is None:
        return Text(country.name) if country is not None else None
    values: dict[str, object] = {"town": near.name, "km": Number(round(near.distance_km), "d")}
    if country is None:
        return Text("at sea, {km} km from {town}", values)
    values["country"] = Text(country.name)
    if near.distance_km <= _CENTRE_KM:
        return Text("near the centre of {town}, {country}", values)
    if near.country_code != country.code:
        return Text("in {country}, {km} km from {town} across the border", values)
    return Text("{km} km from {town}, {country}", values)


def zone_name(latitude: float, longitude: float) -> str | None:
    """The name of the time zone of a position: `Europe/Rome`."""
    from mapy.geo import zone_of  # noqa: PLC0415 - only who has a position pays

    return zone_of(latitude, longitude)


def offset_there(name: str, local: datetime) -> timedelta | None:
    """What a zone's clocks were ahead of UTC at a local time; None where this is not known."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - few files need it

    try:
        return local.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return None
