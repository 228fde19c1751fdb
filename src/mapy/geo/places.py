"""The nearest town of a point, and the time zone it keeps, from GeoNames in the package.

`places.bin` is compressed with zlib and holds: the length of the two lists; for each cell of a
degree, row by row from the south-west, where it ends; the lists of country codes and of zones; the
places of each cell, the largest first: steps from the cell's corner to the east and north, country,
zone, people, name. Written by `tools/places.py`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from heapq import merge
from itertools import chain, count, islice
from math import ceil, cos, floor, radians
import struct
from typing import TYPE_CHECKING, NamedTuple
import zlib

from mapy.geo.country import country_of
from mapy.geo.sphere import KM_PER_DEGREE, bearing, checked, compass, distance_km
from mapy.geo.stored import content_of
from mapy.geo.varints import Varints

if TYPE_CHECKING:
    from collections.abc import Iterator

FAR_KM = 250.0
"""Farther than this no town is near: the answer is that there is none."""
ZONE_KM = 1000.0
"""Farther than this a town says nothing of the zone."""

_COLUMNS, _ROWS = 360, 180
_STEPS = 2048
_CELLS_KEPT = 256
_POINTS_KEPT = 16
"""A page asks for the same point again and again."""
_WORD = struct.calcsize("<I")


class Place(NamedTuple):
    """A town of 5,000 people or more, or the seat of a district."""

    name: str
    """As it is called there, in Latin letters."""
    country_code: str
    """Two letters of ISO 3166-1; XK for Kosovo."""
    latitude: float
    longitude: float
    population: int
    """0 where GeoNames knows none."""
    zone: str
    """A name of the time zone database: `Europe/Rome`."""


class Near(NamedTuple):
    """A town and how the point lies to it."""

    name: str
    country_code: str
    distance_km: float
    """From the town's centre."""
    bearing: str
    """Where the point lies, seen from the town: `north-east`."""
    population: int
    zone: str
    latitude: float
    """Of the town."""
    longitude: float


@lru_cache(_POINTS_KEPT)
def nearest_place(latitude: float, longitude: float) -> Near | None:
    """The nearest town; None where there is none within `FAR_KM`. Degrees, north and east positive.

    Raises:
        ValueError: the numbers are no place on the Earth.
    """
    here = checked(latitude, longitude)
    place, distance = _nearest(here, FAR_KM)
    if place is None:
        return None
    there = place.latitude, place.longitude
    return Near(
        place.name,
        place.country_code,
        distance,
        compass(bearing(there, here)),
        place.population,
        place.zone,
        *there,
    )


@lru_cache(_POINTS_KEPT)
def zone_of(latitude: float, longitude: float) -> str | None:
    """The time zone of the point: that of the nearest town in the same country.

    None at sea and where the country has no town within `ZONE_KM`. Near the edge of a zone inside
    a country, and far from towns, it may be the neighbouring zone's name.

    Raises:
        ValueError: the numbers are no place on the Earth.
    """
    country = country_of(latitude, longitude)
    if country is None:
        return None
    place, _ = _nearest(checked(latitude, longitude), ZONE_KM, country.code)
    return None if place is None else place.zone


def places_in(south: float, west: float, north: float, east: float) -> Iterator[Place]:
    """The towns of a box in degrees, the largest of each cell first; `east` may go beyond 180."""
    return chain.from_iterable(_cells_in(south, west, north, east))


def largest_in(south: float, west: float, north: float, east: float) -> Iterator[Place]:
    """The same, the largest of all first.

    Of each cell only as many are read as are asked for: a map names few of thousands.
    """
    return merge(*_cells_in(south, west, north, east), key=_smallness)


def _smallness(place: Place) -> int:
    return -place.population


def _cells_in(south: float, west: float, north: float, east: float) -> Iterator[Iterator[Place]]:
    """The towns of each cell that are in the box."""

    def inside(row: int, column: int) -> Iterator[Place]:
        for place in _towns(row, column % _COLUMNS):
            across = (place.longitude - west) % 360
            if south <= place.latitude <= north and across <= east - west:
                yield place

    rows = range(max(0, floor(south) + 90), min(_ROWS, ceil(north) + 90))
    columns = range(floor(west) + 180, ceil(east) + 180)
    return (inside(row, column) for row in rows for column in columns)


def _nearest(
    here: tuple[float, float], reach_km: float, country_code: str = ""
) -> tuple[Place | None, float]:
    """The nearest place within reach and how far it is; of one country if a code is given."""
    best, found = reach_km, None
    for latitude, up in _degrees_around(here[0]):
        if up * KM_PER_DEGREE > best:
            break
        row = latitude + _ROWS // 2
        if not 0 <= row < _ROWS:
            continue
        for longitude, across in islice(_degrees_around(here[1]), _COLUMNS):
            if across * _degree_km(here[0], row, best) > best:
                break
            for place in _cell(row, (longitude + _COLUMNS // 2) % _COLUMNS):
                if country_code and place.country_code != country_code:
                    continue
                distance = distance_km(here, (place.latitude, place.longitude))
                if distance < best:
                    best, found = distance, place
    return found, best


def _degrees_around(value: float) -> Iterator[tuple[int, float]]:
    """Whole degrees, the nearest first, each with how far it begins from the value."""
    own = floor(value)
    below, above = value - own, own + 1 - value
    yield own, 0.0
    for step in count():
        both = (own - 1 - step, below + step), (own + 1 + step, above + step)
        yield from both if below < above else reversed(both)


def _degree_km(latitude: float, row: int, reach_km: float) -> float:
    """The least length of a degree of longitude on the way to a place of that row within reach."""
    furthest = max(abs(row - 90), abs(row - 89), abs(latitude)) + reach_km / KM_PER_DEGREE
    return cos(radians(min(furthest, 90.0))) * KM_PER_DEGREE


@cache
def _content() -> bytes:
    return zlib.decompress(content_of("places.bin"))


@cache
def _lists() -> tuple[list[str], list[str], int]:
    """The country codes, the zones, and where the cells begin."""
    content = _content()
    (length,) = struct.unpack_from("<I", content)
    start = _WORD * (1 + _ROWS * _COLUMNS)
    countries, zones = content[start : start + length].decode().split("\n")
    return countries.split(), zones.split(), start + length


@lru_cache(_CELLS_KEPT)
def _cell(row: int, column: int) -> tuple[Place, ...]:
    return tuple(_towns(row, column))


def _towns(row: int, column: int) -> Iterator[Place]:
    """The towns of a cell, the largest first."""
    content = _content()
    countries, zones, first = _lists()
    index = row * _COLUMNS + column
    start = struct.unpack_from("<I", content, _WORD * index)[0] if index else 0
    (end,) = struct.unpack_from("<I", content, _WORD * (index + 1))
    numbers = Varints(content, first + start)
    while numbers.at < first + end:
        across, up, country, zone, people, length = numbers.several(6)
        name = content[numbers.at : numbers.at + length].decode()
        numbers.at += length
        latitude, longitude = row - 90 + (up + 0.5) / _STEPS, column - 180 + (across + 0.5) / _STEPS
        yield Place(name, countries[country], latitude, longitude, people, zones[zone])
