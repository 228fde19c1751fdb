"""Coasts and borders for the nearer map: Natural Earth 1:50m, cut to what a view shows.

`coasts.bin` is compressed with zlib and holds line after line: its kind, its box (west, south,
east, north), how many points, how many bytes they take, and the points as steps from the one
before, all in grid steps. Written by `tools/world_map.py`.
"""

from __future__ import annotations

from array import array
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
import zlib

from mapy.geo.stored import content_of
from mapy.geo.varints import Varints

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = 256
"""Of a degree: 430 m on a meridian."""
LAND, BORDER = 0, 1
_TURN = 360
_STRETCH = 32
"""Points that are looked at together."""

Point = tuple[float, float]
"""Longitude and latitude."""


class Box(NamedTuple):
    """A view, in degrees; `west` and `east` may lie beyond the date line."""

    west: float
    south: float
    east: float
    north: float


class _Line(NamedTuple):
    box: tuple[float, float, float, float]
    points: int
    at: int


class _Stretch(NamedTuple):
    """Some points of a line, one after the other, in degrees: floats of 32 bits hold each step."""

    xs: array[float]
    ys: array[float]
    box: tuple[float, float, float, float]


def land_in(box: Box) -> Iterator[list[Point]]:
    """The outlines of land in the box; along its edges they are closed by straight lines."""
    for ring in _lines_in(LAND, box):
        points = ring
        for axis, at, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1)):
            points = _cut(points, axis, at, sign)
        points = _cut(points, 1, box.north, -1)
        if points:
            yield points


def borders_in(box: Box) -> Iterator[list[Point]]:
    """The borders in the box, each run of points with the one beyond the edge where it leaves."""
    for line in _lines_in(BORDER, box):
        run: list[Point] = []
        for a, b in pairwise(line):
            if (
                max(a[0], b[0]) < box.west
                or min(a[0], b[0]) > box.east
                or max(a[1], b[1]) < box.south
                or min(a[1], b[1]) > box.north
            ):
                if run:
                    yield run
                run = []
            else:
                run = run or [a]
                run.append(b)
        if run:
            yield run


def _lines_in(kind: int, box: Box) -> Iterator[list[Point]]:
    """The lines whose box meets the view, moved by whole turns to where the view is."""
    west, south, east, north = box
    for line in _index()[kind]:
        left, bottom, right, top = line.box
        if bottom > north or top < south:
            continue
        for turn in (-_TURN, 0, _TURN):
            if left + turn <= east and right + turn >= west:
                points = _points(line, (west - turn, south, east - turn, north))
                yield [(x + turn, y) for x, y in points] if turn else points


def _points(line: _Line, view: tuple[float, float, float, float]) -> list[Point]:
    """The points of a line; of stretches that lie wholly on one side of the view only the ends.

    A continent has ten thousand points, of which a view shows a few. What is cut away beyond one
    side of the view looks the same, whatever way it takes there.
    """
    west, south, east, north = view
    found: list[Point] = []
    for xs, ys, (left, bottom, right, top) in _stretches(line):
        if left > east or right < west or bottom > north or top < south:
            found.append((xs[0], ys[0]))
            if len(xs) > 1:
                found.append((xs[-1], ys[-1]))
        else:
            found += zip(xs, ys, strict=True)
    return found


@cache
def _stretches(line: _Line) -> tuple[_Stretch, ...]:
    """A line in stretches. All lines of the Earth take a megabyte."""
    points = Varints(_content(), line.at).line(line.points)
    found = []
    for at in range(0, len(points), _STRETCH):
        columns = zip(*points[at : at + _STRETCH], strict=True)
        xs, ys = (array("f", [step / STEPS for step in column]) for column in columns)
        found.append(_Stretch(xs, ys, (min(xs), min(ys), max(xs), max(ys))))
    return tuple(found)


def _cut(ring: list[Point], axis: int, at: float, sign: int) -> list[Point]:
    """The part of a ring beyond a line, on the side of `sign` (Sutherland and Hodgman)."""
    values = [point[axis] for point in ring]
    sides = [value >= at for value in values] if sign > 0 else [value <= at for value in values]
    if all(sides):
        return ring
    if not any(sides):
        return []
    kept: list[Point] = []
    before, was_in = ring[-1], sides[-1]
    for point, is_in in zip(ring, sides, strict=True):
        if is_in != was_in:
            share = (at - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((other, at) if axis else (at, other))
        if is_in:
            kept.append(point)
        before, was_in = point, is_in
    return kept


@cache
def _content() -> bytes:
    return zlib.decompress(content_of("coasts.bin"))


@cache
def _index() -> dict[int, list[_Line]]:
    """The lines of each kind."""
    numbers = Varints(_content())
    lines: dict[int, list[_Line]] = {LAND: [], BORDER: []}
    while numbers.at < len(numbers.content):
        kind = numbers.unsigned()
        west, south, east, north = (steps / STEPS for steps in numbers.signed(4))
        count, length = numbers.several(2)
        lines[kind].append(_Line((west, south, east, north), count, numbers.at))
        numbers.at += length
    return lines
