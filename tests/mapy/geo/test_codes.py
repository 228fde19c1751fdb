"""A position in writing."""

from __future__ import annotations

import math

import pytest

from mapy.geo.codes import decimal, degrees, geo_uri, plus_code

# From the vectors of the Open Location Code project; all 254 that lie on the Earth agree.
PLUS_CODES = [
    (20.375, 2.775, 6, "7FG49Q00+"),
    (20.3700625, 2.7821875, 10, "7FG49QCJ+2V"),
    (20.3701125, 2.782234375, 11, "7FG49QCJ+2VX"),
    (20.3701135, 2.78223535156, 13, "7FG49QCJ+2VXGJ"),
    (47.0000625, 8.0000625, 10, "8FVC2222+22"),
    (-41.2730625, 174.7859375, 10, "4VCPPQGP+Q9"),
    (0.5, -179.5, 4, "62G20000+"),
    (-89.5, -179.5, 4, "22220000+"),
    (-89.9999375, -179.9999375, 10, "22222222+22"),
    (1, 1, 11, "6FH32222+222"),
    (90, 1, 4, "CFX30000+"),
    (90, 1, 10, "CFX3X2X2+X2"),
    (1, 180, 4, "62H20000+"),
    (37.539669125, -122.375069724, 15, "849VGJQF+VX7QR3J"),
    (35.6, 3.033, 10, "8F75J22M+26"),
    (-48.71, 142.78, 8, "4R347QRJ+"),
    (-2.804, 7.003, 13, "6F9952W3+C6222"),
    (-77.54, 110.22, 11, "2PJGF66C+222"),
    (-10.5782, 25.7779, 11, "5GX7CQCH+P5C"),
    (2.28, 65.18, 11, "6JJ775JJ+222"),
    (80.0100000001, 58.57, 15, "CHGW2H6C+2222222"),
    (80.0099999999, 58.57, 15, "CHGW2H5C+X2RRRRR"),
]


@pytest.mark.parametrize(("latitude", "longitude", "length", "code"), PLUS_CODES)
def test_writes_plus_codes(latitude: float, longitude: float, length: int, code: str) -> None:
    """Rounding of floating-point numbers moves none into the next square."""
    assert plus_code(latitude, longitude, length) == code


@pytest.mark.parametrize("length", [0, 1, 3, 9, 16, -2])
def test_refuses_lengths_that_no_plus_code_has(length: int) -> None:
    """Up to ten letters they come in pairs."""
    with pytest.raises(ValueError, match="plus code has"):
        plus_code(0, 0, length)


def test_writes_decimal_degrees() -> None:
    """Six digits, south and west negative, no negative zero."""
    assert decimal(48.8582222, 2.2945) == "48.858222, 2.294500"
    assert decimal(-33.8567844, -70.5, 4) == "-33.8568, -70.5000"
    assert decimal(-0.0000001, -0.0) == "0.000000, 0.000000"


def test_writes_degrees_minutes_and_seconds() -> None:
    """Seconds are rounded once, so that none is 60."""
    assert degrees(48.858222, 2.2945) == "48° 51′ 29.60″ N, 2° 17′ 40.20″ E"
    assert degrees(-33.9999999, -70.5) == "34° 0′ 0.00″ S, 70° 30′ 0.00″ W"


def test_writes_geo_uris() -> None:
    """RFC 5870: altitude and uncertainty in metres, no exponents, no trailing zeros."""
    assert geo_uri(48.858222, 2.2945) == "geo:48.858222,2.2945"
    assert geo_uri(48.858222, 2.2945, 35.25, 10) == "geo:48.858222,2.2945,35.25;u=10"
    assert geo_uri(0.0000001, 1e-7, uncertainty_m=0.5) == "geo:0,0;u=0.5"
    assert geo_uri(-10, 120, -430) == "geo:-10,120,-430"


def test_gives_the_poles_and_the_date_line_one_name_each() -> None:
    """RFC 5870, section 3.4.2."""
    assert geo_uri(90, 77) == "geo:90,0"
    assert geo_uri(5, 180) == geo_uri(5, -180) == "geo:5,-180"


@pytest.mark.parametrize("write", [decimal, degrees, geo_uri, plus_code])
@pytest.mark.parametrize("place", [(math.nan, 0.0), (0.0, math.inf), (91.0, 0.0), (0.0, -181.0)])
def test_refuses_what_is_no_place(write: object, place: tuple[float, float]) -> None:
    """Each way of writing refuses alike."""
    assert callable(write)
    with pytest.raises(ValueError, match="is a number from"):
        write(*place)


@pytest.mark.parametrize(
    "extra", [{"uncertainty_m": -1.0}, {"uncertainty_m": math.nan}, {"altitude": math.inf}]
)
def test_refuses_lengths_that_are_none(extra: dict[str, float]) -> None:
    """An uncertainty cannot be negative, an altitude not endless."""
    with pytest.raises(ValueError, match="number of metres"):
        geo_uri(0, 0, **extra)
