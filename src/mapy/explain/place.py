"""Where a picture was taken: from the GPS directory, else from XMP."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from mapy.geo import codes
from mapy.model import Position

if TYPE_CHECKING:
    from mapy.model import Metadata

_MAX_LATITUDE, _MAX_LONGITUDE = 90.0, 180.0
_BELOW_SEA_LEVEL = (1, 3)
"""Exif 3.0, GPSAltitudeRef: below the sea's surface, below the ellipsoid."""


def position_of(metadata: Metadata) -> Position | None:
    """The position that the tags claim; None without one that lies on the Earth."""
    return _from_gps(metadata) or _from_xmp(metadata)


def _number(metadata: Metadata, key: str) -> float | None:
    tag = metadata.get(key)
    value = tag.machine if tag is not None else None
    return float(value) if isinstance(value, (int, float)) else None


def _reference(metadata: Metadata, key: str) -> str:
    tag = metadata.get(key)
    return str(tag.machine).strip().upper() if tag is not None else ""


def _checked(
    latitude: float | None, longitude: float | None, altitude: float | None
) -> Position | None:
    if latitude is None or longitude is None:
        return None
    if not (abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= _MAX_LONGITUDE):  # NaN is nowhere
        return None
    if altitude is not None and not isfinite(altitude):
        altitude = None
    return Position(latitude, longitude, altitude)


def _from_gps(metadata: Metadata) -> Position | None:
    latitude = _number(metadata, "GPS:GPSLatitude")
    longitude = _number(metadata, "GPS:GPSLongitude")
    if latitude is None or longitude is None:
        return None
    if _reference(metadata, "GPS:GPSLatitudeRef").startswith("S"):
        latitude = -latitude
    if _reference(metadata, "GPS:GPSLongitudeRef").startswith("W"):
        longitude = -longitude
    altitude = _number(metadata, "GPS:GPSAltitude")
    if altitude is not None and _number(metadata, "GPS:GPSAltitudeRef") in _BELOW_SEA_LEVEL:
        altitude = -altitude
    return _checked(latitude, longitude, altitude)


def _from_xmp(metadata: Metadata) -> Position | None:
    latitude = _number(metadata, "XMP-exif:GPSLatitude")
    if latitude is None:
        return None
    altitude = _number(metadata, "XMP-exif:GPSAltitude")
    below = metadata.get("XMP-exif:GPSAltitudeRef")
    if altitude is not None and below is not None and below.machine == "1":
        altitude = -altitude
    longitude = _number(metadata, "XMP-exif:GPSLongitude")
    # Apple writes numbers without a sign or a letter, and the hemisphere as EXIF does.
    if _reference(metadata, "XMP-exif:GPSLatitudeRef").startswith("S"):
        latitude = -abs(latitude)
    if longitude is not None and _reference(metadata, "XMP-exif:GPSLongitudeRef").startswith("W"):
        longitude = -abs(longitude)
    return _checked(latitude, longitude, altitude)


def as_degrees(position: Position) -> str:
    """Degrees, minutes and seconds as people write them: `48° 51′ 29.60″ N, 2° 17′ 40.20″ E`."""
    return codes.degrees(position.latitude, position.longitude)
