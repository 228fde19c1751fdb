"""Write what the maps are drawn from: Natural Earth as the npm package `world-atlas` has it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/world_map.py package

`world.txt` holds two SVG paths from 1:110m, land and borders, in the units of `mapy.geo.map`.
`coasts.bin` holds the same from 1:50m as points; its form is told in `mapy.geo.coasts`. Neither has
a cut at the date line: a ring that crosses it goes on beyond 180 degrees.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
import sys
from typing import TYPE_CHECKING
import zlib

from mapy.geo.coasts import BORDER, LAND, STEPS
from mapy.geo.projection import world_x, world_y
from topology import Topology, closed_over_the_pole, unwrapped
from varints import signed, unsigned

if TYPE_CHECKING:
    from topology import Ring

GEO = Path(__file__).parent.parent / "src/mapy/geo"
RUSSIA, UKRAINE = "643", "804"
CRIMEA = (32.0, 44.0, 36.8, 46.3)
"""Held by Russia and drawn so by this edition; Ukraine's by ISO 3166, as in `borders.bin`."""
SAME = {"N. Cyprus": "196", "Somaliland": "706", "Siachen Glacier": "356"}
"""Drawn apart, without a code of their own: no border there, as in `borders.bin`."""


def owner(name: str, number: str | None, ring: Ring) -> str:
    """Whose a polygon is."""
    west, south, east, north = CRIMEA
    if number == RUSSIA and all(west < x < east and south < y < north for x, y in ring):
        return UKRAINE
    return number or SAME.get(name, name)


def land(topology: Topology) -> list[Ring]:
    """The outlines of all land, and of inland seas."""
    return [
        closed_over_the_pole(unwrapped(ring))
        for _, _, polygons in topology.shapes()
        for polygon in polygons
        for ring in polygon
    ]


def borders(topology: Topology) -> list[Ring]:
    """The lines that two countries share."""
    owners: dict[int, set[str]] = defaultdict(set)
    for shape, polygons in topology.polygons():
        for polygon in polygons:
            whose = owner(shape["properties"]["name"], shape.get("id"), topology.ring(polygon[0]))
            for ring in polygon:
                for arc in ring:
                    owners[max(arc, ~arc)].add(whose)
    return [unwrapped(topology.arcs[arc]) for arc, both in sorted(owners.items()) if len(both) > 1]


def path(lines: list[Ring], end: str) -> str:
    """An SVG path in whole units; a line that goes on beyond the date line is there twice."""
    parts = []
    for line in lines:
        beyond = {0}
        if max(x for x, _ in line) > 180:
            beyond.add(-360)
        if min(x for x, _ in line) < -180:
            beyond.add(360)
        for shift in sorted(beyond):
            points = [(round(world_x(x + shift)), round(world_y(y))) for x, y in line]
            parts.append(relative(points, end))
    return "".join(parts)


def relative(points: list[tuple[int, int]], end: str) -> str:
    """One line of a path."""
    x, y = points[0]
    text, steps = f"M{x} {y}l", []
    for point in points[1:]:
        if point != (x, y):
            steps.append(f"{point[0] - x} {point[1] - y}")
            x, y = point
    return text + " ".join(steps).replace(" -", "-") + end if len(steps) > 1 else ""


def packed(kind: int, line: Ring) -> bytes:
    """A line: its kind, its box, its points as steps from the one before, and their length."""
    points = [(round(x * STEPS), round(y * STEPS)) for x, y in line]
    points = [p for n, p in enumerate(points) if not n or p != points[n - 1]]
    body = bytearray()
    before = (0, 0)
    for point in points:
        body += signed(point[0] - before[0]) + signed(point[1] - before[1])
        before = point
    xs, ys = zip(*points, strict=True)
    box = b"".join(map(signed, (min(xs), min(ys), max(xs), max(ys))))
    return unsigned(kind) + box + unsigned(len(points)) + unsigned(len(body)) + bytes(body)


def main(folder: str) -> None:
    """Write both files."""
    small, middle = (str(Path(folder) / f"countries-{scale}.json") for scale in ("110m", "50m"))
    text = "\n".join(
        (path(land(Topology(small, "land")), "z"), path(borders(Topology(small, "countries")), ""))
    )
    (GEO / "world.txt").write_text(text + "\n", encoding="ascii")
    lines = [packed(LAND, ring) for ring in land(Topology(middle, "land"))]
    lines += [packed(BORDER, line) for line in borders(Topology(middle, "countries"))]
    (GEO / "coasts.bin").write_bytes(zlib.compress(b"".join(lines), 9))
    for name in ("world.txt", "coasts.bin"):
        print(name, (GEO / name).stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
