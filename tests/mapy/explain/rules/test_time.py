"""Times: what they say, and what does not add up. Always the arithmetic, never a verdict."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mapy import Weight
from mapy.explain.facts import Facts
from mapy.explain.rules import RULES, findings_of
from mapy_explain_builders import findings, metadata_of, what

if TYPE_CHECKING:
    from collections.abc import Mapping

ROME = {"GPS:GPSLatitude": 43.4674, "GPS:GPSLongitude": 11.8851}
TAKEN = {"ExifIFD:DateTimeOriginal": "2018:07:25 16:34:23"}
SUMMER = {**TAKEN, "ExifIFD:OffsetTimeOriginal": "+02:00"}


def satellites(time: str) -> dict[str, object]:
    """GPS's date and time of day, in UTC."""
    return {"GPS:GPSDateStamp": "2018:07:25", "GPS:GPSTimeStamp": time}


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        (
            TAKEN,
            (
                "The picture was taken on 2018-07-25 16:34:23, by its own word, in EXIF. No time"
                " zone is named."
            ),
        ),
        (
            {**SUMMER, "XMP-photoshop:DateCreated": "2018:07:25 16:34:23"},
            (
                "The picture was taken on 2018-07-25 16:34:23, by its own word, in EXIF and XMP."
                " The clock was set to UTC+02:00."
            ),
        ),
        (
            {"IPTC:DateCreated": "2018:07:25", "IPTC:TimeCreated": "16:34:00-05:30"},
            (
                "The picture was taken on 2018-07-25 16:34, by its own word, in IPTC. The clock was"
                " set to UTC-05:30."
            ),
        ),
    ],
)
def test_says_when_it_was_taken(tags: dict[str, object], sentence: str) -> None:
    """With the zone, or that there is none, and every copy."""
    assert sentence == what(findings(tags), "time.taken")


@pytest.mark.parametrize("moment", ["0000:00:00 00:00:00", "", "    :  :     :  :  ", "soon"])
def test_a_clock_that_was_never_set_says_nothing(moment: str) -> None:
    """Zeros and blanks are no moment."""
    found = findings({"ExifIFD:DateTimeOriginal": moment})
    assert [rule for rule in found if rule.startswith("time.")] == []


def test_the_zone_of_a_change_is_not_that_of_the_picture() -> None:
    """OffsetTime belongs to ModifyDate; the moment of taking keeps its own."""
    tags = {**SUMMER, "IFD0:ModifyDate": "2018:07:26 09:00:00", "ExifIFD:OffsetTime": "-07:00"}
    assert "UTC+02:00" in what(findings(tags), "time.taken")


@pytest.mark.parametrize(
    ("tags", "weight", "sentence"),
    [
        (
            {**TAKEN, **satellites("14:34:23")},
            Weight.NOTE,
            (
                "The camera's clock said 2018-07-25 16:34:23 when the satellites said 2018-07-25"
                " 14:34:23 in UTC: it was set to UTC+02:00."
            ),
        ),
        (
            {**TAKEN, **satellites("14:01:00")},
            Weight.LOOK,
            (
                "The camera's clock said 2018-07-25 16:34:23, the satellites 2018-07-25 14:01 in"
                " UTC. The difference of 2 h 33 min is no time zone's."
            ),
        ),
        (
            {**SUMMER, **satellites("13:34:23")},
            Weight.LOOK,
            (
                "The camera's clock and the satellites' differ by 1 h: 2018-07-25 16:34:23 less"
                " UTC+02:00 is 2018-07-25 14:34:23 in UTC; the satellites said 2018-07-25 13:34:23."
            ),
        ),
    ],
)
def test_the_cameras_clock_against_the_satellites(
    tags: dict[str, object], weight: Weight, sentence: str
) -> None:
    """A whole zone's difference is a zone; any other is worth a look."""
    found = findings(tags)
    assert sentence == what(found, "time.satellites")
    assert found["time.satellites"].weight is weight


def test_clocks_that_agree_are_no_finding() -> None:
    """Two minutes are nothing between clocks."""
    assert "time.satellites" not in findings({**SUMMER, **satellites("14:33:00")})


@pytest.mark.parametrize(
    ("offset", "weight"), [("+02:00", None), ("+01:00", Weight.NOTE), ("-05:00", Weight.LOOK)]
)
def test_the_offset_against_the_zone_of_the_place(offset: str, weight: Weight | None) -> None:
    """One hour is a summer time that was forgotten; more is another place's time."""
    found = findings({**TAKEN, **ROME, "ExifIFD:OffsetTimeOriginal": offset})

    assert weight == (found["time.zone"].weight if "time.zone" in found else None)
    if weight is not None:
        assert "clocks showed UTC+02:00 on that day (Europe/Rome, by the nearest place)" in what(
            found, "time.zone"
        )


def exposure(aperture: float, seconds: float, iso: int, flash: int = 16) -> dict[str, object]:
    """What tells how bright it was."""
    return {
        "ExifIFD:FNumber": aperture,
        "ExifIFD:ExposureTime": seconds,
        "ExifIFD:ISO": iso,
        "ExifIFD:Flash": flash,
    }


NOON = {**ROME, **TAKEN, "ExifIFD:DateTimeOriginal": "2018:07:25 13:10:00"}
NIGHT = {**ROME, **TAKEN, "ExifIFD:DateTimeOriginal": "2018:07:25 01:10:00"}


def test_the_exposure_of_the_dark_at_noon_is_worth_a_look() -> None:
    """The sentence has the sun's height, the exposure value, and harmless reasons."""
    found = findings({**NOON, **exposure(2.8, 15, 800)})["time.sun"]

    assert (
        "At that place and time (2018-07-25 11:10 in UTC) the sun stood 66° high, but the exposure"
        " is that of the dark (exposure value -4; daylight has 12 and more)."
    ) in str(found.what)
    assert found.weight is Weight.LOOK


def test_daylight_at_night_is_worth_a_look() -> None:
    """Unless a flash made it."""
    assert "27° below the horizon" in what(
        findings({**NIGHT, **exposure(8, 1 / 500, 100)}), "time.sun"
    )
    assert "time.sun" not in findings({**NIGHT, **exposure(8, 1 / 500, 100, flash=1)})


@pytest.mark.parametrize(
    "tags",
    [
        {**NOON, **exposure(8, 1 / 500, 100)},
        {**NOON, **exposure(2.8, 1 / 30, 800)},
        {**NIGHT, **exposure(2.8, 1 / 30, 3200)},
        {**NIGHT, **exposure(0, 0, 0)},
        {**TAKEN, **exposure(2.8, 15, 800)},
    ],
)
def test_light_that_fits_is_no_finding(tags: dict[str, object]) -> None:
    """Daylight by day, a room by day, a lamp at night; no numbers, no place."""
    assert "time.sun" not in findings(tags)


def on_2026_11_22(tags: Mapping[str, object]) -> str:
    """The sentence about an impossible date, told on that day."""
    facts = Facts(metadata_of(tags), now=datetime(2026, 11, 22, tzinfo=UTC))
    found = [each for each in findings_of(facts) if each.rule == "time.impossible"]
    return str(found[0].what) if found else ""


def test_a_date_in_the_future_is_worth_a_look() -> None:
    """More than two days ahead: zones and fast clocks are less."""
    assert on_2026_11_22({"ExifIFD:DateTimeOriginal": "2099:09:29 10:10:10"}) == (
        "A date lies in the future: 2099-09-29 10:10:10, in EXIF."
    )
    assert on_2026_11_22({"ExifIFD:DateTimeOriginal": "2026:11:23 10:10:10"}) == ""


def test_a_date_before_digital_cameras_is_worth_a_look_where_a_camera_wrote_it() -> None:
    """A scan of an old print has an old date for a good reason."""
    old = {"ExifIFD:DateTimeOriginal": "1970:01:01 00:03:26"}
    assert "older than digital cameras" in on_2026_11_22({**old, "ExifIFD:ExposureTime": 0.01})
    assert on_2026_11_22(old) == ""


def test_a_change_before_the_picture_was_taken_is_worth_a_look() -> None:
    """Whatever the zones are."""
    tags = {**TAKEN, "IFD0:ModifyDate": "2018:07:01 09:00:00"}
    assert what(findings(tags), "time.order") == (
        "The file says that it was changed 24 d before it was taken: changed 2018-07-01 09:00,"
        " taken 2018-07-25 16:34:23."
    )
    assert "time.order" not in findings({**TAKEN, "IFD0:ModifyDate": "2018:07:25 07:34:23"})


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        ({"XMP-exif:DateTimeOriginal": "2018:07:25 16:34:23"}, False),
        ({"XMP-exif:DateTimeOriginal": "2018:07:25 16:34:23Z"}, False),
        ({"XMP-exif:DateTimeOriginal": "2018:07:25 14:34:23Z"}, False),
        ({"IPTC:DateCreated": "2018:07:25", "IPTC:TimeCreated": "16:34:23-05:00"}, False),
        ({"XMP-photoshop:DateCreated": "2018:07:25 00:00:00"}, False),
        ({"XMP-exif:DateTimeOriginal": "2019:07:25 16:34:23"}, True),
        ({"XMP-exif:DateTimeOriginal": "2018:07:25 13:04:23Z"}, False),
        ({"XMP-exif:DateTimeOriginal": "2018:07:25 14:11:23Z"}, True),
    ],
)
def test_two_blocks_that_name_different_moments(
    other: dict[str, object], *, is_found: bool
) -> None:
    """A zone, a made-up zone and a day without a time are no difference."""
    assert is_found == ("time.disagreement" in findings({**TAKEN, **other}))


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_ends_of_the_calendar_are_survived(year: str) -> None:
    """No arithmetic leaves the years that there are."""
    ends = f"{year}:01:01 00:00:00"
    tags = {
        **ROME,
        "ExifIFD:DateTimeOriginal": ends,
        "ExifIFD:OffsetTimeOriginal": "+14:00",
        "XMP-xmp:ModifyDate": f"{ends}-12:00",
        "GPS:GPSDateStamp": ends[:10],
        "GPS:GPSTimeStamp": "00:00:00",
    }
    assert "time.taken" not in findings(tags)


def test_no_sentence_judges() -> None:
    """Metadata are evidence, and no rule calls a file false."""
    words = " ".join(f"{rule.summary} {rule.why}".lower() for rule in RULES)
    assert [word for word in ("fake", "forged", "manipulated", "tampered") if word in words] == []
