"""Where sessions live: rows of JSON values, found by the hash of an id.

The store never sees an id in clear: a dump of it opens no session. The memory store serves one
process; `redis_sessions` has the one that many processes share.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
import json
import secrets
from threading import Lock
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from safelight.api import Json


SIGNED_IN = "signed-in"
"""The session's value that says who signed in."""


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long sessions and ids live, in seconds, and how many there may be."""

    idle_s: float = 30 * 60
    """Without a request."""
    absolute_s: float = 12 * 60 * 60
    """From its making, however busy."""
    grace_s: float = 10
    """How long an id still opens its session for requests that arrive after it was replaced."""
    kept_s: float = 20 * 60
    """How long a replaced id is remembered for requests that arrived before and are slow."""
    max_sessions: int = 10_000
    max_ids: int = 256
    """Ids remembered of one session."""


@dataclass(frozen=True, slots=True)
class Found:
    """A session that an id opened."""

    handle: str
    """Names the row inside the store. Never leaves the server."""
    values: dict[str, Json]


class SessionStore(Protocol):
    """What the session interface needs. Each method is one atomic step."""

    def __len__(self) -> int:
        """How many sessions there are."""

    def create(self, key: str, values: Mapping[str, Json]) -> None:
        """Make a session that `key` opens, dropping the longest unused of too many."""

    def find(self, key: str, arrived: float) -> Found | None:
        """The session that `key` opens for a request that arrived at `arrived`, in use again."""

    def change(self, handle: str, put: Mapping[str, Json], drop: Collection[str]) -> bool:
        """Write and drop single values; False, and nothing done, if the session is gone."""

    def retire(self, key: str) -> str | None:
        """Start the grace of an id. The seed of its one successor, or None if it is unknown."""

    def admit(self, handle: str, key: str) -> str | None:
        """Let `key` open the session. Its seed if it has been replaced in its turn, else None."""

    def delete(self, handle: str) -> None:
        """Forget a session and its ids, at once and for good."""


@dataclass(slots=True)
class _Row:
    created: float
    used: float
    values: dict[str, str]
    keys: deque[str] = field(default_factory=deque)


@dataclass(slots=True)
class _Id:
    handle: str
    retired: float | None = None
    seed: str | None = None


class MemorySessionStore:
    """Sessions in this process. Thread-safe; bounded; gone with the process."""

    def __init__(self, limits: SessionLimits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = Lock()
        self._rows: OrderedDict[str, _Row] = OrderedDict()  # longest unused first
        self._strangers: OrderedDict[str, None] = OrderedDict()  # those of nobody signed in
        self._ids: dict[str, _Id] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def create(self, key: str, values: Mapping[str, Json]) -> None:
        """See `SessionStore.create`."""
        now = self._clock()
        with self._lock:
            self._drop_old(now)
            handle = secrets.token_urlsafe(16)
            self._rows[handle] = _Row(now, now, {k: json.dumps(v) for k, v in values.items()})
            if SIGNED_IN not in values:
                self._strangers[handle] = None
            self._add(handle, key)

    def find(self, key: str, arrived: float) -> Found | None:
        """See `SessionStore.find`."""
        with self._lock:
            known = self._ids.get(key)
            if known is None:
                return None
            if known.retired is not None and arrived > known.retired + self._limits.grace_s:
                return None
            row = self._rows[known.handle]
            if self._is_over(row, arrived):
                self._delete(known.handle)
                return None
            row.used = max(row.used, arrived)
            self._rows.move_to_end(known.handle)
            if known.handle in self._strangers:
                self._strangers.move_to_end(known.handle)
            return Found(known.handle, {k: json.loads(v) for k, v in row.values.items()})

    def change(self, handle: str, put: Mapping[str, Json], drop: Collection[str]) -> bool:
        """See `SessionStore.change`."""
        with self._lock:
            row = self._rows.get(handle)
            if row is None:
                return False
            for name in drop:
                row.values.pop(name, None)
            row.values.update((name, json.dumps(value)) for name, value in put.items())
            return True

    def retire(self, key: str) -> str | None:
        """See `SessionStore.retire`."""
        with self._lock:
            known = self._ids.get(key)
            if known is None:
                return None
            if known.seed is None:
                known.retired, known.seed = self._clock(), secrets.token_urlsafe(32)
            return known.seed

    def admit(self, handle: str, key: str) -> str | None:
        """See `SessionStore.admit`."""
        with self._lock:
            known = self._ids.get(key)
            if known is None and handle in self._rows:
                self._add(handle, key)
            return known.seed if known else None

    def delete(self, handle: str) -> None:
        """See `SessionStore.delete`."""
        with self._lock:
            self._delete(handle)

    def _add(self, handle: str, key: str) -> None:
        row = self._rows[handle]
        while row.keys and (len(row.keys) >= self._limits.max_ids or self._is_forgotten(row)):
            self._ids.pop(row.keys.popleft(), None)
        row.keys.append(key)
        self._ids[key] = _Id(handle)

    def _is_forgotten(self, row: _Row) -> bool:
        oldest = self._ids[row.keys[0]]
        return oldest.retired is not None and self._clock() > oldest.retired + self._limits.kept_s

    def _is_over(self, row: _Row, now: float) -> bool:
        return now > row.used + self._limits.idle_s or now > row.created + self._limits.absolute_s

    def _drop_old(self, now: float) -> None:
        """Make room for one more. Strangers, who cost nothing to be, go before who signed in."""
        while self._rows and self._is_over(next(iter(self._rows.values())), now):
            self._delete(next(iter(self._rows)))
        while len(self._rows) >= self._limits.max_sessions:
            self._delete(next(iter(self._strangers or self._rows)))

    def _delete(self, handle: str) -> None:
        self._strangers.pop(handle, None)
        row = self._rows.pop(handle, None)
        for key in row.keys if row else ():
            self._ids.pop(key, None)
