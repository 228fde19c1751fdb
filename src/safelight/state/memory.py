"""The state of a single process: gone with it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

from safelight.state.interface import StateFull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
OVERHEAD = 256
"""Bytes that a value takes besides its own: its name, its objects."""
SWEEP_S = 60
"""How often what has expired is removed, if nothing asks for it."""


@dataclass(slots=True)
class _Entry(Generic[T]):
    content: T
    expires: float
    size: int


class MemoryState:
    """See `State`. Thread-safe and bounded."""

    def __init__(self, max_bytes: int, clock: Callable[[], float]) -> None:
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = RLock()
        self._values: dict[str, _Entry[bytes]] = {}
        self._leases: dict[str, _Entry[str]] = {}
        self._logs: dict[str, _Entry[list[bytes]]] = {}
        self._bytes = 0
        self._swept = clock()

    def is_reachable(self) -> bool:
        """See `State.is_reachable`: it is, always."""
        return True

    def read(self, name: str) -> bytes | None:
        """See `State.read`."""
        with self._lock:
            entry = self._live(self._values, name)
            return entry.content if entry else None

    def read_all(self, names: Iterable[str]) -> list[bytes | None]:
        """See `State.read_all`."""
        with self._lock:
            return [self.read(name) for name in names]

    def write(self, name: str, value: bytes, life_s: float) -> None:
        """See `State.write`."""
        entry = _Entry(value, self._clock() + life_s, len(value) + OVERHEAD)
        with self._lock:
            self._put(self._values, name, entry)

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], life_s: float
    ) -> None:
        """See `State.update`."""
        with self._lock:
            value = change(self.read(name))
            if value is not None:
                self.write(name, value, life_s)

    def delete(self, *names: str) -> None:
        """See `State.delete`."""
        with self._lock:
            for name in names:
                self._remove(self._values, name)

    def expire(self, life_s: float, *names: str) -> None:
        """See `State.expire`."""
        with self._lock:
            for name in names:
                entry = self._live(self._values, name)
                if entry is not None:
                    entry.expires = self._clock() + life_s

    def take(self, lease: str, holder: str, life_s: float) -> bool:
        """See `State.take`."""
        with self._lock:
            entry = self._live(self._leases, lease)
            if entry is not None and entry.content != holder:
                return False
            self._put(self._leases, lease, _Entry(holder, self._clock() + life_s, OVERHEAD))
            return True

    def release(self, lease: str, holder: str) -> None:
        """See `State.release`."""
        with self._lock:
            entry = self._live(self._leases, lease)
            if entry is not None and entry.content == holder:
                self._remove(self._leases, lease)

    def is_held(self, lease: str) -> bool:
        """See `State.is_held`."""
        with self._lock:
            return self._live(self._leases, lease) is not None

    def append(self, log: str, at: int, record: bytes, holder: str, life_s: float) -> bool:
        """See `State.append`."""
        with self._lock:
            lease = self._live(self._leases, log)
            if lease is None or lease.content != holder:
                return False
            entry = self._live(self._logs, log)
            records = entry.content if entry else []
            if at != len(records):
                return at == len(records) - 1 and records[at] == record
            size = (entry.size if entry else 0) + len(record) + OVERHEAD
            self._put(self._logs, log, _Entry(records, self._clock() + life_s, size))
            records.append(record)
            return True

    def records(self, log: str) -> list[bytes]:
        """See `State.records`."""
        with self._lock:
            entry = self._live(self._logs, log)
            return list(entry.content) if entry else []

    def _live(self, entries: dict[str, _Entry[T]], name: str) -> _Entry[T] | None:
        entry = entries.get(name)
        if entry is not None and entry.expires <= self._clock():
            self._remove(entries, name)
            return None
        return entry

    def _put(self, entries: dict[str, _Entry[T]], name: str, entry: _Entry[T]) -> None:
        self._sweep(SWEEP_S)
        if not self._has_room(entries, name, entry):
            self._sweep(0)
            if not self._has_room(entries, name, entry):
                raise StateFull
        self._remove(entries, name)
        self._bytes += entry.size
        entries[name] = entry

    def _has_room(self, entries: dict[str, _Entry[T]], name: str, entry: _Entry[T]) -> bool:
        before = entries.get(name)
        growth = entry.size - (before.size if before else 0)
        return growth <= 0 or self._bytes + growth <= self._max_bytes

    def _remove(self, entries: dict[str, _Entry[T]], name: str) -> None:
        entry = entries.pop(name, None)
        if entry is not None:
            self._bytes -= entry.size

    def _sweep(self, every_s: float) -> None:
        """Remove what has expired, if that was not done for so long."""
        now = self._clock()
        if now < self._swept + every_s:
            return
        self._swept = now
        self._remove_expired(self._values)
        self._remove_expired(self._leases)
        self._remove_expired(self._logs)

    def _remove_expired(self, entries: dict[str, _Entry[T]]) -> None:
        expired = [name for name, entry in entries.items() if entry.expires <= self._swept]
        for name in expired:
            self._remove(entries, name)
