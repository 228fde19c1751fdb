"""Distances and bearings on the globe."""

from __future__ import annotations

import pytest

from mapy.geo.sphere import bearing, checked, compass, destination, distance_km, wrapped

LONDON, PARIS, SUVA, APIA = (
    (51.5074, -0.1278),
    (48.8566, 2.3522),
    (-18.14, 178.44),
    (-13.83, -171.76),
)


def test_measures_the_great_circle() -> None:
    """London to Paris is 344 km, a quarter of the globe 10,008 km."""
    assert distance_km(LONDON, PARIS) == pytest.approx(343.6, abs=0.5)
    assert distance_km((0, 0), (90, 77)) == pytest.approx(10_007.6, abs=0.5)
    assert distance_km(PARIS, PARIS) == 0
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20_015.1, abs=0.5)


def test_goes_the_short_way_over_the_date_line() -> None:
    """Fiji and Samoa are neighbours."""
    assert distance_km(SUVA, APIA) == pytest.approx(1149, abs=10)
    assert compass(bearing(SUVA, APIA)) == "north-east"


@pytest.mark.parametrize(
    ("there", "expected"), [((1, 0), 0), ((0, 1), 90), ((-1, 0), 180), ((0, -1), 270)]
)
def test_gives_bearings_clockwise_from_north(there: tuple[float, float], expected: float) -> None:
    """East is 90 degrees."""
    assert bearing((0, 0), there) == pytest.approx(expected)


def test_arrives_where_it_set_out_to() -> None:
    """Going the distance in the direction leads to the place."""
    there = destination(LONDON, bearing(LONDON, PARIS), distance_km(LONDON, PARIS))
    assert there == pytest.approx(PARIS)


def test_arrives_beyond_the_date_line_and_over_a_pole() -> None:
    """Longitudes stay within -180 to 180."""
    assert destination((0, 179.5), 90, 111.195)[1] == pytest.approx(-179.5, abs=0.001)
    assert destination((89.5, 0), 0, 111.195) == pytest.approx((89.5, -180), abs=0.001)


@pytest.mark.parametrize(
    ("direction", "word"),
    [(0, "north"), (22, "north"), (23, "north-east"), (180, "south"), (337, "north-west"),
     (338, "north"), (360, "north")],
)  # fmt: skip
def test_says_a_bearing_in_words(direction: float, word: str) -> None:
    """Each of the eight words stands for an eighth of the circle."""
    assert compass(direction) == word


def test_names_the_date_line_once() -> None:
    """180 degrees east is 180 degrees west."""
    assert checked(0, 180) == checked(0, -180) == (0, -180)
    assert wrapped(540.5) == pytest.approx(-179.5)


@pytest.mark.parametrize("place", [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_refuses_what_is_no_place(place: tuple[float, float]) -> None:
    """A reason is given in words."""
    with pytest.raises(ValueError, match="is a number from"):
        checked(*place)
