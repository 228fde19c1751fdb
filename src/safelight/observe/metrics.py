"""What Prometheus is told: numbers of this process, with labels of closed sets.

Each process tells its own numbers; the sum over all is Prometheus's. No label holds anything that
a person sent: routes, tools, jobs and codes are names of the source, kinds and events closed sets.
"""

from __future__ import annotations

from contextlib import suppress
import math
import platform
import time
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from safelight import __version__
from safelight.observe import audit
from safelight.observe.audit_events import EVENTS
from safelight.security import egress

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_CODES = 200
"""Refusals that are told apart; what comes after is counted as one."""
OTHER = "other"

disable_created_metrics()  # type: ignore[no-untyped-call]  # twice the series, and nobody asks
REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "safelight_requests",
    "Requests by method, route and class of the reply's status.",
    ("method", "route", "status"),
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "safelight_request_seconds",
    "Time from a request's headers to its reply.",
    ("route",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=REGISTRY,
)
RECEIVED = Counter("safelight_received_bytes", "Bytes of request bodies.", registry=REGISTRY)
SENT = Counter("safelight_sent_bytes", "Bytes of replies, but for streams.", registry=REGISTRY)
UPLOADS = Counter(
    "safelight_uploads",
    "Uploaded files by tool, kind and outcome (taken or refused).",
    ("tool", "kind", "outcome"),
    registry=REGISTRY,
)
REFUSALS = Counter(
    "safelight_refusals", "Requests that were refused, by code.", ("code",), registry=REGISTRY
)
AUDIT_EVENTS = Counter(
    "safelight_audit_events", "Lines of the audit log, by event.", ("event",), registry=REGISTRY
)
JOBS_STARTED = Counter(
    "safelight_jobs_started", "Jobs that began.", ("tool", "job"), registry=REGISTRY
)
JOBS_ENDED = Counter(
    "safelight_jobs_ended", "Jobs that ended.", ("tool", "job", "result"), registry=REGISTRY
)
JOB_SECONDS = Histogram(
    "safelight_job_seconds",
    "Time that a job ran.",
    ("tool", "job"),
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400),
    registry=REGISTRY,
)
JOB_WAIT_SECONDS = Histogram(
    "safelight_job_wait_seconds",
    "Time that a job waited before it began.",
    ("tool", "job"),
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900),
    registry=REGISTRY,
)
JOBS_RUNNING = Gauge("safelight_jobs_running", "Jobs that run in this process.", registry=REGISTRY)
JOBS_WAITING = Gauge("safelight_jobs_waiting", "Jobs that wait to begin.", registry=REGISTRY)
SESSIONS = Gauge("safelight_sessions", "Sessions that have not ended.", registry=REGISTRY)
OPEN_REQUESTS = Gauge(
    "safelight_open_requests", "Requests begun and not yet answered.", registry=REGISTRY
)
OPEN_REQUESTS_LIMIT = Gauge(
    "safelight_open_requests_limit", "The most of them at a time.", registry=REGISTRY
)
MEMORY_IN_FLIGHT = Gauge(
    "safelight_memory_in_flight_bytes", "Uploads and replies in memory.", registry=REGISTRY
)
MEMORY_IN_FLIGHT_LIMIT = Gauge(
    "safelight_memory_in_flight_limit_bytes", "The most of them at a time.", registry=REGISTRY
)
CERTIFICATE_EXPIRY = Gauge(
    "safelight_certificate_expiry_timestamp_seconds",
    "When the TLS certificate of this process ends; 0 without one.",
    registry=REGISTRY,
)
STATE_UP = Gauge(
    "safelight_state_up",
    "1 if what holds sessions and jobs can be reached: Redis, or this process's memory.",
    registry=REGISTRY,
)
EGRESS = Gauge(
    "safelight_egress_connections",
    "Connections of this process that left this machine, since its start.",
    registry=REGISTRY,
)
CLOCK = Gauge("safelight_clock_seconds", "What time it is by this machine.", registry=REGISTRY)
BUILD = Gauge(
    "safelight_build", "What runs here; always 1.", ("version", "python"), registry=REGISTRY
)

ProcessCollector(registry=REGISTRY)
BUILD.labels(__version__, platform.python_version()).set(1)
CLOCK.set_function(time.time)
EGRESS.set_function(lambda: egress.ledger().leaving)
STATE_UP.set(1)
for _event in EVENTS:  # Prometheus can't see the step from nothing to one
    AUDIT_EVENTS.labels(_event)
audit.listen(lambda event: AUDIT_EVENTS.labels(event).inc())

_codes: set[str] = set()


def exposition() -> bytes:
    """All numbers, as Prometheus reads them."""
    return generate_latest(REGISTRY)


def watch(gauge: Gauge, value: Callable[[], float]) -> None:
    """Have a gauge ask for its value when it is read. What can't be had is not a number."""

    def ask() -> float:
        with suppress(Exception):  # whatever it asks; the other numbers must be told
            return value()
        return math.nan

    gauge.set_function(ask)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a reply. The status counts as its class: `2xx`."""
    REQUESTS.labels(method, route, f"{status // 100}xx").inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def count_bytes(received: int | None, sent: int | None) -> None:
    """Count the bytes of a request and its reply, as far as they are known."""
    RECEIVED.inc(received or 0)
    SENT.inc(sent or 0)


def count_refusal(code: str) -> None:
    """Count a refusal."""
    if code not in _codes and len(_codes) >= MOST_CODES:
        code = OTHER
    _codes.add(code)
    REFUSALS.labels(code).inc()
