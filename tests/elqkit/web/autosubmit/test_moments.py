"""What the page of a run says: a number only where there is one."""

from __future__ import annotations

from dataclasses import replace
import time
from typing import Any

import pytest

from elqkit.output.words import about
from elqkit.web.autosubmit.moments import moment_of
from elqkit.web.autosubmit.words import said
from safelight.api import JobState, JobView, Refusal

RUNNING = JobView("1", "autosubmit", JobState.RUNNING, "", None, None, None, (), 0.0, 0.0, None)


def told(**more: Any) -> dict[str, Any]:
    """A report of a run under way."""
    counts = {"read": 100, "accepted": 40, "refused": 0, "skipped": 10, "unknown": 0, "left": 50}
    rate = {"rows_per_s": 12.34, "eta_s": 175.0, "held_s": 0.0, "at": time.time()}
    return {"state": "running", "reason": "", **counts, **rate, **more}


def under_way(**more: Any) -> JobView:
    """A run under way."""
    return replace(RUNNING, progress=told(**more))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "a few seconds"),
        (12.0, "about 10 seconds"),
        (49.0, "about 50 seconds"),
        (70.0, "about a minute"),
        (170.0, "about 3 minutes"),
        (3_600.0, "about an hour"),
        (7_300.0, "about 2 hours"),
        (3 * 86_400.0, "about 3 days"),
        (1e15, "more than a week"),
    ],
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    """Rounded more the longer they are; never trillions of minutes."""
    assert about(seconds) == words


def test_a_run_tells_rate_and_time() -> None:
    """While it moves."""
    moment = moment_of(under_way())
    assert (moment.heading, moment.speed) == (
        "Sending",
        "12 rows a second · about 3 minutes left",
    )
    assert moment.percent == 50


@pytest.mark.parametrize(
    "more",
    [{"rows_per_s": None, "eta_s": None}, {"rows_per_s": 0.0, "eta_s": None}, {"at": 0.0}],
    ids=["just begun", "stalled", "told long ago"],
)
def test_without_a_rate_no_number_is_made_up(more: dict[str, Any]) -> None:
    """Nothing is said instead."""
    assert moment_of(under_way(**more)).speed == ""


def test_a_pause_counts_down() -> None:
    """From when it was told."""
    view = under_way(held_s=9.0, at=time.time() - 2.0, rows_per_s=None, eta_s=None)
    assert moment_of(view).speed == "goes on in 7 s"


@pytest.mark.parametrize(
    ("view", "heading"),
    [
        (replace(RUNNING, state=JobState.WAITING), "Waiting for its turn"),
        (replace(under_way(), command="pause"), "Pausing: calls under way end first"),
        (under_way(state="paused"), "Paused"),
        (replace(under_way(), command="cancel"), "Stopping: calls under way end first"),
        (replace(RUNNING, state=JobState.LOST), "The run was cut off"),
        (replace(RUNNING, state=JobState.FAILED), "The run could not go on"),
        (replace(RUNNING, state=JobState.CANCELLED), "Stopped by you before it began"),
    ],
)
def test_each_state_has_its_words(view: JobView, heading: str) -> None:
    """Under way, or over without a result."""
    assert moment_of(view).heading == heading


@pytest.mark.parametrize(
    ("more", "heading", "is_complete"),
    [
        ({"left": 0, "accepted": 100, "skipped": 0}, "Every row was accepted", True),
        (
            {"left": 0, "accepted": 90},
            "Every row has an outcome, and some were not taken",
            True,
        ),
        (
            {"left": 0, "accepted": 89, "unknown": 1},
            "Every row was dealt with, and of some the outcome is unknown",
            True,
        ),
        ({"state": "cancelled"}, "Stopped by you, with rows left", False),
        ({"state": "stopped"}, "Stopped by itself, with rows left", False),
        ({"state": "done"}, "Stopped by itself, with rows left", False),
    ],
)
def test_complete_is_said_only_where_the_counts_balance(
    more: dict[str, Any], heading: str, is_complete: bool
) -> None:
    """Whatever state the run claims."""
    moment = moment_of(replace(RUNNING, state=JobState.DONE, result=told(**more)))
    assert (moment.heading, moment.is_complete) == (heading, is_complete)


def test_why_a_run_ended_is_said() -> None:
    """By its code, or by the refusal of its job."""
    refusal = Refusal("x", "It did not work.", "Do something.")
    failed = replace(RUNNING, state=JobState.FAILED, refusal=refusal)
    assert moment_of(failed).note == "It did not work."
    stopped = told(state="stopped", reason="unknown.too-many")
    view = replace(RUNNING, state=JobState.DONE, result=stopped)
    assert moment_of(view).note == said("unknown.too-many").message


def test_no_code_of_a_page_speaks_of_the_command_line() -> None:
    """The hints of the library are for both, or have their own words here."""
    from elqkit.output.codes import CODES  # noqa: PLC0415 - here alone

    assert [code for code in CODES if "--" in said(code).hint] == []
