"""What is told of a serving process: that it began and ended, and how much of it is in use."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from safelight.configuration import WORKBENCH
from safelight.observe import audit, jobs, metrics
from safelight.observe.listener import Listener
from safelight.observe.patience import Patience
from safelight.settings import DEFAULT, BadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from safelight.observe.health import Health
    from safelight.settings import Settings
    from safelight.sharing import Shared

WEB, WORKER = "web", "worker"
STOPPING = "This process is stopping. It finishes what it began and takes nothing new."


class _Budget(Protocol):
    used: int


class _Bridge(Protocol):
    open: int
    is_stopping: bool

    @property
    def budget(self) -> _Budget: ...


@contextmanager
def watched(
    role: str, health: Health, settings: Settings, certificate_ends: datetime | None = None
) -> Iterator[None]:
    """Tell of this process while the block runs, and that it began and ended.

    Args:
        role: `web` or `worker`.
        health: what `/readyz` reports.
        settings: those that the process runs with.
        certificate_ends: when its TLS certificate does; None without one.

    Raises:
        BadSettings: the port of the metrics can't be had.
    """
    metrics.CERTIFICATE_EXPIRY.set(certificate_ends.timestamp() if certificate_ends else 0)
    listener = _listener(settings, health)
    audit.record("service.started", role=role)
    for reading in settings.read(WORKBENCH).values():
        if reading.origin != DEFAULT:
            audit.record("settings.changed", setting=reading.setting.variable)
    try:
        yield
    finally:
        audit.record("service.stopped", role=role)
        if listener is not None:
            listener.close()


def watch_bridge(bridge: _Bridge, health: Health, *, max_open: int, max_bytes: int) -> None:
    """Tell how many requests are open, how much memory they take, and whether it is stopping."""
    metrics.watch(metrics.OPEN_REQUESTS, lambda: bridge.open)
    metrics.watch(metrics.MEMORY_IN_FLIGHT, lambda: bridge.budget.used)
    metrics.OPEN_REQUESTS_LIMIT.set(max_open)
    metrics.MEMORY_IN_FLIGHT_LIMIT.set(max_bytes)
    health.watch("stopping", STOPPING, lambda: not bridge.is_stopping)


def watch_shared(shared: Shared) -> None:
    """Tell how many sessions and waiting jobs there are, and whether what holds them answers."""
    is_reachable = Patience(shared.state.is_reachable)
    metrics.watch(metrics.SESSIONS, Patience(shared.sessions.__len__))
    metrics.watch(metrics.STATE_UP, lambda: _counts(is_reachable))
    jobs.watch_queue(Patience(shared.queue.waiting))


def _counts(is_there: Callable[[], bool]) -> float:
    """1 if it is, 0 if it is not or does not say: that too must raise an alarm."""
    try:
        return float(is_there())
    except TimeoutError:
        return 0


def _listener(settings: Settings, health: Health) -> Listener | None:
    values = settings.values(WORKBENCH)
    host, port = str(values["metrics_host"]), int(values["metrics_port"] or 0)
    if not port:
        return None
    try:
        return Listener(host, port, health)
    except OSError as error:
        problem = f"SAFELIGHT_METRICS_PORT: {port} on {host} can't be used: {error.strerror}."
        raise BadSettings([problem]) from error
