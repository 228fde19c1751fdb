"""Reports of the check: for machines, for logs, and without what the files say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import mapy
from mapy.batch import Unread
from mapy.check import DEFAULT, Judge, Level, Outcome, Result, junit, sarif, text
from mapy.check.addresses import reference
from mapy.check.described import INCOMPLETE, described
from mapy.check.policy import policy_of
from mapy.errors import Problem, Span
from mapy.explain.finding import Weight
from mapy_builders import camera, exif, jpeg, tiff
from mapy_fact_builders import HOSTILE, finding, tag

SECRET = "33.86 S"
PHOTO = mapy.read(jpeg(exif(tiff(camera()))))
FINDINGS = [
    finding("place.position", Weight.HIGH, tag("GPS:GPSLatitude", SECRET), what=f"At {SECRET}."),
    finding("time.taken", Weight.LOOK, tag("ExifIFD:DateTimeOriginal", SECRET)),
    finding("device.camera", Weight.NOTE, tag("IFD0:Model", SECRET)),
]
OUTCOME = Judge(DEFAULT).outcome("in/photo 1.jpg", PHOTO, FINDINGS)
CLEAN = Outcome("clean.jpg")
UNREAD = Outcome("broken.jpg", error=Unread("file.broken", "It is broken.", "Copy it again."))
ALL = (OUTCOME, CLEAN, UNREAD)


def log(*outcomes: Outcome) -> Any:
    """The SARIF of these outcomes."""
    return json.loads("".join(sarif.pieces(outcomes, "1.0")))


def suite(*outcomes: Outcome) -> ET.Element:
    """The JUnit XML of these outcomes."""
    root = ET.fromstring("".join(junit.pieces(outcomes)).encode())  # noqa: S314 - our own
    found = root.find("testsuite")
    assert found is not None
    return found


def test_an_outcome_keeps_what_fails_and_what_warns() -> None:
    """Rules, levels and names of tags; what passes leaves nothing."""
    assert [(each.rule, each.level) for each in OUTCOME.results] == [
        ("place.position", Level.FAIL),
        ("time.taken", Level.WARN),
    ]
    assert OUTCOME.results[0].tags == ("GPS:GPSLatitude",)
    assert (OUTCOME.fails, CLEAN.fails, UNREAD.fails) == (True, False, True)


@pytest.mark.parametrize(
    "report",
    [
        "".join(sarif.pieces(ALL, "1.0")),
        "".join(junit.pieces(ALL)),
        "\n".join(line for outcome in ALL for line in text.lines(outcome)),
    ],
    ids=["sarif", "junit", "text"],
)
def test_no_report_holds_a_value_of_a_file(report: str) -> None:
    """Logs of builds are read by many."""
    assert "place.position" in report
    assert SECRET not in report


def test_values_are_told_where_they_are_asked_for() -> None:
    """On a person's own machine that is what helps."""
    outcome = Judge(DEFAULT, with_values=True).outcome("a.jpg", PHOTO, FINDINGS)

    assert outcome.results[0].message == f"At {SECRET}."


def test_a_file_that_could_not_be_read_to_its_end_warns() -> None:
    """What stands there nobody knows; a policy may let it fail or pass."""
    problem = Problem("file.cut-short", "It stops.", Span(9, 0))
    cut = mapy.Metadata(format="JPEG", media_type="image/jpeg", size=9, problems=(problem,))
    rules = [result.rule for result in Judge(DEFAULT).outcome("a.jpg", cut, ()).results]
    strict = Judge(policy_of({"rules": {INCOMPLETE: "fail"}}))
    lax = Judge(policy_of({"rules": {INCOMPLETE: "ignore"}}))

    assert rules == [INCOMPLETE]
    assert strict.outcome("a.jpg", cut, ()).fails
    assert lax.outcome("a.jpg", cut, ()).results == ()


def test_a_result_keeps_few_and_short_names_of_tags() -> None:
    """A file can name thousands of tags, each with a name as long as it likes."""
    tags = [tag(f"XMP-x:{number}{'x' * 500}") for number in range(500)]
    outcome = Judge(DEFAULT).outcome("a", PHOTO, [finding("place.position", Weight.HIGH, *tags)])

    assert len(outcome.results[0].tags) == 20
    assert max(map(len, outcome.results[0].tags)) == 100


def test_sarif_has_every_rule_with_its_help() -> None:
    """Also those that found nothing: a reader sees what was looked for."""
    driver = log(CLEAN)["runs"][0]["tool"]["driver"]

    assert [rule["id"] for rule in driver["rules"]] == list(described())
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_has_a_result_for_each_finding() -> None:
    """Its rule by name and place in the list, its level, its file as a relative address."""
    run = log(*ALL)["runs"][0]
    first, second = run["results"]

    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    assert [first["ruleId"], first["level"]] == ["place.position", "error"]
    assert [second["ruleId"], second["level"]] == ["time.taken", "warning"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "in/photo%201.jpg"},
        "region": {"startLine": 1, "byteOffset": 100, "byteLength": 6},
    }


def test_sarif_knows_a_finding_again() -> None:
    """By rule, file and tags: not by where they stand, which changes with each edit."""
    one, other = log(OUTCOME)["runs"][0]["results"]
    moved = OUTCOME._replace(
        results=tuple(each._replace(span=Span(7, 7)) for each in OUTCOME.results)
    )
    again = log(moved)["runs"][0]["results"][0]

    assert one["partialFingerprints"] == again["partialFingerprints"]
    assert one["partialFingerprints"] != other["partialFingerprints"]


def test_a_policy_sees_a_path_from_the_working_folder() -> None:
    """However it was given."""
    judge = Judge(policy_of({"paths": [{"match": "press/*", "rules": {"place": "ignore"}}]}))
    names = ("press/a.jpg", "./press/a.jpg", str(Path.cwd() / "press" / "a.jpg"), "other/a.jpg")

    assert [judge.outcome(name, PHOTO, FINDINGS[:1]).fails for name in names] == [
        *(False, False, False, True),
    ]


def test_sarif_tells_what_could_not_be_read() -> None:
    """A run that did not see every file was no success."""
    invocation = log(*ALL)["runs"][0]["invocations"][0]

    assert invocation["executionSuccessful"] is False
    assert [each["message"]["text"] for each in invocation["toolExecutionNotifications"]] == [
        "It is broken. Copy it again."
    ]
    assert log(CLEAN)["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_junit_has_a_case_for_each_file() -> None:
    """A failure, a pass, an error; warnings are what the case printed."""
    found = suite(*ALL)
    cases = list(found)

    assert found.attrib == {
        "name": "mapy check",
        "tests": "3",
        "failures": "1",
        "errors": "1",
        "skipped": "0",
    }
    assert [case.get("name") for case in cases] == ["in/photo 1.jpg", "clean.jpg", "broken.jpg"]
    assert [[child.tag for child in case] for case in cases] == [
        ["failure", "system-out"],
        [],
        ["error"],
    ]
    assert (cases[0][0].get("type"), cases[2][0].get("type")) == ("place.position", "file.broken")


def test_a_hostile_name_stays_a_name() -> None:
    """In XML, in JSON, in a log: no element, no escape of the terminal, no line of its own."""
    hostile = Outcome(
        f"\n::error::{HOSTILE}",
        (Result("place.position", Weight.HIGH, Level.FAIL, (HOSTILE,), Span(0, 1), "It."),),
    )
    lines = list(text.lines(hostile))

    assert [child.tag for child in suite(hostile)[0]] == ["failure"]
    assert "".join(sarif.pieces((hostile,), "1.0")).encode()
    assert len(log(hostile)["runs"][0]["results"]) == 1
    assert len(lines) == 2
    assert not any(line.startswith(":") or "\x1b" in line or "\n" in line for line in lines)


def test_the_text_has_a_line_for_each_result_and_none_for_what_passes() -> None:
    """FAIL, WARN, UNREAD in front, so that a log can be searched."""
    lines = [line for outcome in ALL for line in text.lines(outcome)]

    assert [line.split()[0] for line in lines] == ["FAIL", "FAIL", "WARN", "UNREAD"]
    assert text.ending(ALL) == (
        "Files checked: 3. Failing: 1. Passing with a warning: 0. Unreadable: 1."
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jpg", "a.jpg"),
        ("./in/../a b.jpg", "a%20b.jpg"),
        ("c:d.jpg", "c%3Ad.jpg"),
        ("Über#?.jpg", "%C3%9Cber%23%3F.jpg"),
        (str(Path.cwd() / "in" / "a.jpg"), "in/a.jpg"),
        ("/elsewhere/a.jpg", "file:///elsewhere/a.jpg"),
    ],
)
def test_a_path_is_a_relative_address(name: str, expected: str) -> None:
    """What has a meaning in an address is written with a per cent sign."""
    assert reference(name) == expected
