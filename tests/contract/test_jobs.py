"""What jobs do, wherever they are kept: run, tell, listen, end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from safelight.api import JobState, Refusal
from safelight.jobs import queue, store
from toy_tool.jobs import SECRET, jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.api import Job, JobView, Json
    from safelight.sharing import Shared

OWNER, OTHER = "owner", "other"
PATIENCE_S = 10
JOBS: dict[str, Job] = {job.name: job for job in jobs({})}
FAR: dict[str, Json] = {"way": "far", "steps": 100_000, "step_s": 0.01}


def start(shared: Shared, name: str = "walk", details: Json = None, **files: bytes) -> str:
    """One of the toy's jobs."""
    return shared.jobs.start(OWNER, "toy", JOBS[name], details, files)


def view(shared: Shared, id_: str) -> JobView:
    """As its owner sees it."""
    found = shared.jobs.job(OWNER, id_)
    assert found is not None
    return found


def until(shared: Shared, id_: str, is_so: Callable[[JobView], bool]) -> JobView:
    """Wait for a job to come to a point."""
    end = time.monotonic() + PATIENCE_S
    while not is_so(found := view(shared, id_)):
        assert time.monotonic() < end, found
        time.sleep(0.01)
    return found


def over(shared: Shared, id_: str) -> JobView:
    """A job when it is over."""
    return until(shared, id_, lambda job: job.state.is_over)


def steps(job: JobView) -> int:
    """How far a walk is."""
    return job.progress["steps"] if isinstance(job.progress, dict) else 0  # type: ignore[return-value]


def test_a_job_gets_what_it_was_started_with(shared: Shared) -> None:
    """Details, files, the settings of its tool; and its owner what it finished with."""
    ended = over(shared, start(shared, "show", {"a": [1, None]}, first=b"12345", second=b""))
    assert ended.state is JobState.DONE
    assert ended.result == {
        "details": {"a": [1, None]},
        "sizes": {"first": 5, "second": 0},
        "max": 1000,
    }
    assert ended.created <= (ended.started or 0) <= (ended.ended or 0)


def test_a_job_tells_how_far_it_is(shared: Shared) -> None:
    """While it runs, and what it told last when it is over."""
    id_ = start(shared, "walk", {"way": "short", "steps": 100, "step_s": 0.01})
    assert 0 < steps(until(shared, id_, lambda job: steps(job) > 0)) < 100
    assert over(shared, id_).progress == {"steps": 100}


def test_a_job_keeps_files_for_its_owner(shared: Shared) -> None:
    """For nobody else."""
    ended = over(shared, start(shared, "walk", {"way": "short", "steps": 2, "step_s": 0}))
    assert ended.files == ("way.txt",)
    assert shared.jobs.file(OWNER, ended.id, "way.txt") == b"step 0\nstep 1"
    assert shared.jobs.file(OWNER, ended.id, "other.txt") is None
    assert shared.jobs.file(OTHER, ended.id, "way.txt") is None


def test_a_job_is_its_owners_alone(shared: Shared) -> None:
    """Another one can't see, list or command it, nor can a page of another tool."""
    id_ = start(shared, "walk", FAR)
    assert shared.jobs.job(OTHER, id_) is None
    assert shared.jobs.jobs(OTHER, "toy") == []
    assert shared.jobs.job(OWNER, id_, "mapy") is None
    with pytest.raises(Refusal, match=r"job\.unknown"):
        shared.jobs.command(OTHER, id_, "cancel")
    with pytest.raises(Refusal, match=r"job\.unknown"):
        shared.jobs.command(OWNER, id_, "cancel", "mapy")
    shared.jobs.command(OWNER, id_, "cancel")


def test_a_running_job_hears_a_cancel_within_half_a_second(shared: Shared) -> None:
    """And ends as cancelled, with what it has done."""
    id_ = start(shared, "walk", FAR)
    until(shared, id_, lambda job: steps(job) > 0)
    began = time.monotonic()
    shared.jobs.command(OWNER, id_, "cancel")
    ended = over(shared, id_)
    assert time.monotonic() - began < 0.6  # and a little for the test's own looking
    assert ended.state is JobState.CANCELLED
    assert ended.result == ended.progress


def test_a_job_is_paused_and_goes_on(shared: Shared) -> None:
    """It tells of both."""
    id_ = start(shared, "walk", FAR)
    until(shared, id_, lambda job: steps(job) > 0)
    shared.jobs.command(OWNER, id_, "pause")
    time.sleep(0.8)  # it hears of it within a quarter of a second, and tells of it in another
    resting = view(shared, id_)
    time.sleep(0.3)
    assert (resting.command, steps(view(shared, id_))) == ("pause", steps(resting))
    shared.jobs.command(OWNER, id_, "go-on")
    until(shared, id_, lambda job: steps(job) > steps(resting))
    shared.jobs.command(OWNER, id_, "cancel")
    over(shared, id_)


def test_what_is_over_hears_nothing(shared: Shared) -> None:
    """Its owner is told so."""
    ended = over(shared, start(shared, "show"))
    with pytest.raises(Refusal, match=r"job\.over"):
        shared.jobs.command(OWNER, ended.id, "cancel")
    with pytest.raises(Refusal, match=r"job\.unknown-command"):
        shared.jobs.command(OWNER, ended.id, "explode")


def test_a_job_may_refuse(shared: Shared) -> None:
    """Its owner reads why, and how far it came."""
    ended = over(shared, start(shared, "refuse"))
    assert (ended.state, ended.progress) == (JobState.FAILED, {"seen": True})
    assert ended.refusal is not None
    assert (ended.refusal.code, ended.refusal.hint) == ("toy.refused", "Send another.")


def test_a_job_that_breaks_tells_nothing_of_it(
    shared: Shared, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither its owner nor the log reads an exception's text."""
    ended = over(shared, start(shared, "crash"))
    assert ended.state is JobState.FAILED
    assert ended.refusal is not None
    assert ended.refusal.code == "job.fault"
    assert SECRET not in ended.refusal.message + caplog.text


def test_a_job_whose_time_is_over_is_asked_to_end(shared: Shared) -> None:
    """By a cancel; it has failed, with what it has done."""
    ended = over(shared, start(shared, "hasty-walk", FAR))
    assert (ended.state, steps(ended) > 0) == (JobState.FAILED, True)
    assert ended.refusal is not None
    assert ended.refusal.code == "job.out-of-time"


def test_a_job_that_does_not_end_is_interrupted(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its next step in Python; the thread works on the next job."""
    monkeypatch.setattr(queue, "OVERRUN_S", 0)
    ended = over(shared, start(shared, "overstay"))
    assert ended.refusal is not None
    assert ended.refusal.code == "job.out-of-time"
    assert over(shared, start(shared, "show")).state is JobState.DONE


def test_what_a_job_was_started_with_is_gone_when_it_is_over(shared: Shared) -> None:
    """Its files and details; the last word and the progress lie in its record."""
    id_ = over(shared, start(shared, "show", {"a": 1}, first=b"12345")).id
    names = [f"job:{id_}:file:0", f"job:{id_}:command", f"job:{id_}:progress"]
    assert shared.state.read_all(names) == [None, None, None]
    assert b"details" in (record := shared.state.read(f"job:{id_}") or b"")
    assert b'"details": null' in record


def test_an_owner_has_a_few_jobs_at_a_time(shared: Shared) -> None:
    """One more is refused, and leaves nothing; each that ends makes room."""
    ids = [start(shared, "walk", {**FAR, "way": str(n)}) for n in range(store.MAX_UNFINISHED)]
    with pytest.raises(Refusal, match=r"job\.too-many"):
        start(shared, "show")
    assert [job.id for job in shared.jobs.jobs(OWNER, "toy")] == ids[::-1]
    shared.jobs.command(OWNER, ids[0], "cancel")
    over(shared, ids[0])
    assert over(shared, start(shared, "show")).state is JobState.DONE
    for id_ in ids[1:]:
        shared.jobs.command(OWNER, id_, "cancel")
        over(shared, id_)


def test_the_oldest_job_is_forgotten(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it kept, when there are too many."""
    monkeypatch.setattr(store, "MAX_REMEMBERED", 3)
    details: Json = {"way": "one", "steps": 1, "step_s": 0}
    ids = [over(shared, start(shared, "walk", details)).id for _ in range(4)]
    assert [job.id for job in shared.jobs.jobs(OWNER, "toy")] == ids[:0:-1]
    assert shared.jobs.job(OWNER, ids[0]) is None
    assert shared.state.read(f"job:{ids[0]}:kept:way.txt") is None


def test_a_log_goes_on_where_it_was(shared: Shared) -> None:
    """A second job of the same way has nothing left to do."""
    details: Json = {"way": "same", "steps": 3, "step_s": 0}
    first, second = (over(shared, start(shared, "walk", details)) for _ in range(2))
    assert [first.result, second.result] == [{"steps": 3}, {"steps": 3}]
    assert shared.state.records("log:toy:same") == [b"step 0", b"step 1", b"step 2"]


def test_a_log_is_one_jobs_at_a_time(shared: Shared) -> None:
    """A second one that asks for it fails, and the first goes on."""
    first = start(shared, "walk", FAR)
    until(shared, first, lambda job: steps(job) > 0)
    assert over(shared, start(shared, "walk", FAR)).state is JobState.FAILED
    before = steps(view(shared, first))
    until(shared, first, lambda job: steps(job) > before)
    shared.jobs.command(OWNER, first, "cancel")
    over(shared, first)


def test_a_stop_hands_jobs_back(shared: Shared) -> None:
    """Each comes to a safe point and waits for another worker, as if it had never begun."""
    id_ = start(shared, "walk", FAR)
    until(shared, id_, lambda job: steps(job) > 0)
    began = time.monotonic()
    shared.stop()
    assert time.monotonic() - began < 3
    assert view(shared, id_).state is JobState.WAITING
    assert shared.state.is_held("log:toy:far") is False


def test_a_job_that_no_worker_has_is_cancelled_at_once(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And never begun."""
    shared.stop()
    monkeypatch.setattr(shared.queue, "start_workers", lambda: None)
    id_ = start(shared, "walk", FAR)
    shared.jobs.command(OWNER, id_, "cancel")
    assert view(shared, id_).state is JobState.CANCELLED
