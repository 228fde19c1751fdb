"""Where a point lies, answered offline from data in the package: country, town, zone, maps."""

from __future__ import annotations

from mapy.geo.country import Country, country_of
from mapy.geo.places import Near, nearest_place, zone_of

__all__ = ["Country", "Near", "country_of", "nearest_place", "zone_of"]
