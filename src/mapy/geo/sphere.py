"""Arithmetic on the globe, taken as a sphere: distances, bearings, and words for bearings.

The sphere has the mean radius of the Earth (IUGG), so that a distance is wrong by at most 0.6 %.
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

RADIUS_KM = 6371.0088
KM_PER_DEGREE = radians(1) * RADIUS_KM
"""The length of a degree of latitude."""

COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)
_MAX_LATITUDE, _MAX_LONGITUDE = 90.0, 180.0


def checked(latitude: float, longitude: float) -> tuple[float, float]:
    """The two as they are, with 180 degrees west for 180 degrees east.

    Raises:
        ValueError: one of them is no number, or lies beyond the poles or the date line.
    """
    if not abs(latitude) <= _MAX_LATITUDE:  # what is not a number is not below either
        raise ValueError("A latitude is a number from -90 to 90.")
    if not abs(longitude) <= _MAX_LONGITUDE:
        raise ValueError("A longitude is a number from -180 to 180.")
    return latitude, -_MAX_LONGITUDE if longitude == _MAX_LONGITUDE else longitude


def wrapped(longitude: float) -> float:
    """A longitude brought into -180 (included) to 180 (not included)."""
    return (longitude + 180) % 360 - 180


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres on the great circle between two pairs of latitude and longitude, in degrees."""
    a, b = radians(here[0]), radians(there[0])
    half_up, half_across = (b - a) / 2, radians(there[1] - here[1]) / 2
    chord = sin(half_up) ** 2 + cos(a) * cos(b) * sin(half_across) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(chord)))


def bearing(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The direction in which one sets out from here to there: degrees from north, clockwise."""
    a, b, across = radians(here[0]), radians(there[0]), radians(there[1] - here[1])
    east = sin(across) * cos(b)
    north = cos(a) * sin(b) - sin(a) * cos(b) * cos(across)
    return degrees(atan2(east, north)) % 360


def destination(
    here: tuple[float, float], direction: float, distance: float
) -> tuple[float, float]:
    """Where one is after so many kilometres along a great circle, setting out in `direction`."""
    latitude, angle, course = radians(here[0]), distance / RADIUS_KM, radians(direction)
    up = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(course)
    there = asin(max(-1.0, min(1.0, up)))
    across = atan2(sin(course) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * up)
    return degrees(there), wrapped(here[1] + degrees(across))


def compass(direction: float) -> str:
    """A bearing in one of eight words: `north-east`."""
    return COMPASS[round(direction / 45) % 8]
