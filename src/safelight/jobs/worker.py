"""`safelight worker`: a process that works on the jobs that the web processes queue in Redis."""

from __future__ import annotations

import signal
from threading import Event
import time
from typing import TYPE_CHECKING

from safelight.configuration import WORKBENCH
from safelight.observe import audit, health
from safelight.observe.log_output import write_to_stderr
from safelight.observe.service import STOPPING, WORKER, watch_shared, watched
from safelight.security import core_dumps, egress
from safelight.settings import BadSettings
from safelight.sharing import NO_REDIS, share
from safelight.tool_loading import installed_tools, known_jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.settings import Settings

NO_ADDRESS = (
    "REDIS_URL: A worker finds its jobs in Redis, and none is named. Without Redis no worker is"
    " needed: safelight serve works on jobs itself."
)


def work(settings: Settings, ready: Callable[[int], None]) -> None:
    """Work on jobs until SIGINT or SIGTERM, then let those that run come to a safe point.

    Args:
        settings: those of the workbench and its tools.
        ready: called with how many jobs are worked on at the same time.

    Raises:
        BadSettings: one of the settings can't be used.
    """
    values = settings.values(WORKBENCH)
    if not values["redis_url"]:
        raise BadSettings([NO_ADDRESS])
    core_dumps.switch_off()
    write_to_stderr(str(values["log_level"]), str(values["log_format"]))
    egress.ledger()  # before a tool could call anyone
    found = installed_tools()
    secret_key = str(values["secret_key"])
    shared = share(values, secret_key, known_jobs(found, settings), time.time)
    audit.use_key(secret_key)
    state = health.Health(found.failed)
    state.watch("redis", NO_REDIS, shared.state.is_reachable)
    state.watch("stopping", STOPPING, lambda: not shared.stopping.is_set())
    shared.egress.go_on_telling()
    watch_shared(shared)
    asked_to_stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.set())
    with watched(WORKER, state, settings):
        shared.queue.start_workers()
        ready(int(values["job_threads"] or 0))
        asked_to_stop.wait()
        shared.stop()
