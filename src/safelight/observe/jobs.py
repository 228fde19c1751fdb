"""What is told of jobs, to the audit log and to Prometheus."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
import time
from typing import TYPE_CHECKING

from safelight.observe import audit, metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HANDED_BACK = "handed-back"
FAILED = "failed"


@dataclass(slots=True)
class Run:
    """One attempt at a job. Whoever runs it says how it ended."""

    result: str = FAILED
    """`done`, `failed`, `cancelled`, or `handed-back` to be run anew elsewhere."""


def asked(tool: str, job: str, job_id: str) -> None:
    """Whoever the current request is from starts a job."""
    audit.record("job.started", tool=tool, job=job, job_id=job_id)


def cancelled(tool: str, job: str, job_id: str) -> None:
    """Whoever the current request is from asks for the end of a job."""
    audit.record("job.cancelled", tool=tool, job=job, job_id=job_id)


@contextmanager
def running(tool: str, job: str, job_id: str, *, waited_s: float) -> Iterator[Run]:
    """Tell of an attempt at a job while the block runs it, in this process.

    Args:
        tool: the tool's slug.
        job: the name of the kind of job, as the tool declared it.
        job_id: the job's number.
        waited_s: how long it waited, in seconds.
    """
    run = Run()
    began = time.monotonic()
    metrics.JOBS_STARTED.labels(tool, job).inc()
    metrics.JOB_WAIT_SECONDS.labels(tool, job).observe(waited_s)
    metrics.JOBS_RUNNING.inc()
    try:
        yield run
    finally:
        metrics.JOBS_RUNNING.dec()
        metrics.JOB_SECONDS.labels(tool, job).observe(time.monotonic() - began)
        metrics.JOBS_ENDED.labels(tool, job, run.result).inc()
        audit.record("job.ended", tool=tool, job=job, job_id=job_id, result=run.result)


def watch_queue(waiting: Callable[[], float]) -> None:
    """Tell Prometheus how many jobs wait, each time it asks."""
    metrics.watch(metrics.JOBS_WAITING, waiting)
