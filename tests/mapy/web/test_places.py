"""The place as the page tells it: in words and codes, and on a map with what the camera knew."""

from __future__ import annotations

import pytest

from mapy.explain.facts import Facts
from mapy.web.listing import NOT_LISTED
from mapy.web.places import Place, place
from mapy_explain_builders import metadata_of

HERE = {"GPS:GPSLatitude": 48.8583, "GPS:GPSLongitude": 2.2945}


def place_in(**more: object) -> Place:
    """The place of a picture in Paris, with more tags of its receiver."""
    tags = {**HERE, **{key.replace("_", ":", 1): value for key, value in more.items()}}
    found = place(Facts(metadata_of(tags)), NOT_LISTED)
    assert found is not None
    return found


def lines(found: Place) -> dict[str, str]:
    """The text form."""
    return {str(line.label): str(line.text) for line in found.lines}


def test_a_place_is_written_in_every_way() -> None:
    """For people, for programs, and with what it is known from."""
    text = lines(place_in())
    assert "GeoNames" in text.pop("Nearest place")
    assert text == {
        "Country": "France",
        "Time zone": "Europe/Paris",
        "Decimal degrees": "48.858300, 2.294500",
        "Degrees": "48° 51′ 29.88″ N, 2° 17′ 40.20″ E",
        "geo URI": "geo:48.8583,2.2945",
        "Plus code": "8FW4V75V+8R",
    }


@pytest.mark.parametrize(
    ("tags", "label", "text"),
    [
        ({"GPS_GPSHPositioningError": 40.0}, "Accuracy", "within 40 m, by the receiver's word"),
        ({"GPS_GPSImgDirection": 90.0}, "Camera looked", "90° from north"),
        (
            {"GPS_GPSImgDirection": 90.0, "GPS_GPSImgDirectionRef": "M"},
            "Camera looked",
            "90° from magnetic north",
        ),
        ({"GPS_GPSAltitude": 35.0}, "Height", "35 m above sea level"),
        (
            {"GPS_GPSDestLatitude": 48.9, "GPS_GPSDestLongitude": 2.3},
            "Aimed at",
            "48.900000, 2.300000",
        ),
        (
            {"XMP-exif_GPSLatitude": 48.9, "XMP-exif_GPSLongitude": 2.3},
            "Told elsewhere",
            "48.900000, 2.300000",
        ),
    ],
)
def test_what_the_receiver_knew_is_told(tags: dict[str, object], label: str, text: str) -> None:
    """How exact it is, which way the camera looked, and each other place in the file."""
    assert lines(place_in(**tags))[label] == text


def test_a_copy_of_the_place_is_no_other_place() -> None:
    """XMP often says the same with fewer digits."""
    copy = {"XMP-exif_GPSLatitude": 48.85835, "XMP-exif_GPSLongitude": 2.29455}
    assert "Told elsewhere" not in lines(place_in(**copy))


def test_the_map_shows_what_the_camera_saw() -> None:
    """The wedge of its lens, in its direction."""
    found = place_in(GPS_GPSImgDirection=90.0, ExifIFD_FocalLengthIn35mmFormat=35)
    assert ("map-view" in found.near, "map-view" in place_in().near) == (True, False)


@pytest.mark.parametrize("value", [-1.0, 400.0, 1e9])
def test_what_no_receiver_says_is_not_drawn(value: float) -> None:
    """Hostile numbers change nothing but themselves."""
    found = place_in(GPS_GPSImgDirection=value, GPS_GPSHPositioningError=value * 1e6)
    assert "map-view" not in found.near


def test_without_a_position_there_is_no_place() -> None:
    """Nothing is guessed."""
    assert place(Facts(metadata_of({"IFD0:Make": "Lamp"})), NOT_LISTED) is None
