"""Where a picture was taken, as the tags claim it."""

from __future__ import annotations

import math

import pytest

from mapy.explain.place import position_of
from mapy.model import Position
from mapy_explain_builders import metadata_of


@pytest.mark.parametrize("wrong", [math.nan, math.inf, 180.1, -181])
def test_a_number_that_is_nowhere_is_no_position(wrong: float) -> None:
    """Not a number compares with nothing, so it passes where only the too large is refused."""
    for latitude, longitude in ((wrong, 1.0), (1.0, wrong)):
        for group in ("GPS", "XMP-exif"):
            found = {f"{group}:GPSLatitude": latitude, f"{group}:GPSLongitude": longitude}
            assert position_of(metadata_of(found)) is None


def test_a_height_that_is_none_does_not_lose_the_place() -> None:
    """The altitude is left out."""
    found = {"GPS:GPSLatitude": 1.0, "GPS:GPSLongitude": 2.0, "GPS:GPSAltitude": math.nan}
    assert position_of(metadata_of(found)) == Position(1.0, 2.0, None)
