"""What is drawn on a map about a picture: where it was taken, how exactly, which way it looks."""

from __future__ import annotations

from math import cos, hypot, isfinite, radians, sin
from typing import TYPE_CHECKING, NamedTuple

from mapy.geo.sphere import KM_PER_DEGREE, checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Project = Callable[[float, float], tuple[float, float]]
    """From latitude and longitude to the units of a drawing."""

_SMALLEST_CIRCLE = 3.0
"""In units; a smaller one would hide under the pin."""
_LARGEST_CIRCLE = 10_000.0
_STEP = 10
"""Degrees between the corners of a wedge's arc."""
_NEAR = 0.01
_POLE = 89.9


class Mark(NamedTuple):
    """A place to show. Degrees, north and east positive."""

    latitude: float
    longitude: float
    accuracy_m: float | None = None
    """How far off it may be, in metres."""
    direction: float | None = None
    """Which way the camera looked: degrees from true north, clockwise."""
    angle: float | None = None
    """How much it saw, in degrees from side to side; without it the direction is a line."""

    def checked(self) -> Mark:
        """The mark with angles within a turn.

        Raises:
            ValueError: a number is no place on the Earth, no angle, or no length.
        """
        latitude, longitude = checked(self.latitude, self.longitude)
        for value in (self.accuracy_m, self.direction, self.angle):
            if value is not None and not isfinite(value):
                raise ValueError("What is drawn on a map are numbers.")
        if self.accuracy_m is not None and self.accuracy_m < 0:
            raise ValueError("An accuracy is a number of metres from 0 on.")
        direction = None if self.direction is None else self.direction % 360
        angle = None if self.angle is None else min(max(self.angle, 1.0), 359.0)
        return Mark(latitude, longitude, self.accuracy_m, direction, angle)


def pins(marks: Iterable[Mark], project: Project) -> str:
    """A dot for each; those that fall together are one."""
    spots = {
        f"M{number(x)} {number(y)}h0"
        for x, y in (project(mark.latitude, mark.longitude) for mark in marks)
    }
    path = "".join(sorted(spots))
    return dot("map-pin-edge", path, "#fff", 16) + dot("map-pin", path, "#a3201d", 11)


def dot(name: str, path: str, colour: str, size: int) -> str:
    """Lines without length, which stay as large as they are when the map is enlarged."""
    return (
        f'<path class="{name}" d="{path}" fill="none" stroke="{colour}" stroke-width="{size}" '
        'stroke-linecap="round" vector-effect="non-scaling-stroke"/>'
    )


def accuracy(mark: Mark, project: Project) -> str:
    """The circle in which the place lies; nothing where it would be no larger than the pin."""
    if mark.accuracy_m is None:
        return ""
    x, y = project(mark.latitude, mark.longitude)
    across, up = _degree(mark, project)
    size = mark.accuracy_m / 1000 / KM_PER_DEGREE
    if up * size < _SMALLEST_CIRCLE:
        return ""
    across /= cos(radians(min(abs(mark.latitude), _POLE)))
    across, up = min(across * size, _LARGEST_CIRCLE), min(up * size, _LARGEST_CIRCLE)
    return (
        f'<ellipse class="map-accuracy" cx="{number(x)}" cy="{number(y)}" '
        f'rx="{number(across)}" ry="{number(up)}" fill="#a3201d" '
        'fill-opacity=".15" stroke="#a3201d" vector-effect="non-scaling-stroke"/>'
    )


def view(mark: Mark, project: Project, radius: float) -> str:
    """What the camera saw as a wedge, or the direction alone as a line; `radius` in units."""
    if mark.direction is None:
        return ""
    x, y = project(mark.latitude, mark.longitude)
    if mark.angle is None:
        end = _toward(mark, project, mark.direction, radius)
        return (
            f'<path class="map-view" d="M{number(x)} {number(y)}L{end}" fill="none" '
            'stroke="#7a4b00" stroke-width="3" vector-effect="non-scaling-stroke"/>'
        )
    count = max(1, round(mark.angle / _STEP))
    first = mark.direction - mark.angle / 2
    arc = (
        _toward(mark, project, first + mark.angle * step / count, radius)
        for step in range(count + 1)
    )
    return (
        f'<path class="map-view" d="M{number(x)} {number(y)}L{" ".join(arc)}z" fill="#7a4b00" '
        'fill-opacity=".3" stroke="#7a4b00" vector-effect="non-scaling-stroke"/>'
    )


def number(value: float) -> str:
    """A coordinate with one decimal, as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")


def _toward(mark: Mark, project: Project, direction: float, radius: float) -> str:
    """The point so far from the mark in the drawing, in the direction of a bearing."""
    x, y = project(mark.latitude, mark.longitude)
    across, up = _degree(mark, project)
    across *= sin(radians(direction)) / cos(radians(min(abs(mark.latitude), _POLE)))
    up *= cos(radians(direction))
    length = hypot(across, up)
    return f"{number(x + across / length * radius)} {number(y - up / length * radius)}"


def _degree(mark: Mark, project: Project) -> tuple[float, float]:
    """Units of a degree of longitude and of latitude where the mark is."""
    x, y = project(mark.latitude, mark.longitude)
    east, north = project(mark.latitude + _NEAR, mark.longitude + _NEAR)
    return (east - x) / _NEAR, (y - north) / _NEAR
