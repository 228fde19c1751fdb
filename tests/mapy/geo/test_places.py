"""The nearest town of a point, and the zone it keeps."""

from __future__ import annotations

import math
import re

import pytest

from mapy.geo import nearest_place, zone_of
from mapy.geo.places import FAR_KM, largest_in, places_in
from mapy.geo.sphere import distance_km

EVERYWHERE = (-90.0, -180.0, 90.0, 180.0)


@pytest.fixture(scope="module")
def towns() -> list[tuple[float, float]]:
    """Where all towns are."""
    return [(each.latitude, each.longitude) for each in places_in(*EVERYWHERE)]


def test_names_the_town_its_distance_and_where_the_point_lies_to_it() -> None:
    """The words read: 1.4 km north-east of Arezzo, Italy."""
    near = nearest_place(43.4721, 11.8921)
    assert near is not None
    assert near[:2] == ("Arezzo", "IT")
    assert near.distance_km == pytest.approx(1.40, abs=0.05)
    assert near.bearing == "north-east"
    assert near.population > 90_000
    assert near.zone == "Europe/Rome"


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (46.0, 7.0),
        (-16.8, 179.99),
        (-16.8, -179.99),
        (27.3, 12.4),
        (78.9, 11.9),
        (-54.9, -67.0),
        (0.999, 103.999),
    ],
)
def test_no_other_town_is_nearer(
    latitude: float, longitude: float, towns: list[tuple[float, float]]
) -> None:
    """What the cells find is what a look at every town finds, over the date line too."""
    here = latitude, longitude
    best = min(distance_km(here, town) for town in towns)
    near = nearest_place(*here)
    assert near is None if best > FAR_KM else near is not None and near.distance_km == best


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0.0, 0.0), (90.0, 0.0), (-90.0, 12.0), (-48.9, -123.4)]
)
def test_says_that_none_is_near(latitude: float, longitude: float) -> None:
    """Beyond 250 km a town says nothing of a place."""
    assert nearest_place(latitude, longitude) is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (48.5818, 7.7510, "Europe/Paris"),
        (48.5730, 7.8080, "Europe/Berlin"),
        (64.8378, -147.7164, "America/Anchorage"),
        (54.7104, 20.4522, "Europe/Kaliningrad"),
        (35.2920, -2.9380, "Africa/Ceuta"),
        (-29.5200, 28.6100, "Africa/Maseru"),
        (27.7172, 85.3240, "Asia/Kathmandu"),
        (44.9520, 34.1020, "Europe/Simferopol"),
        (-16.8, -179.99, "Pacific/Fiji"),
        (-21.1, 55.5, "Indian/Reunion"),
        (24.9, 10.0, "Africa/Algiers"),
    ],
)
def test_gives_the_zone_of_the_nearest_town_in_the_same_country(
    latitude: float, longitude: float, zone: str
) -> None:
    """Across a border the clock may be another one: the country decides."""
    assert zone_of(latitude, longitude) == zone


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 0.0), (90.0, 0.0), (-85.0, 100.0)])
def test_gives_no_zone_at_sea_and_far_from_towns(latitude: float, longitude: float) -> None:
    """Unsure is not guessed."""
    assert zone_of(latitude, longitude) is None


def test_every_zone_is_a_name_of_the_time_zone_database() -> None:
    """A caller can ask `zoneinfo` for each."""
    zones = {place.zone for place in places_in(*EVERYWHERE)}
    assert len(zones) > 300
    assert [zone for zone in zones if not re.fullmatch(r"[A-Z]\w+(/[\w-]+)+", zone)] == []


def test_lists_the_towns_of_a_box_over_the_date_line() -> None:
    """A box may go on beyond 180 degrees."""
    names = {place.name for place in places_in(-19.0, 177.0, -16.0, 181.0)}
    assert {"Suva", "Labasa"} <= names
    assert names == {place.name for place in places_in(-19.0, -183.0, -16.0, -179.0)}


def test_lists_the_largest_towns_of_a_box_first() -> None:
    """Of all its cells; of towns of the same size those of the first cell."""
    box = (43.5, 5.2, 49.7, 14.9)
    by_size = sorted(places_in(*box), key=lambda place: -place.population)
    assert len(by_size) > 1000
    assert list(largest_in(*box)) == by_size


@pytest.mark.parametrize("place", [(math.nan, 0.0), (0.0, math.inf), (91.0, 0.0), (0.0, -181.0)])
def test_refuses_what_is_no_place(place: tuple[float, float]) -> None:
    """Both functions refuse alike."""
    for ask in (nearest_place, zone_of):
        with pytest.raises(ValueError, match="is a number from"):
            ask(*place)
