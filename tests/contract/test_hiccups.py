"""A job goes on over a Redis that is away for a while."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from safelight.api import JobState
from safelight.jobs import work as works
from safelight.state.interface import StateUnreachable
from toy_tool.jobs import jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.sharing import Shared

JOBS = {job.name: job for job in jobs({})}
OWNER = "owner"


def over(shared: Shared, id_: str) -> JobState:
    """Where a job is when it is over."""
    end = time.monotonic() + 10
    while True:
        found = shared.jobs.job(OWNER, id_)
        assert found is not None
        if found.state.is_over:
            return found.state
        assert time.monotonic() < end, found
        time.sleep(0.02)


def failing(times: int, method: Callable[..., object]) -> Callable[..., object]:
    """A method that can't be reached so many times."""
    left = [None] * times

    def call(*args: object) -> object:
        if left:
            left.pop()
            raise StateUnreachable
        return method(*args)

    return call


@pytest.mark.parametrize("step", ["begin", "end", "word"])
def test_a_job_is_done_in_the_end(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Wherever the state was away: when it began, was asked for, or was over."""
    monkeypatch.setattr(works, "TRY_S", 0.01)
    monkeypatch.setattr(works, "AGAIN_S", 0.1)
    store = shared.jobs._store  # noqa: SLF001 - to have it fail
    monkeypatch.setattr(store, step, failing(2, getattr(store, step)))
    monkeypatch.setattr("safelight.jobs.store.LEASE_S", 0.1)
    id_ = shared.jobs.start(OWNER, "toy", JOBS["show"], None, {})
    assert over(shared, id_) is JobState.DONE


def test_a_number_is_sent_when_the_queue_is_back(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that has to be looked at again is not let go of before."""
    monkeypatch.setattr(works, "AGAIN_S", 0.1)
    monkeypatch.setattr("safelight.jobs.queue.RETRY_S", 0.01)
    store = shared.jobs._store  # noqa: SLF001 - to have it fail
    id_ = store.add(OWNER, "toy", JOBS["show"], None, {})
    monkeypatch.setattr(store, "begin", failing(1, store.begin))
    shared.queue.send(id_, 60)
    monkeypatch.setattr(shared.queue, "send", failing(3, shared.queue.send))
    shared.queue.start_workers()
    assert over(shared, id_) is JobState.DONE


def test_a_job_that_this_worker_does_not_know_waits_for_another(shared: Shared) -> None:
    """As in a rolling upgrade: it has lost no attempt."""
    store = shared.jobs._store  # noqa: SLF001 - a job of a tool that is not there
    id_ = store.add(OWNER, "newer", JOBS["show"], None, {})
    shared.queue.send(id_, 60)
    time.sleep(0.5)
    record = store.find(id_)
    assert record is not None
    assert (record.state, record.attempts) == ("waiting", [])
