"""What is told of jobs."""

from __future__ import annotations

import logging

import pytest

from safelight.observe import jobs
from safelight_logs import written
from safelight_metrics import added, samples

ID = "0123456789abcdef"
NAMES = {"tool": "toy", "job": "count"}


def test_a_run_is_counted_and_recorded(caplog: pytest.LogCaptureFixture) -> None:
    """When it began, how long it waited and ran, and how it ended."""
    caplog.set_level(logging.INFO, "safelight")
    with added() as count, jobs.running("toy", "count", ID, waited_s=2) as run:
        assert samples()["safelight_jobs_running", ()] == 1
        run.result = "done"
    assert samples()["safelight_jobs_running", ()] == 0
    assert count("safelight_jobs_started_total", **NAMES) == 1
    assert count("safelight_jobs_ended_total", **NAMES, result="done") == 1
    assert count("safelight_job_wait_seconds_sum", **NAMES) == 2
    assert count("safelight_job_seconds_count", **NAMES) == 1
    (line,) = written(caplog.records, "job.ended")
    assert (line["job_id"], line["result"]) == (ID, "done")


def test_a_run_that_breaks_has_failed() -> None:
    """Unless someone says otherwise."""
    with (
        added() as count,
        pytest.raises(ZeroDivisionError),
        jobs.running("toy", "count", ID, waited_s=0),
    ):
        _ = 1 / 0
    assert count("safelight_jobs_ended_total", **NAMES, result="failed") == 1


def test_starting_and_cancelling_are_recorded(caplog: pytest.LogCaptureFixture) -> None:
    """With the number that leads to the job's end."""
    caplog.set_level(logging.INFO, "safelight")
    jobs.asked("toy", "count", ID)
    jobs.cancelled("toy", "count", ID)
    assert [(line["event"], line["job_id"]) for line in written(caplog.records)] == [
        ("job.started", ID),
        ("job.cancelled", ID),
    ]


def test_the_queue_is_asked_when_prometheus_asks() -> None:
    """And not before."""
    waiting = [3.0, 1.0]
    jobs.watch_queue(waiting.pop)
    assert samples()["safelight_jobs_waiting", ()] == 1
    assert samples()["safelight_jobs_waiting", ()] == 3
    jobs.watch_queue(lambda: 0)
