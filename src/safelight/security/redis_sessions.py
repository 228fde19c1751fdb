"""Sessions of many processes, in Redis: keys are hashes of ids, values are sealed.

What it holds in clear are times, the names of values and the seeds of ids, which open nothing
without the id that only the browser has. Each method is one script, atomic in Redis. Besides the
lives that the scripts judge by the clock of the web processes, Redis itself forgets a row that
nobody asked for.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from safelight.security.session_store import Found
from safelight.state.redis_connection import PREFIX, milliseconds, told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from redis import Redis

    from safelight.api import Json
    from safelight.security.session_store import SessionLimits
    from safelight.state.sealing import Seal

ALL = f"{PREFIX}sessions"
"""Handles by when they were last used."""
VALUE = "v:"
"""What the fields of a row begin with that are a session's values."""
DROP = f"""
local function drop(handle)
  local ids = '{PREFIX}session-ids:' .. handle
  for _, id in ipairs(redis.call('LRANGE', ids, 0, -1)) do redis.call('DEL', id) end
  redis.call('DEL', ids, '{PREFIX}session:' .. handle)
  redis.call('ZREM', '{ALL}', handle)
end
"""
ADD = f"""
local function add(handle, id, life_ms, max_ids)
  local ids = '{PREFIX}session-ids:' .. handle
  while redis.call('LLEN', ids) >= max_ids do redis.call('DEL', redis.call('LPOP', ids)) end
  redis.call('RPUSH', ids, id)
  redis.call('PEXPIRE', ids, life_ms)
  redis.call('HSET', id, 'handle', handle)
  redis.call('PEXPIRE', id, life_ms)
end
"""
# id, row | handle, now, life_ms, max_ids, max_sessions, life_s, name, value, ...
CREATE = f"""
{DROP}
{ADD}
redis.call('ZREMRANGEBYSCORE', '{ALL}', '-inf', '(' .. (tonumber(ARGV[2]) - tonumber(ARGV[6])))
while redis.call('ZCARD', '{ALL}') >= tonumber(ARGV[5]) do
  drop(redis.call('ZRANGE', '{ALL}', 0, 0)[1])
end
redis.call('HSET', KEYS[2], 'created', ARGV[2], 'used', ARGV[2])
for at = 7, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1]) end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('ZADD', '{ALL}', ARGV[2], ARGV[1])
redis.call('PEXPIRE', '{ALL}', ARGV[3])
add(ARGV[1], KEYS[1], ARGV[3], tonumber(ARGV[4]))
"""
# id | arrived, grace_s, idle_s, absolute_s, life_ms
FIND = f"""
{DROP}
local id = redis.call('HMGET', KEYS[1], 'handle', 'retired')
local handle, arrived = id[1], tonumber(ARGV[1])
if not handle then return nil end
if id[2] and arrived > tonumber(id[2]) + tonumber(ARGV[2]) then return nil end
local row = '{PREFIX}session:' .. handle
local times = redis.call('HMGET', row, 'created', 'used')
if not times[1] then return nil end
local created, used = tonumber(times[1]), tonumber(times[2])
if arrived > used + tonumber(ARGV[3]) or arrived > created + tonumber(ARGV[4]) then
  drop(handle)
  return nil
end
if arrived > used then
  redis.call('HSET', row, 'used', ARGV[1])
  redis.call('ZADD', '{ALL}', ARGV[1], handle)
  redis.call('PEXPIRE', '{ALL}', ARGV[5])
end
redis.call('PEXPIRE', row, ARGV[5])
redis.call('PEXPIRE', '{PREFIX}session-ids:' .. handle, ARGV[5])
if not id[2] then redis.call('PEXPIRE', KEYS[1], ARGV[5]) end
return {{handle, redis.call('HGETALL', row)}}
"""
# row | count of dropped names, dropped names ..., name, value, ...
CHANGE = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local dropped = tonumber(ARGV[1])
for at = 2, 1 + dropped do redis.call('HDEL', KEYS[1], ARGV[at]) end
for at = 2 + dropped, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
return 1
"""
# id | now, seed, kept_ms
RETIRE = """
local id = redis.call('HMGET', KEYS[1], 'handle', 'seed')
if not id[1] then return nil end
if id[2] then return id[2] end
redis.call('HSET', KEYS[1], 'retired', ARGV[1], 'seed', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return ARGV[2]
"""
# id, row | handle, life_ms, max_ids
ADMIT = f"""
{ADD}
local id = redis.call('HMGET', KEYS[1], 'handle', 'seed')
if id[1] then return id[2] end
if redis.call('EXISTS', KEYS[2]) == 1 then
  add(ARGV[1], KEYS[1], ARGV[2], tonumber(ARGV[3]))
end
return nil
"""
DELETE = f"{DROP} drop(ARGV[1])"


class RedisSessionStore:
    """See `SessionStore`."""

    def __init__(
        self, client: Redis, seal: Seal, limits: SessionLimits, clock: Callable[[], float]
    ) -> None:
        self._client = client
        self._seal = seal
        self._limits = limits
        self._clock = clock
        self._create = client.register_script(CREATE)
        self._find = client.register_script(FIND)
        self._change = client.register_script(CHANGE)
        self._retire = client.register_script(RETIRE)
        self._admit = client.register_script(ADMIT)
        self._delete = client.register_script(DELETE)

    def __len__(self) -> int:
        """How many there are, but for those that ended and were not yet dropped."""
        with told():
            oldest = self._clock() - self._life_s
            return self._client.zcount(ALL, oldest, "+inf")

    def create(self, key: str, values: Mapping[str, Json]) -> None:
        """See `SessionStore.create`."""
        handle = secrets.token_urlsafe(16)
        limits = self._limits
        life_s = self._life_s
        fields = self._sealed(handle, values)
        with told():
            self._create(
                keys=[_id(key), _row(handle)],
                args=[
                    handle,
                    repr(self._clock()),
                    milliseconds(life_s),
                    limits.max_ids,
                    limits.max_sessions,
                    life_s,
                    *fields,
                ],
            )

    def find(self, key: str, arrived: float) -> Found | None:
        """See `SessionStore.find`."""
        limits = self._limits
        with told():
            found = self._find(
                keys=[_id(key)],
                args=[
                    repr(arrived),
                    limits.grace_s,
                    limits.idle_s,
                    limits.absolute_s,
                    milliseconds(self._life_s),
                ],
            )
        if found is None:
            return None
        handle = found[0].decode()
        fields = dict(zip(found[1][::2], found[1][1::2], strict=True))
        opened = {
            name.decode().removeprefix(VALUE): self._seal.open(_field(handle, name.decode()), value)
            for name, value in fields.items()
            if name.startswith(VALUE.encode())
        }
        return Found(handle, {name: json.loads(v) for name, v in opened.items() if v is not None})

    def change(self, handle: str, put: Mapping[str, Json], drop: Collection[str]) -> bool:
        """See `SessionStore.change`."""
        dropped = [VALUE + name for name in drop]
        fields = self._sealed(handle, put)
        with told():
            return bool(self._change(keys=[_row(handle)], args=[len(dropped), *dropped, *fields]))

    def retire(self, key: str) -> str | None:
        """See `SessionStore.retire`."""
        kept_ms = milliseconds(self._limits.grace_s + self._limits.kept_s)
        with told():
            seed = self._retire(
                keys=[_id(key)], args=[repr(self._clock()), secrets.token_urlsafe(32), kept_ms]
            )
        return seed.decode() if seed else None

    def admit(self, handle: str, key: str) -> str | None:
        """See `SessionStore.admit`."""
        with told():
            seed = self._admit(
                keys=[_id(key), _row(handle)],
                args=[handle, milliseconds(self._life_s), self._limits.max_ids],
            )
        return seed.decode() if seed else None

    def delete(self, handle: str) -> None:
        """See `SessionStore.delete`."""
        with told():
            self._delete(args=[handle])

    @property
    def _life_s(self) -> float:
        """How long a row that nobody asks for is of use to a request that arrived before."""
        return self._limits.idle_s + self._limits.kept_s

    def _sealed(self, handle: str, values: Mapping[str, Json]) -> list[str | bytes]:
        fields: list[str | bytes] = []
        for name, value in values.items():
            field = VALUE + name
            fields += [field, self._seal.close(_field(handle, field), json.dumps(value).encode())]
        return fields


def _id(key: str) -> str:
    return f"{PREFIX}session-id:{key}"


def _row(handle: str) -> str:
    return f"{PREFIX}session:{handle}"


def _field(handle: str, name: str) -> str:
    return f"session:{handle}:{name}"
