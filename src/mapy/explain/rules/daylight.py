"""The rule about daylight: how high the sun stood, and how bright the picture says it was."""

from __future__ import annotations

from datetime import UTC, datetime
import math
from typing import TYPE_CHECKING

from mapy.explain import sun
from mapy.explain.clock import EAST, WEST, Role, first_of, moment_text
from mapy.explain.finding import Subject, Weight
from mapy.explain.positions import LATITUDES, place_of
from mapy.explain.rule import Rule, Sight
from mapy.explain.surroundings import offset_there, zone_name
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.clock import Claim
    from mapy.explain.facts import Facts


def moment_in_utc(facts: Facts) -> tuple[datetime, Claim] | None:
    """When the picture was taken in UTC: by its own offset, the satellites, or the place's zone."""
    claim = first_of(facts, Role.TAKEN, Role.DIGITISED)
    if claim is None:
        return None
    if claim.offset is not None:
        return claim.at.astimezone(UTC), claim
    gps = first_of(facts, Role.SATELLITE)
    if gps is not None and WEST <= claim.local - gps.at.replace(tzinfo=None) <= EAST:
        return gps.at.astimezone(UTC), gps
    place = place_of(facts)
    name = zone_name(place.latitude, place.longitude) if place is not None else None
    there = offset_there(name, claim.local) if name else None
    return None if there is None else ((claim.local - there).replace(tzinfo=UTC), claim)


_DAYLIGHT_EV, _DARKNESS_EV = 12.0, 1.0
"""Exposure values at ISO 100 (ISO 2720): hazy sun has 14, a lit stadium 9, a candle 4, the full
moon -3."""
_DAY_DEG, _NIGHT_DEG = 15.0, -8.0
"""High enough that a picture in the open is bright; the end of dusk that eyes see by."""


def exposure_value(facts: Facts) -> float | None:
    """How bright it was, as an exposure value at ISO 100; None where the file does not tell."""
    aperture = facts.number("ExifIFD:FNumber", "XMP-exif:FNumber")
    seconds = facts.number("ExifIFD:ExposureTime", "XMP-exif:ExposureTime")
    sensitivity = facts.number("ExifIFD:ISO", "XMP-exif:ISO")
    if not aperture or not seconds or not sensitivity:
        return None
    if not (0.5 < aperture < 100 and 1e-6 < seconds < 1e4 and 1 < sensitivity < 1e7):  # noqa: PLR2004 - what cameras can
        return None
    return math.log2(aperture * aperture / seconds) - math.log2(sensitivity / 100)


def _flash_fired(facts: Facts) -> bool:
    flash = facts.number("ExifIFD:Flash")
    return flash is not None and bool(int(flash) & 1)


def _sun(facts: Facts) -> Iterator[Sight]:
    place = place_of(facts)
    moment = moment_in_utc(facts) if place is not None else None
    brightness = exposure_value(facts) if moment is not None else None
    if place is None or moment is None or brightness is None:
        return
    utc, claim = moment
    degrees = sun.height(utc, place.latitude, place.longitude)
    tags = [
        *place.evidence,
        *claim.evidence,
        *(
            tag
            for key in ("ExifIFD:FNumber", "ExifIFD:ExposureTime", "ExifIFD:ISO", "ExifIFD:Flash")
            if (tag := facts.metadata.get(key)) is not None
        ),
    ]
    values = {
        "degrees": f"{abs(degrees):.0f}",
        "utc": moment_text(utc),
        "brightness": f"{brightness:.0f}",
    }
    if degrees > _DAY_DEG and brightness < _DARKNESS_EV:
        yield Sight(
            Weight.LOOK,
            Text(
                "At that place and time ({utc} in UTC) the sun stood {degrees}° high, but the"
                " exposure is that of the dark (exposure value {brightness}; daylight has 12 and"
                " more). It was taken in a dark room or through a dark filter, or time or place"
                " are not right.",
                values,
            ),
            tags,
        )
    elif degrees < _NIGHT_DEG and brightness > _DAYLIGHT_EV and not _flash_fired(facts):
        yield Sight(
            Weight.LOOK,
            Text(
                "At that place and time ({utc} in UTC) the sun stood {degrees}° below the horizon,"
                " but the exposure is that of daylight (exposure value {brightness}; a lit stadium"
                " has 9), without flash. Time or place may not be right.",
                values,
            ),
            tags,
        )


RULES = (
    Rule(
        "time.sun",
        Subject.TIME,
        (Weight.LOOK,),
        "The sun's height at that place and time against how bright it was.",
        Text("Time, place or brightness is not right, or the file was changed. Check it."),
        _sun,
        names=(LATITUDES,),
    ),
)
