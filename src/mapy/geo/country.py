"""The country of a point, from borders in the package: Natural Earth 1:10m, in cells of a degree.

`borders.bin` is compressed with zlib and holds: the length of the list of countries; for each cell,
row by row from the south-west, where it ends; the list (code, tab, name, a line each); the cells. A
cell holds for each country in it: the country's number, how many rings (0: the whole cell is it),
and the points of each ring in grid steps from the cell's corner. Written by `tools/borders.py`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import cos, floor, hypot, radians
import struct
from typing import NamedTuple
import zlib

from mapy.geo.sphere import KM_PER_DEGREE, checked
from mapy.geo.stored import content_of
from mapy.geo.varints import Varints

COAST_KM = 5.0
"""How far from land a point still counts as the country's: the source draws coasts and small
islands roughly, and piers, beaches and harbours would else lie at sea."""

_COLUMNS, _ROWS = 360, 180
_STEPS = 2048
_CELLS_KEPT = 64
_POINTS_KEPT = 16
"""A page asks for the same point again and again."""
_WORD = struct.calcsize("<I")

Ring = list[tuple[int, int]]


class Country(NamedTuple):
    """A country or territory that ISO 3166 lists."""

    code: str
    """Two letters of ISO 3166-1; XK for Kosovo, which has no code there."""
    name: str
    """In English, as GeoNames has it."""


@lru_cache(_POINTS_KEPT)
def country_of(latitude: float, longitude: float) -> Country | None:
    """The country that holds the point; None at sea and where no country holds the land.

    Borders are as coarse as a map of 1:10 million: near one (about 2 km) the answer may be the
    neighbour's. Degrees, north and east positive.

    Raises:
        ValueError: the numbers are no place on the Earth.
    """
    latitude, longitude = checked(latitude, longitude)
    row = min(floor(latitude) + _ROWS // 2, _ROWS - 1)
    column = floor(longitude) + _COLUMNS // 2
    x = (longitude + _COLUMNS // 2 - column) * _STEPS
    y = (latitude + _ROWS // 2 - row) * _STEPS
    for number, rings in _cell(row, column):
        if not rings or _is_inside(x, y, rings):
            return countries()[number]
    return _nearest_coast(latitude, row, column, x, y)


def _nearest_coast(latitude: float, row: int, column: int, x: float, y: float) -> Country | None:
    """The country whose land is nearest to a point at sea, within `COAST_KM`."""
    km_up = KM_PER_DEGREE / _STEPS
    km_across = max(km_up * cos(radians(latitude)), km_up / _STEPS)
    best, found = COAST_KM, None
    reach_y, reach_x = COAST_KM / km_up, min(COAST_KM / km_across, _STEPS)
    for up in range(-(y < reach_y), (y > _STEPS - reach_y) + 1):
        for across in range(-(x < reach_x), (x > _STEPS - reach_x) + 1):
            if not 0 <= row + up < _ROWS:
                continue
            for number, rings in _cell(row + up, (column + across) % _COLUMNS):
                here = ((x - across * _STEPS) * km_across, (y - up * _STEPS) * km_up)
                for ring in rings or [_WHOLE]:
                    distance = _distance(here, [(a * km_across, b * km_up) for a, b in ring])
                    if distance < best:
                        best, found = distance, number
    return None if found is None else countries()[found]


_WHOLE: Ring = [(0, 0), (_STEPS, 0), (_STEPS, _STEPS), (0, _STEPS)]


def _is_inside(x: float, y: float, rings: list[Ring]) -> bool:
    """Whether a line from the point to the east crosses the rings an odd number of times."""
    inside = False
    for ring in rings:
        x0, y0 = ring[-1]
        for x1, y1 in ring:
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                inside = not inside
            x0, y0 = x1, y1
    return inside


def _distance(here: tuple[float, float], ring: list[tuple[float, float]]) -> float:
    """From a point to the nearest edge of a ring, in the plane."""
    best = float("inf")
    x, y = here
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        across, up = x1 - x0, y1 - y0
        length = across * across + up * up
        share = ((x - x0) * across + (y - y0) * up) / length if length else 0.0
        share = min(1.0, max(0.0, share))
        best = min(best, hypot(x - x0 - share * across, y - y0 - share * up))
        x0, y0 = x1, y1
    return best


@cache
def _borders() -> bytes:
    return zlib.decompress(content_of("borders.bin"))


@cache
def countries() -> list[Country]:
    """All that a point may lie in."""
    content = _borders()
    (length,) = struct.unpack_from("<I", content)
    start = _WORD * (1 + _ROWS * _COLUMNS)
    lines = content[start : start + length].decode().split("\n")
    return [Country(*line.split("\t")) for line in lines]


@lru_cache(_CELLS_KEPT)
def _cell(row: int, column: int) -> list[tuple[int, list[Ring]]]:
    """Each country's number in a cell and its rings there; no rings: the whole cell."""
    content = _borders()
    index = row * _COLUMNS + column
    (length,) = struct.unpack_from("<I", content)
    first = _WORD * (1 + _ROWS * _COLUMNS) + length
    start = struct.unpack_from("<I", content, _WORD * index)[0] if index else 0
    (end,) = struct.unpack_from("<I", content, _WORD * (index + 1))
    numbers = Varints(content, first + start)
    pieces = []
    while numbers.at < first + end:
        country, count = numbers.unsigned(), numbers.unsigned()
        pieces.append((country, [numbers.line(numbers.unsigned()) for _ in range(count)]))
    return pieces
