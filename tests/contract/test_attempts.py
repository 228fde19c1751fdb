"""Who works on a job: one worker at a time, another one when it dies, and none for ever."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from safelight.api import Job, JobState, LogInUse, LogLost
from safelight.jobs import log, store
from safelight.jobs.log import StateLog
from safelight.jobs.store import Ending, Gone, JobStore
from toy_tool.jobs import walk

if TYPE_CHECKING:
    from safelight.state.interface import State

LEASE_S = 0.3
DEAD_S = 0.35
OWNER = "owner"
DONE = Ending(JobState.DONE, None, "result")


@pytest.fixture(autouse=True)
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is taken for dead after a moment."""
    monkeypatch.setattr(store, "LEASE_S", LEASE_S)
    monkeypatch.setattr(log, "LEASE_S", LEASE_S)


@pytest.fixture
def jobs(state: State) -> JobStore:
    """A store, in memory and in Redis."""
    return JobStore(state, time.time, 60)


def add(jobs: JobStore) -> str:
    """A new job with a file."""
    return jobs.add(OWNER, "toy", Job("walk", walk), {"a": 1}, {"file": b"12345"})


def state_of(jobs: JobStore, id_: str) -> JobState:
    """As its owner sees it."""
    found = jobs.view(id_, OWNER)
    assert found is not None
    return found[1].state


def test_a_job_has_one_worker(jobs: JobStore) -> None:
    """Whoever gets its number too learns that another one is at it."""
    id_ = add(jobs)
    assert jobs.begin(id_, "one") is not None
    with pytest.raises(Gone):
        jobs.begin(id_, "two")


def test_a_dead_workers_job_waits_for_another(jobs: JobStore) -> None:
    """Its owner sees that; the other begins with all that the first one was given."""
    id_ = add(jobs)
    jobs.begin(id_, "one")
    assert state_of(jobs, id_) is JobState.RUNNING
    time.sleep(DEAD_S)
    assert state_of(jobs, id_) is JobState.WAITING
    again = jobs.begin(id_, "two")
    assert again is not None
    assert (again.details, again.files, again.attempts) == ({"a": 1}, ["file"], ["one", "two"])
    assert jobs.state.read(f"job:{id_}:file:0") == b"12345"


def test_a_worker_that_lives_keeps_its_job(jobs: JobStore) -> None:
    """As long as it says so."""
    id_ = add(jobs)
    jobs.begin(id_, "one")
    for _ in range(4):
        time.sleep(LEASE_S / 2)
        assert jobs.is_still_ours(id_, "one") is True
    with pytest.raises(Gone):
        jobs.begin(id_, "two")


def test_a_worker_taken_for_dead_changes_nothing_any_more(jobs: JobStore) -> None:
    """It can't end the job, keep a file for it, or hand it back."""
    id_ = add(jobs)
    jobs.begin(id_, "one")
    time.sleep(DEAD_S)
    jobs.begin(id_, "two")
    assert jobs.is_still_ours(id_, "one") is False
    jobs.end(id_, "one", Ending(JobState.FAILED))
    jobs.hand_back(id_, "one")
    with pytest.raises(Gone):
        jobs.keep(id_, "one", "late.txt", b"late")
    assert state_of(jobs, id_) is JobState.RUNNING
    jobs.end(id_, "two", DONE)
    assert state_of(jobs, id_) is JobState.DONE


def test_a_job_that_is_over_is_not_begun_again(jobs: JobStore) -> None:
    """Its number may still be on the way a second time."""
    id_ = add(jobs)
    jobs.begin(id_, "one")
    jobs.end(id_, "one", DONE)
    assert jobs.begin(id_, "two") is None
    found = jobs.find(id_)
    assert found is not None
    assert (found.attempts, found.result) == (["one"], "result")


def test_a_forgotten_job_is_not_begun(jobs: JobStore) -> None:
    """Its number leads nowhere."""
    assert jobs.begin("0" * 32, "one") is None


def test_a_job_that_kills_its_workers_is_given_up(jobs: JobStore) -> None:
    """After a few of them; what it was started with is gone."""
    id_ = add(jobs)
    for number in range(store.MAX_ATTEMPTS):
        assert jobs.begin(id_, f"worker-{number}") is not None
        time.sleep(DEAD_S)
    assert jobs.begin(id_, "last") is None
    assert state_of(jobs, id_) is JobState.LOST
    assert jobs.state.read(f"job:{id_}:file:0") is None


def test_a_job_that_is_handed_back_loses_no_attempt(jobs: JobStore) -> None:
    """However often a rolling restart meets it."""
    id_ = add(jobs)
    for number in range(3 * store.MAX_ATTEMPTS):
        assert jobs.begin(id_, f"worker-{number}") is not None
        jobs.hand_back(id_, f"worker-{number}")
    assert state_of(jobs, id_) is JobState.WAITING


def test_the_next_attempt_has_the_log_at_once(state: State) -> None:
    """The dead one's lease need not run out; it writes nothing any more."""
    before = StateLog(state, "way", "one")
    before.append(b"first")
    after = StateLog(state, "way", "two", predecessors=["one"])
    with pytest.raises(LogLost):
        before.append(b"late")
    after.append(b"second")
    assert after.read() == [b"first", b"second"]


def test_another_job_waits_for_the_log(state: State) -> None:
    """Until it is closed, or its holder dead."""
    first = StateLog(state, "way", "one")
    with pytest.raises(LogInUse):
        StateLog(state, "way", "two")
    first.close()
    StateLog(state, "way", "two")
    time.sleep(DEAD_S)
    StateLog(state, "way", "three")


def test_a_holder_that_lives_keeps_its_log(state: State) -> None:
    """As long as it says so."""
    held = StateLog(state, "way", "one")
    for _ in range(4):
        time.sleep(LEASE_S / 2)
        held.renew()
    held.append(b"first")
    assert held.read() == [b"first"]
