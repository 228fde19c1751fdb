"""What the requests, jobs and processes of one installation share, made from its settings.

Without REDIS_URL all of it is in this process, and gone with it. With it, all of it is in Redis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from safelight.jobs.queue import Queue, memory_broker
from safelight.jobs.service import Jobs
from safelight.jobs.store import JobStore
from safelight.jobs.work import Work
from safelight.security.session_store import MemorySessionStore, SessionLimits
from safelight.state.memory import MemoryState
from safelight.state.owners import Owners
from safelight.state.sealing import derived_key
from safelight.state.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from safelight.api import SettingValue, Tool
    from safelight.security.session_store import SessionStore
    from safelight.settings import Settings
    from safelight.state.interface import State

SHARED = "safelight-shared"
"""Where the application keeps it, among its extensions."""
STOP_S = 10.0
"""How long a stop waits for the jobs of this process to come to a safe point."""


@dataclass(frozen=True, slots=True)
class Shared:
    """All that is shared."""

    state: State
    sessions: SessionStore
    owners: Owners
    vault: Vault
    jobs: Jobs
    queue: Queue
    stopping: Event = field(default_factory=Event)
    """Set when this process is about to end."""

    def stop(self) -> None:
        """Let the jobs of this process come to a safe point, and work on none any more."""
        self.stopping.set()
        self.queue.stop(STOP_S)


def share(
    values: Mapping[str, SettingValue],
    secret_key: str,
    settings: Settings,
    tools: Iterable[Tool],
    clock: Callable[[], float],
) -> Shared:
    """Connect to what is shared, or make it.

    Args:
        values: of the workbench's settings.
        secret_key: from which all keys are derived.
        settings: from which the tools' are read.
        tools: whose jobs are known.
        clock: seconds since the epoch.
    """
    limits = SessionLimits(
        idle_s=60 * int(values["session_idle_minutes"] or 0),
        absolute_s=3600 * int(values["session_hours"] or 0),
    )
    state = MemoryState(1024 * 1024 * int(values["max_kept_mb"] or 0), clock)
    store = JobStore(state, clock, limits.absolute_s)
    stopping = Event()
    work = Work(
        store,
        {
            (tool.slug, job.name): (job, tool_values)
            for tool in tools
            for tool_values in [settings.values(tool.settings)]
            for job in tool.jobs(tool_values)
        },
        lambda tool: derived_key(secret_key, f"tool {tool}"),
        stopping,
    )
    queue = Queue(memory_broker(), work, int(values["job_threads"] or 0))
    return Shared(
        state=state,
        sessions=MemorySessionStore(limits, clock),
        owners=Owners(derived_key(secret_key, "owners")),
        vault=Vault(state, clock, limits.absolute_s),
        jobs=Jobs(store, queue, has_workers=False),
        queue=queue,
        stopping=stopping,
    )
