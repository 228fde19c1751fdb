"""What the requests, jobs and processes of one installation share, made from its settings.

Without REDIS_URL all of it is in this process, and gone with it. With it, all of it is in Redis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, cast

from safelight.apart.processes import Processes, how_many
from safelight.jobs.queue import MemoryBroker, Queue
from safelight.jobs.service import Jobs
from safelight.jobs.store import JobStore
from safelight.jobs.work import KnownJobs, Work
from safelight.security import egress
from safelight.security.presence import Lives
from safelight.security.rate_limits import Counters
from safelight.security.session_store import MemorySessionStore, SessionLimits
from safelight.settings import BadSettings
from safelight.state.keys import derived_key
from safelight.state.memory import MemoryState
from safelight.state.owners import Owners
from safelight.state.shared_egress import SharedEgress
from safelight.state.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from safelight.api import SettingValue
    from safelight.jobs.redis_broker import SharedBroker
    from safelight.security.session_store import SessionStore
    from safelight.state.interface import State

SHARED = "safelight-shared"
"""Where the application keeps it, among its extensions."""
NO_REDIS = "Redis, which holds sessions and jobs, can't be reached. See REDIS_URL."
NO_KEY = (
    "REDIS_URL: All processes need the same SECRET_KEY, and there is none: what is in Redis is"
    " sealed with keys that are derived from it. Set SECRET_KEY, or SECRET_KEY_FILE."
)
STOP_S = 8.0
"""How long a stop waits for the jobs of this process to come to a safe point."""


@dataclass(frozen=True, slots=True)
class Shared:
    """All that is shared."""

    state: State
    sessions: SessionStore
    counters: Counters
    owners: Owners
    vault: Vault
    jobs: Jobs
    queue: Queue
    egress: SharedEgress
    apart: Processes = field(default_factory=Processes)
    """This process's own."""
    stopping: Event = field(default_factory=Event)
    """Set when this process is about to end."""

    def begin(self, processes: str) -> None:
        """Do what a server does and a test does not: tell the others, have others beside it."""
        self.egress.go_on_telling()
        self.apart.add(how_many(processes))

    def stop(self) -> None:
        """Let the jobs of this process come to a safe point, and work on none any more."""
        self.stopping.set()
        self.queue.stop(STOP_S)
        self.apart.stop()


def of(app: Flask) -> Shared:
    """What an application shares with others."""
    return cast("Shared", app.extensions[SHARED])


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds what is shared."""

    state: State
    sessions: SessionStore
    broker: MemoryBroker | SharedBroker
    counters: Counters
    has_workers: bool
    """Whether other processes work on the jobs."""


def share(
    values: Mapping[str, SettingValue],
    secret_key: str,
    jobs: KnownJobs,
    clock: Callable[[], float],
) -> Shared:
    """Connect to what is shared, or make it.

    Args:
        values: of the workbench's settings.
        secret_key: from which all keys are derived.
        jobs: those that can be worked on, by tool and name, each with its tool's settings.
        clock: seconds since the epoch.

    Raises:
        BadSettings: Redis is named, and what it needs is not.
    """
    lives = Lives.of(values)
    limits = SessionLimits(idle_s=lives.idle_s, absolute_s=lives.absolute_s)
    make = in_redis if values["redis_url"] else in_memory
    holder = make(values, secret_key, limits, clock)
    store = JobStore(holder.state, clock, limits.absolute_s)
    stopping = Event()
    work = Work(store, jobs, lambda tool: derived_key(secret_key, f"tool {tool}"), stopping)
    queue = Queue(holder.broker, work, int(values["job_threads"] or 0))
    return Shared(
        state=holder.state,
        sessions=holder.sessions,
        counters=holder.counters,
        owners=Owners(derived_key(secret_key, "owners")),
        vault=Vault(holder.state, clock, limits.absolute_s),
        jobs=Jobs(store, queue, has_workers=holder.has_workers),
        queue=queue,
        egress=SharedEgress(holder.state, egress.ledger()),
        stopping=stopping,
    )


def in_memory(
    values: Mapping[str, SettingValue],
    secret_key: str,
    limits: SessionLimits,
    clock: Callable[[], float],
) -> Holder:
    """All that is shared, in this process."""
    return Holder(
        state=MemoryState(1024 * 1024 * int(values["max_kept_mb"] or 0), clock),
        sessions=MemorySessionStore(limits, clock),
        broker=MemoryBroker(),
        counters=Counters(key=derived_key(secret_key, "callers")),
        has_workers=False,
    )


def in_redis(
    values: Mapping[str, SettingValue],
    secret_key: str,
    limits: SessionLimits,
    clock: Callable[[], float],
) -> Holder:
    """All that is shared, in Redis. It need not answer yet.

    Raises:
        BadSettings: there is no SECRET_KEY, or the address can't be understood.
    """
    # Only here: a process on its own has no use for the client.
    from safelight.jobs.redis_broker import SharedBroker  # noqa: PLC0415
    from safelight.security.redis_sessions import RedisSessionStore  # noqa: PLC0415
    from safelight.state.redis_connection import PREFIX, connect  # noqa: PLC0415
    from safelight.state.redis_state import RedisState  # noqa: PLC0415
    from safelight.state.sealing import Seal  # noqa: PLC0415

    if not values["secret_key"]:
        raise BadSettings([NO_KEY])
    try:
        client = connect(str(values["redis_url"]))
    except ValueError as error:
        raise BadSettings(["REDIS_URL: This address can't be understood. Check it."]) from error
    seal = Seal(derived_key(secret_key, "seal"))
    return Holder(
        state=RedisState(client, seal),
        sessions=RedisSessionStore(client, seal, limits, clock),
        broker=SharedBroker(client),
        counters=Counters(
            "redis://",  # the address is the pool's
            {
                "connection_pool": client.connection_pool,
                "key_prefix": f"{PREFIX}rates",
                "wrap_exceptions": True,
            },
            derived_key(secret_key, "callers"),
        ),
        has_workers=True,
    )
