"""Where a point lies, answered offline from data in the package: country, town, zone, maps."""

from __future__ import annotations

from mapy.geo.country import Country, country_of
from mapy.geo.map import place_map, world_map
from mapy.geo.marks import Mark
from mapy.geo.places import Near, nearest_place, zone_of

__all__ = [
    "Country",
    "Mark",
    "Near",
    "country_of",
    "nearest_place",
    "place_map",
    "world_map",
    "zone_of",
]
