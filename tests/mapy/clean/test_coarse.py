"""Positions as coarsely as a copy may tell them."""

from __future__ import annotations

import pytest

from mapy.clean.coarse import coarsened
from mapy.clean.policy import Coarsen
from mapy.geo.sphere import distance_km
from mapy.model import Position


def test_a_kilometre_is_about_a_kilometre() -> None:
    """Near the equator and near a pole the answer lies within 1 km, and not at the place."""
    for latitude in (0.004, 48.858_37, -33.859_83, 78.223_4, 89.99):
        here = Position(latitude, 15.626_7, 12.0)
        there = coarsened(here, Coarsen.KM)

        assert there is not None
        assert distance_km(here[:2], there[:2]) < 1
        assert there.altitude is None


def test_neighbours_have_one_answer() -> None:
    """Pictures of one place cannot be averaged to where it is."""
    answers = {
        coarsened(Position(48.8583 + step / 10_000, 2.2944), Coarsen.KM) for step in range(9)
    }

    assert answers == {Position(48.86, 2.3)}


@pytest.mark.parametrize("longitude", [179.999, -179.999, 180.0])
def test_stays_on_the_earth(longitude: float) -> None:
    """At the date line and at a pole, too."""
    there = coarsened(Position(89.999, longitude), Coarsen.KM)

    assert there is not None
    assert abs(there.latitude) <= 90
    assert abs(there.longitude) <= 180


def test_a_city_is_the_nearest_town() -> None:
    """Two places in Arezzo tell the same point, some way from both."""
    first = coarsened(Position(43.468, 11.880), Coarsen.CITY)
    second = coarsened(Position(43.466, 11.884), Coarsen.CITY)

    assert first is not None
    assert first == second
    assert distance_km((43.468, 11.880), first[:2]) < 5


def test_a_country_is_its_largest_town() -> None:
    """Arezzo and Palermo tell the same point, in Rome."""
    first = coarsened(Position(43.468, 11.880), Coarsen.COUNTRY)

    assert first is not None
    assert first == coarsened(Position(38.115, 13.362), Coarsen.COUNTRY)
    assert distance_km(first[:2], (41.9, 12.5)) < 10


@pytest.mark.parametrize("coarsen", [Coarsen.CITY, Coarsen.COUNTRY, None])
def test_there_is_no_town_in_the_sea(coarsen: Coarsen | None) -> None:
    """Nor anything to tell without a wish for it."""
    assert coarsened(Position(-48.9, -123.4), coarsen) is None


def test_no_position_stays_none() -> None:
    """A picture that tells no place tells no coarse one either."""
    assert coarsened(None, Coarsen.KM) is None
