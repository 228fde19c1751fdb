"""Both holders of what is shared: each contract is tested with the one and with the other."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from redis_server import RedisServer, redis_server
from safelight.configuration import WORKBENCH
from safelight.settings import Settings
from safelight.sharing import Shared, share
from safelight.state.memory import MemoryState
from safelight.state.redis_connection import connect
from safelight.state.redis_state import RedisState
from safelight.state.sealing import Seal
from safelight.tool_loading import Tools, known_jobs
import toy_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.state.interface import State

MAX_BYTES = 16_000_000
READING_BYTES = 10_000_000
"""What Redis takes besides for a value of this size, while it reads it."""
SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"
HOLDERS = ("memory", "redis")


@pytest.fixture(scope="session")
def running_redis() -> Iterator[RedisServer]:
    """One server for all tests of a process."""
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(running_redis: RedisServer) -> RedisServer:
    """The server, empty."""
    with running_redis.client() as client:
        client.flushall()
    return running_redis


@pytest.fixture(params=HOLDERS)
def state(request: pytest.FixtureRequest) -> State:
    """An empty state, in memory and in Redis."""
    if request.param == "memory":
        return MemoryState(MAX_BYTES, time.time)
    server: RedisServer = request.getfixturevalue("redis")
    return RedisState(connect(server.url), Seal(bytes(32)))


@pytest.fixture
def small_state(request: pytest.FixtureRequest, state: State) -> Iterator[State]:
    """A state with room for sixteen megabytes."""
    if isinstance(state, MemoryState):
        yield state
        return
    server: RedisServer = request.getfixturevalue("redis")
    with server.client() as client:
        used = client.info("memory")["used_memory"]
        client.config_set("maxmemory", used + MAX_BYTES + READING_BYTES)
        yield state
        client.config_set("maxmemory", 0)


@pytest.fixture(params=HOLDERS)
def shared(request: pytest.FixtureRequest) -> Iterator[Shared]:
    """All that is shared, with workers in this process, who know the toy's jobs."""
    variables = {"SECRET_KEY": SECRET_KEY}
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis")
        variables["REDIS_URL"] = server.url
    settings = Settings(variables)
    jobs = known_jobs(Tools((toy_tool.tool,)), settings)
    found = share(settings.values(WORKBENCH), SECRET_KEY, jobs, time.time)
    found.queue.start_workers()
    yield found
    found.stop()
