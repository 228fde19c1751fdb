"""A position as coarsely as a copy may tell it."""

from __future__ import annotations

from functools import cache
import math
from typing import TYPE_CHECKING

from mapy.clean.policy import Coarsen
from mapy.model import Position

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.geo.places import Place

_STEP = 0.01
"""Degrees of latitude of about 1.1 km."""
_KM_DECIMALS = 2


def coarsened(position: Position | None, coarsen: Coarsen | None) -> Position | None:
    """A position to be told instead of the exact one, without an altitude; None: tell none.

    The same place always gives the same answer, so that many pictures taken there cannot be
    averaged to where it is. Far from every town, and at sea, there is no coarser place to tell.
    """
    if position is None or coarsen is None:
        return None
    return _COARSENERS[coarsen](position)


def _on_grid(position: Position) -> Position:
    """The nearest corner of a grid whose cells are about a kilometre high and wide."""
    latitude = round(position.latitude / _STEP) * _STEP
    # Meridians come together towards the poles: the step grows so that a cell keeps its width.
    step = _STEP * max(1, round(1 / max(math.cos(math.radians(latitude)), _STEP)))
    longitude = round(position.longitude / step) * step
    return Position(round(latitude, _KM_DECIMALS), round(longitude, _KM_DECIMALS))


def _town(position: Position) -> Position | None:
    """The nearest town, wherever in it or around it the position lies."""
    from mapy.geo import nearest_place  # noqa: PLC0415 - its data are large, and few ask for it

    near = nearest_place(position.latitude, position.longitude)
    return None if near is None else Position(near.latitude, near.longitude)


def _country(position: Position) -> Position | None:
    """The largest town of the country."""
    from mapy.geo import country_of  # noqa: PLC0415 - its data are large, and few ask for it

    country = country_of(position.latitude, position.longitude)
    return None if country is None else _largest_towns().get(country.code)


@cache
def _largest_towns() -> dict[str, Position]:
    """By country code."""
    from mapy.geo.places import places_in  # noqa: PLC0415 - as above

    found: dict[str, Place] = {}
    for place in places_in(-90, -180, 90, 180):
        best = found.get(place.country_code)
        if best is None or place.population > best.population:
            found[place.country_code] = place
    return {code: Position(place.latitude, place.longitude) for code, place in found.items()}


_COARSENERS: dict[Coarsen, Callable[[Position], Position | None]] = {
    Coarsen.KM: _on_grid,
    Coarsen.CITY: _town,
    Coarsen.COUNTRY: _country,
}
