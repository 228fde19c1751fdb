"""The sun's height, against examples that astronomers published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mapy.explain import sun

DENVER = timezone(timedelta(hours=-7))


@pytest.mark.parametrize(
    ("at", "latitude", "longitude", "expected"),
    [
        # Reda and Andreas, Solar Position Algorithm (NREL/TP-560-34302), appendix A.5
        (datetime(2003, 10, 17, 12, 30, 30, tzinfo=DENVER), 39.742476, -105.1786, 39.872),
        # Meeus, Astronomical Algorithms, example 25.a: declination, which is the height at the pole
        (datetime(1992, 10, 13, 0, 0, tzinfo=UTC), 90, 0, -7.785),
        # the same chapter's equation of time, +13 min 42.6 s: when the sun is due south
        (datetime(1992, 10, 13, 11, 46, 11, tzinfo=UTC), 51.4778, 0, 90 - 51.4778 - 7.971),
        # midnight sun: 69.65 + 23.44 - 90
        (datetime(2024, 6, 20, 22, 46, tzinfo=UTC), 69.65, 18.95, 3.09),
        # nine hours after the equinox, under the sun and opposite to it
        (datetime(2024, 3, 20, 12, 7, 20, tzinfo=UTC), 0, 0, 89.85),
        (datetime(2024, 3, 20, 12, 7, 20, tzinfo=UTC), 0, 180, -89.85),
    ],
)
def test_agrees_with_published_examples(
    at: datetime, latitude: float, longitude: float, expected: float
) -> None:
    """Within a tenth of a degree, far from the half that a comparison with daylight needs."""
    assert sun.height(at, latitude, longitude) == pytest.approx(expected, abs=0.1)


def test_a_zone_does_not_change_the_sun() -> None:
    """The same moment in two zones is the same moment."""
    utc = datetime(2024, 5, 1, 10, 0, tzinfo=UTC)
    assert sun.height(utc, 48, 11) == sun.height(utc.astimezone(DENVER), 48, 11)
