"""The state of many processes, in Redis. It sees random names and sealed values.

A value is replaced by comparing it with what was read: whoever comes second reads again. Scripts
are atomic in Redis; they see leases in clear, which name an attempt and nothing else.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, cast

from safelight.state.interface import StateUnreachable
from safelight.state.redis_connection import PREFIX, milliseconds, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redis import Redis

    from safelight.state.sealing import Seal

MAX_TRIES = 100
"""Others that may come first at the same value, one after the other."""
TRY_S = 0.002
# Equal to what is to be written: this very call wrote it, and its answer got lost.
SWAP = """
local now = redis.call('GET', KEYS[1])
if now == ARGV[2] then return 1 end
if (now or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""
TAKE = """
local now = redis.call('GET', KEYS[1])
if now and now ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
# Returns 1, or the record that stands there already, or nothing.
APPEND = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return nil end
local count, at = redis.call('LLEN', KEYS[2]), tonumber(ARGV[2])
if count == at + 1 then return redis.call('LINDEX', KEYS[2], at) end
if count ~= at then return nil end
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1
"""


class RedisState:
    """See `State`."""

    def __init__(self, client: Redis, seal: Seal) -> None:
        self._client = client
        self._seal = seal
        self._swap = client.register_script(SWAP)
        self._take = client.register_script(TAKE)
        self._release = client.register_script(RELEASE)
        self._append = client.register_script(APPEND)

    def is_reachable(self) -> bool:
        """See `State.is_reachable`."""
        try:
            with told():
                return bool(self._client.ping())
        except StateUnreachable:
            return False

    def read(self, name: str) -> bytes | None:
        """See `State.read`."""
        return self.read_all((name,))[0]

    def read_all(self, names: Iterable[str]) -> list[bytes | None]:
        """See `State.read_all`."""
        keys = list(names)
        if not keys:
            return []
        with told():
            found = cast("list[bytes | None]", self._client.mget([PREFIX + key for key in keys]))
        return [self._opened(key, sealed) for key, sealed in zip(keys, found, strict=True)]

    def write(self, name: str, value: bytes, life_s: float) -> None:
        """See `State.write`."""
        sealed = self._seal.close(name, value)
        with told():
            self._client.set(PREFIX + name, sealed, px=milliseconds(life_s))

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], life_s: float
    ) -> None:
        """See `State.update`."""
        for _ in range(MAX_TRIES):
            with told():
                before = cast("bytes | None", self._client.get(PREFIX + name))
            value = change(self._opened(name, before))
            if value is None:
                return
            sealed = self._seal.close(name, value)
            with told():
                if self._swap(
                    keys=[PREFIX + name], args=(before or b"", sealed, milliseconds(life_s))
                ):
                    return
            time.sleep(random.uniform(0, TRY_S))  # noqa: S311 - it spreads, it hides nothing
        raise StateUnreachable("too many others change the same value")

    def delete(self, *names: str) -> None:
        """See `State.delete`."""
        if names:
            with told():
                self._client.delete(*(PREFIX + name for name in names))

    def expire(self, life_s: float, *names: str) -> None:
        """See `State.expire`."""
        with told(), self._client.pipeline(transaction=False) as calls:
            for name in names:
                calls.pexpire(PREFIX + name, milliseconds(life_s))
            calls.execute()

    def take(self, lease: str, holder: str, life_s: float) -> bool:
        """See `State.take`."""
        with told():
            return bool(self._take(keys=[_lease(lease)], args=[holder, milliseconds(life_s)]))

    def release(self, lease: str, holder: str) -> None:
        """See `State.release`."""
        with told():
            self._release(keys=[_lease(lease)], args=[holder])

    def is_held(self, lease: str) -> bool:
        """See `State.is_held`."""
        with told():
            return bool(self._client.exists(_lease(lease)))

    def append(self, log: str, at: int, record: bytes, holder: str, life_s: float) -> bool:
        """See `State.append`."""
        sealed = self._seal.close(_record(log, at), record)
        with told():
            found = self._append(
                keys=[_lease(log), PREFIX + log],
                args=[holder, at, sealed, milliseconds(life_s)],
            )
        if isinstance(found, bytes):
            return self._seal.open(_record(log, at), found) == record
        return bool(found)

    def records(self, log: str) -> list[bytes]:
        """See `State.records`.

        Raises:
            StateUnreachable: one of them is not as it was written.
        """
        with told():
            found = cast("list[bytes]", self._client.lrange(PREFIX + log, 0, -1))
        records = [self._seal.open(_record(log, at), sealed) for at, sealed in enumerate(found)]
        if any(record is None for record in records):
            raise StateUnreachable("a record of a log is damaged")
        return cast("list[bytes]", records)

    def _opened(self, name: str, sealed: bytes | None) -> bytes | None:
        """A value; none if it was sealed with another SECRET_KEY, which is as good as gone."""
        return None if sealed is None else self._seal.open(name, sealed)


def _lease(name: str) -> str:
    return f"{PREFIX}lease:{name}"


def _record(log: str, at: int) -> str:
    return f"{log}#{at}"
