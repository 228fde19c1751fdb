"""The first lines about a picture."""

from __future__ import annotations

import pytest

from mapy.explain import explain
from mapy.explain.facts import Facts
from mapy.explain.finding import Finding, Subject, Weight
from mapy.explain.rules import RULES
from mapy.explain.summary import _HEADLINES, summary_of
from mapy.text import Text
from mapy_explain_builders import metadata_of

ROME = {"GPS:GPSLatitude": 43.4674, "GPS:GPSLongitude": 11.8851}
TAKEN = {"ExifIFD:DateTimeOriginal": "2008:10:22 16:28:39"}


def lines(tags: dict[str, object]) -> list[str]:
    """The lines that there are."""
    metadata = metadata_of(tags)
    summary = summary_of(Facts(metadata), explain(metadata))
    found = (summary.headline, summary.place, summary.time, summary.camera)
    return [str(line) for line in found if line is not None]


def test_says_the_weightiest_first() -> None:
    """Then the place, the time by the place's zone, and the camera."""
    camera = {"IFD0:Make": "NIKON", "IFD0:Model": "COOLPIX P6000"}
    assert lines({**ROME, **TAKEN, **camera}) == [
        "This picture says where it was taken.",
        "43.46740, 11.88510, near the centre of Arezzo, Italy",
        "2008-10-22 16:28:39 (UTC+02:00 by the place; the camera names no time zone)",
        "NIKON COOLPIX P6000",
    ]


@pytest.mark.parametrize(
    ("tags", "line"),
    [
        (TAKEN, "2008-10-22 16:28:39 (no time zone is named)"),
        (
            {**TAKEN, "ExifIFD:OffsetTimeOriginal": "-07:00"},
            "2008-10-22 16:28:39 (UTC-07:00)",
        ),
        (
            {"GPS:GPSDateStamp": "2008:10:22", "GPS:GPSTimeStamp": "14:28:39"},
            "2008-10-22 14:28:39 (UTC, from the satellites)",
        ),
    ],
)
def test_says_where_the_zone_comes_from(tags: dict[str, object], line: str) -> None:
    """The camera, the satellites, or nobody."""
    assert line in lines(tags)


def test_says_so_where_there_is_little_or_nothing() -> None:
    """Never "clean": only that nothing was found."""
    assert lines({}) == ["Nothing was found that this picture gives away."]
    assert lines({"IFD0:Software": "GIMP"}) == [
        "Nothing was found that leads straight to a person or a place."
    ]


def test_every_rule_that_can_weigh_most_has_a_headline() -> None:
    """So that a summary always has one."""
    assert {rule.name for rule in RULES if Weight.HIGH in rule.weights} == set(_HEADLINES)


def test_a_finding_of_a_rule_from_elsewhere_has_a_headline() -> None:
    """Findings are values: anyone can make one."""
    own = Finding("own.rule", Weight.HIGH, Subject.PERSON, Text("."), Text("."), Text("."))
    assert str(summary_of(Facts(metadata_of({})), [own]).headline) == (
        "This picture gives away what can lead to a person or a place."
    )
