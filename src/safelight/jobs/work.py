"""What a worker does with the number of a job: run it, and note what became of it."""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from dramatiq.middleware import TimeLimitExceeded

from safelight.api import JobState, Refusal
from safelight.jobs.context import RunningJob
from safelight.jobs.store import Ending, Gone
from safelight.observe.jobs import HANDED_BACK, running
from safelight.observe.traces import trace_of
from safelight.sentences import sentence
from safelight.state.interface import StateUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Event

    from safelight.api import Job, SettingValue
    from safelight.jobs.records import Record
    from safelight.jobs.store import JobStore

T = TypeVar("T")
KnownJobs: TypeAlias = "Mapping[tuple[str, str], tuple[Job, Mapping[str, SettingValue]]]"
"""By tool and name, each with the settings of its tool."""
_LOG = logging.getLogger(__name__)


TRY_S, TRIES = 1.0, 30
"""How long what became of a job waits to be noted, before the job is run anew."""
AGAIN_S = 5.0
"""When a job is looked at again that another worker seems to have."""


def out_of_time(seconds: int) -> Refusal:
    """The refusal of a job that took too long."""
    minutes = max(1, seconds // 60)
    return Refusal(
        "job.out-of-time",
        sentence(
            "It was ended, because it took longer than {count} minute.",
            "It was ended, because it took longer than {count} minutes.",
            count=minutes,
        ),
        "What it has done so far is done. Start another one with less to do.",
    )


def fault() -> Refusal:
    """The refusal of a job that broke."""
    return Refusal(
        "job.fault",
        "Something went wrong here, so it was ended before its time. The fault is ours.",
        "What it has done so far is done. Tell the operator when it happened.",
    )


def patiently(note: Callable[[], T]) -> T:
    """Note something as soon as it can be, within reason.

    Raises:
        StateUnreachable: it could not be for too long.
    """
    for _ in range(TRIES - 1):
        try:
            return note()
        except StateUnreachable:
            time.sleep(TRY_S)
    return note()


class Work:
    """Runs jobs of the tools that are there."""

    def __init__(
        self,
        store: JobStore,
        jobs: KnownJobs,
        key_of: Callable[[str], bytes],
        stopping: Event,
    ) -> None:
        """Work with the keys of `key_of` for each tool, until this process is `stopping`."""
        self._store = store
        self._jobs = jobs
        self._key_of = key_of
        self._stopping = stopping

    def __call__(self, id_: str) -> float | None:
        """Run a job, unless it is over or another worker has it.

        Returns in how many seconds it has to be looked at again; None if there is nothing left.
        """
        try:
            return self._attempt(id_, secrets.token_hex(8))
        except Gone:
            return AGAIN_S
        except (StateUnreachable, TimeLimitExceeded) as error:
            # What became of it could not be noted. Its lease runs out, and it is run anew.
            _LOG.warning("job-interrupted", extra={"trace": trace_of(error)})
            return AGAIN_S

    def _attempt(self, id_: str, holder: str) -> float | None:
        record = self._store.begin(id_, holder)
        if record is None:
            return None
        if (record.tool, record.name) not in self._jobs:  # a newer worker may know it
            self._store.hand_back(id_, holder)
            return AGAIN_S
        job, settings = self._jobs[record.tool, record.name]
        key = self._key_of(record.tool)
        context = RunningJob(self._store, id_, record, settings, key=key, stopping=self._stopping)
        waited_s = (record.started or record.created) - record.created
        with running(record.tool, record.name, id_, waited_s=waited_s) as told:
            with context:
                refusal = self._run(job, context)
            state = patiently(lambda: self._settle(context, record, refusal))
            told.result = state.value if state else HANDED_BACK
        return None if state else 0.0

    def _run(self, job: Job, context: RunningJob) -> Refusal | None:
        try:
            job.run(context)
        except Refusal as refusal:
            return refusal
        except TimeLimitExceeded:
            return out_of_time(job.seconds)
        except StateUnreachable:
            raise
        except Exception as error:  # noqa: BLE001 - the edge to a tool's own code
            _LOG.error("job-fault", extra={"trace": trace_of(error)})
            return fault()
        return None

    def _settle(
        self, context: RunningJob, record: Record, refusal: Refusal | None
    ) -> JobState | None:
        """Note what became of a job; None if another worker has to run it."""
        id_, holder = context.id, context.holder
        if refusal is None and not context.is_finished and context.command == "hand-back":
            self._store.hand_back(id_, holder)
            return None
        if refusal is not None:
            state = JobState.FAILED
        elif context.was_cancelled:
            state = JobState.CANCELLED
        elif context.is_out_of_time:
            state, refusal = JobState.FAILED, out_of_time(record.seconds)
        else:
            state = JobState.DONE
        ending = Ending(state, context.progress, context.result, refusal)
        self._store.end(id_, holder, ending)
        return state
