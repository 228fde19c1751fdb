"""Where a point lies, answered offline from data in the package: country, town, zone, maps."""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_LATER = {
    **dict.fromkeys(("Country", "country_of"), "mapy.geo.country"),
    **dict.fromkeys(("place_map", "world_map"), "mapy.geo.map"),
    "Mark": "mapy.geo.marks",
    **dict.fromkeys(("Near", "nearest_place", "zone_of"), "mapy.geo.places"),
}
"""Loaded when first asked for: who only writes a position down does not pay for maps."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_import_module(_LATER[name]), name)
