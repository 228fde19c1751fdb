"""A position as coarsely as a copy may tell it."""

from __future__ import annotations

import math

from mapy.clean.policy import Coarsen
from mapy.model import Position

_STEP = 0.01
"""Degrees of latitude of about 1.1 km."""
_KM_DECIMALS = 2


def coarsened(position: Position | None, coarsen: Coarsen | None) -> Position | None:
    """A position to be told instead of the exact one, without an altitude; None: tell none.

    The same place always gives the same answer, so that many pictures taken there cannot be
    averaged to where it is.
    """
    if position is None or coarsen is not Coarsen.KM:
        return None
    return _on_grid(position)


def _on_grid(position: Position) -> Position:
    """The nearest corner of a grid whose cells are about a kilometre high and wide."""
    latitude = round(position.latitude / _STEP) * _STEP
    # Meridians come together towards the poles: the step grows so that a cell keeps its width.
    step = _STEP * max(1, round(1 / max(math.cos(math.radians(latitude)), _STEP)))
    longitude = round(position.longitude / step) * step
    return Position(round(latitude, _KM_DECIMALS), round(longitude, _KM_DECIMALS))
