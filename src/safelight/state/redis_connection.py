"""The connection to Redis that all that is shared goes through."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError, OutOfMemoryError, RedisError  # noqa: A004 - Redis's own
from redis.retry import Retry

from safelight.state.interface import StateFull, StateUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "safelight:"
"""Of all our names. Several installations need a database each: `redis://.../1`."""
CONNECT_S = 2.0
ANSWER_S = 5.0
"""How long Redis may take. A person waits for this; a queue of them must not build up."""
IDLE_S = 15
"""A connection that was not used for longer is tried first."""
RETRIES = 2
RETRY_S = 0.05
"""Before the first retry: a restart of Redis, or of what lies between, costs no request."""


def connect(url: str) -> Redis:
    """A client of many connections, each made when it is needed.

    Raises:
        ValueError: the address can't be understood.
    """
    return Redis.from_url(
        url,
        socket_connect_timeout=CONNECT_S,
        socket_timeout=ANSWER_S,
        health_check_interval=IDLE_S,
        # A Redis that is there and does not answer is not asked again: each time costs a wait.
        retry=Retry(ExponentialBackoff(cap=4 * RETRY_S, base=RETRY_S), RETRIES, (ConnectionError,)),
    )


@contextmanager
def told() -> Iterator[None]:
    """Say in our own words what went wrong. Redis's could quote a value or an address."""
    try:
        yield
    except OutOfMemoryError:
        raise StateFull from None
    except RedisError as error:
        raise StateUnreachable(type(error).__name__) from None


def milliseconds(seconds: float) -> int:
    """A life as Redis takes it."""
    return max(1, round(1000 * seconds))
