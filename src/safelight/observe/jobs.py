"""What is told of jobs, to the audit log and to Prometheus. Whatever runs jobs calls these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.observe import audit, metrics

if TYPE_CHECKING:
    from collections.abc import Callable


def started(tool: str, job: str, job_id: str, *, who: str = "", waited_s: float = 0) -> None:
    """A job begins, in this process.

    Args:
        tool: the tool's slug.
        job: the name of the kind of job, as the tool declared it.
        job_id: the job's number.
        who: the name of its owner, which is written as a pseudonym.
        waited_s: how long it waited in the queue, in seconds.
    """
    metrics.JOBS_STARTED.labels(tool, job).inc()
    metrics.JOB_WAIT_SECONDS.labels(tool, job).observe(waited_s)
    metrics.JOBS_RUNNING.inc()
    audit.record("job.started", who=who, tool=tool, job=job, job_id=job_id)


def ended(tool: str, job: str, job_id: str, result: str, *, who: str = "", took_s: float) -> None:
    """A job that began in this process runs no longer.

    Args:
        tool: the tool's slug.
        job: the name of the kind of job.
        job_id: the job's number.
        result: `done`, `failed`, `cancelled`, `lost` or `overran`.
        who: the name of its owner.
        took_s: how long it ran, in seconds.
    """
    metrics.JOBS_ENDED.labels(tool, job, result).inc()
    metrics.JOB_SECONDS.labels(tool, job).observe(took_s)
    metrics.JOBS_RUNNING.dec()
    audit.record("job.ended", who=who, tool=tool, job=job, job_id=job_id, result=result)


def cancelled(tool: str, job: str, job_id: str, *, who: str = "") -> None:
    """Someone asked for the end of a job."""
    audit.record("job.cancelled", who=who, tool=tool, job=job, job_id=job_id)


def watch_queue(waiting: Callable[[], float]) -> None:
    """Tell Prometheus how many jobs wait, each time it asks."""
    metrics.watch(metrics.JOBS_WAITING, waiting)
