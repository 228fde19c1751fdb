"""From degrees to the units of a drawing, y downwards: the whole world, or the land around a point.

Both are plain grids (equidistant cylindrical): straight north, true to scale along each meridian.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple

from mapy.geo.coasts import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.geo.coasts import Point

WORLD_WIDTH, WORLD_HEIGHT = 2880, 1700
_ACROSS, _UP, _TOP = 8, 10, 84.0
"""Units of a degree of longitude and of latitude in the world; the northern edge."""


def world_x(longitude: float) -> float:
    """The distance from the left edge of the world, which is 180 degrees west."""
    return (longitude + 180) * _ACROSS


def world_y(latitude: float) -> float:
    """The distance from the top of the world."""
    return (_TOP - latitude) * _UP


class Around(NamedTuple):
    """The view around a point, which it shows in its middle, and true in angles there."""

    latitude: float
    longitude: float
    unit: float
    """Degrees of latitude that one unit of the drawing shows."""
    width: float
    height: float

    @property
    def stretch(self) -> float:
        """How many times longer a degree of latitude is than one of longitude, at most 12."""
        return 1 / max(cos(radians(self.latitude)), _NEAREST_TO_A_POLE)

    def x(self, longitude: float) -> float:
        """The distance from the left edge; the longitude may lie beyond the date line."""
        return self.width / 2 + (longitude - self.longitude) / self.stretch / self.unit

    def y(self, latitude: float) -> float:
        """The distance from the top."""
        return self.height / 2 + (self.latitude - latitude) / self.unit

    def steps(self, points: Iterable[Point], fine: int) -> list[tuple[int, int]]:
        """Many points, of longitude and latitude, in whole steps; a unit has `fine` of them."""
        middle_x, middle_y, stretch = self.width / 2, self.height / 2, self.stretch
        here, there, unit = self.longitude, self.latitude, self.unit
        return [
            (
                round((middle_x + (longitude - here) / stretch / unit) * fine),
                round((middle_y + (there - latitude) / unit) * fine),
            )
            for longitude, latitude in points
        ]

    def box(self, margin: float = 0) -> Box:
        """What the view shows in degrees, with a margin in units around it."""
        across = (self.width / 2 + margin) * self.unit * self.stretch
        up = (self.height / 2 + margin) * self.unit
        across = min(across, 180)
        return Box(
            self.longitude - across,
            max(self.latitude - up, -90.0),
            self.longitude + across,
            min(self.latitude + up, 90.0),
        )


_NEAREST_TO_A_POLE = cos(radians(85.2))
