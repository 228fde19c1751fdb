"""What the file's own name gives away."""

from __future__ import annotations

import pytest

from mapy.explain.rules.name import PATTERNS, moment_in
from mapy_explain_builders import findings, what


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("IMG-20190101-WA0001.jpg", "WhatsApp"),
        ("WhatsApp Image 2020-05-01 at 10.11.12.jpeg", "WhatsApp"),
        ("signal-2020-05-01-101112.jpg", "Signal"),
        ("photo_2020-05-01_10-11-12.jpg", "Telegram"),
        ("FB_IMG_1588327872000.jpg", "Facebook"),
        ("94137712_10158612349871234_8349182347891234567_n.jpg", "Facebook"),
        ("received_245678901234567.jpeg", "Facebook"),
        ("Screenshot_20200501-101112_Maps.png", "a screen"),
        ("Screen Shot 2020-05-01 at 10.11.12.png", "a screen"),
        ("PXL_20200501_101112345.jpg", "a Google Pixel phone"),
        ("IMG_20200501_101112.jpg", "an Android phone"),
        ("20200501_101112.jpg", "a phone"),
        ("IMG_1234.HEIC", "an iPhone or a Canon camera"),
        ("IMG_E1234.JPG", "an iPhone or a Canon camera"),
        ("DSC_0307.NEF", "a Nikon or Sony camera"),
        ("DSC01234.ARW", "a Nikon or Sony camera"),
        ("DSCN0029.jpg", "a Nikon camera"),
        ("DSCF1234.RAF", "a Fujifilm camera"),
        ("DJI_0042.DNG", "a DJI drone"),
        ("GOPR0042.JPG", "a GoPro camera"),
        ("P1000240.JPG", "an Olympus or Panasonic camera"),
        ("IMGP1234.PEF", "a Pentax camera"),
        ("SDIM0042.X3F", "a Sigma camera"),
    ],
)
def test_knows_how_devices_and_services_name(name: str, by: str) -> None:
    """More than twenty habits."""
    expected = f"The file's name, “{name}”, is one that {by} gives."
    assert what(findings({}, name=name), "name.device") == expected


@pytest.mark.parametrize(
    "name", ["picture.jpg", "anna-weber.jpg", "beach.png", "P1.jpg", "IMG.jpg", "1234.jpg", ""]
)
def test_other_names_give_nothing_away(name: str) -> None:
    """Names of people are never guessed."""
    assert findings({}, name=name) == {}


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2020-05-01.jpg", "2020-05-01"),
        ("beach 20200501.jpg", "2020-05-01"),
        ("IMG_20200501_101112.jpg", "2020-05-01 10:11:12"),
        ("Screen Shot 2020-05-01 at 10.11.12.png", "2020-05-01 10:11:12"),
        ("photo_2020-05-01_10-11-12.jpg", "2020-05-01 10:11:12"),
        ("1402522741337.jpg", "2014-06-11 21:39:01"),
    ],
)
def test_finds_the_moment_in_a_name(name: str, moment: str) -> None:
    """A day, a time, or milliseconds since 1970."""
    expected = f"The file's name, “{name}”, holds a date: {moment}."
    assert what(findings({}, name=name), "name.moment") == expected


@pytest.mark.parametrize("name", ["20201345.jpg", "2020.jpg", "20200231.jpg", "99999999999999.jpg"])
def test_other_numbers_are_no_moment(name: str) -> None:
    """No such month, no such day, or only a year."""
    assert moment_in(name) is None


def test_a_name_that_disagrees_with_the_inside_is_noted() -> None:
    """Two days apart or more."""
    tags = {"ExifIFD:DateTimeOriginal": "2020:05:11 10:00:00"}
    assert what(findings(tags, name="2020-05-01.jpg"), "name.disagreement") == (
        "The date in the file's name (2020-05-01) and the date inside (2020-05-11 10:00) are 10 d"
        " apart."
    )
    assert "name.disagreement" not in findings(tags, name="2020-05-12.jpg")


def test_finds_other_names_inside() -> None:
    """Of the raw file, of ingredients; not the one it has."""
    tags = {"XMP-crs:RawFileName": "DSC_1801.NEF", "CBOR:Title": "A.jpg"}
    found = findings(tags, name="picture.jpg")
    assert what(found, "name.former") == (
        "The file names other files, or the name it had: DSC_1801.NEF, A.jpg."
    )
    assert "name.former" not in findings({"XMP-crs:RawFileName": "a.nef"}, name="A.NEF")


def test_every_habit_has_a_name_of_its_own() -> None:
    """No pattern fits the empty name."""
    assert [each for each in PATTERNS if each.pattern.search("")] == []
