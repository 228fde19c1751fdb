"""Reads TopoJSON (specification 1.0): arcs shared by their shapes, in delta-coded integers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Point = tuple[float, float]
    Ring = list[Point]


class Topology:
    """One object of a TopoJSON file."""

    def __init__(self, path: str, name: str) -> None:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        self._shapes: list[dict[str, Any]] = document["objects"][name]["geometries"]
        (scale_x, scale_y), (left, bottom) = (
            document["transform"]["scale"],
            document["transform"]["translate"],
        )
        self.arcs: list[Ring] = []
        for arc in document["arcs"]:
            x = y = 0
            points: Ring = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                points.append((x * scale_x + left, y * scale_y + bottom))
            self.arcs.append(points)

    def polygons(self) -> Iterator[tuple[dict[str, Any], list[list[list[int]]]]]:
        """Each shape, and its polygons as rings of arc numbers."""
        for shape in self._shapes:
            if shape["type"] == "Polygon":
                yield shape, [shape["arcs"]]
            elif shape["type"] == "MultiPolygon":
                yield shape, shape["arcs"]

    def shapes(self) -> Iterator[tuple[dict[str, Any], str | None, list[list[Ring]]]]:
        """The properties, the number and the polygons of each shape."""
        for shape, polygons in self.polygons():
            rings = [[self.ring(ring) for ring in polygon] for polygon in polygons]
            yield shape.get("properties", {}), shape.get("id"), rings

    def ring(self, numbers: list[int]) -> Ring:
        """The points of a ring; a negative number is an arc walked backwards."""
        points: Ring = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points


def unwrapped(ring: Ring) -> Ring:
    """The ring without jumps at the date line: its longitudes go on beyond 180 instead."""
    points = [ring[0]]
    for x, y in ring[1:]:
        shift = round((points[-1][0] - x) / 360) * 360
        points.append((x + shift, y))
    return points


def closed_over_the_pole(ring: Ring) -> Ring:
    """A ring that goes once around the world, led over the south pole, which it encloses."""
    turn = ring[-1][0] - ring[0][0]
    if abs(turn) < 180:
        return ring
    return [*ring, (ring[-1][0], -90.0), (ring[0][0], -90.0)]
