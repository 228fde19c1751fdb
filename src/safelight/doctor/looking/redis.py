"""Redis, as it answers. Only what it says of itself is asked for, none of what it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from safelight.doctor.patient import RedisSeen
from safelight.security.host_names import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping

ENCRYPTED = "rediss://"
SNAPSHOTS, LOG = "snapshots", "append-only file"


def look(url: str) -> RedisSeen:
    """Ask the Redis of an address."""
    # Only who has a Redis needs its client.
    from redis.exceptions import AuthenticationError, RedisError  # noqa: PLC0415
    from redis.exceptions import TimeoutError as RedisTimeout  # noqa: PLC0415

    try:
        client = _client(url)
        with client:
            return _seen(options(url), client, client.info())
    except ValueError:
        problem = "the address can't be understood"
    except AuthenticationError:
        problem = "it does not accept the password"
    except RedisTimeout:
        problem = "it does not answer in time"
    except (RedisError, OSError):
        problem = "nothing answers there, or not as Redis does"
    return RedisSeen(problem)


def options(url: str) -> RedisSeen:
    """What the address alone tells."""
    given = _client(url).connection_pool.connection_kwargs
    return RedisSeen(
        is_remote="path" not in given and not is_loopback(str(given.get("host", "localhost"))),
        has_password=bool(given.get("password")),
        is_encrypted=url.startswith(ENCRYPTED),
    )


def _client(url: str) -> Any:  # noqa: ANN401 - a library's
    from safelight.state.redis_connection import connect  # noqa: PLC0415 - as above

    return connect(url)


def _seen(by_address: RedisSeen, client: Any, told: Mapping[str, Any]) -> RedisSeen:  # noqa: ANN401
    major, minor, *_ = (int(part) for part in str(told["redis_version"]).split("."))
    return replace(
        by_address,
        version=(major, minor),
        persistence=tuple(_persistence(told, _setting(client, "save"))),
        policy=str(told.get("maxmemory_policy", "")) if told.get("maxmemory") else "",
    )


def _setting(client: Any, name: str) -> str | None:  # noqa: ANN401 - as above
    """A setting of Redis; None if it may not be asked."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - as above

    try:
        return str(client.config_get(name).get(name, ""))
    except RedisError:
        return None


def _persistence(told: Mapping[str, Any], save: str | None) -> list[str]:
    """What it writes to a disk. Where the setting may not be asked, what was written tells."""
    snapshots = save if save is not None else told.get("rdb_saves")
    found = [SNAPSHOTS] if snapshots else []
    return [*found, LOG] if told.get("aof_enabled") else found
