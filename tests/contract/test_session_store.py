"""Any session store: lives, limits, and what requests side by side may do to one session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from safelight.security.redis_sessions import RedisSessionStore
from safelight.security.session_store import MemorySessionStore, SessionLimits
from safelight.state.redis_connection import connect
from safelight.state.sealing import Seal
from safelight_builders import Clock

if TYPE_CHECKING:
    from redis_server import RedisServer
    from safelight.api import Json
    from safelight.security.session_store import SessionStore

LIMITS = SessionLimits(
    idle_s=100, absolute_s=1000, grace_s=10, kept_s=300, max_sessions=3, max_ids=4
)


@pytest.fixture(params=["memory", "redis"])
def sessions(request: pytest.FixtureRequest, clock: Clock) -> SessionStore:
    """An empty store, in memory and in Redis."""
    if request.param == "memory":
        return MemorySessionStore(LIMITS, clock)
    server: RedisServer = request.getfixturevalue("redis")
    return RedisSessionStore(connect(server.url), Seal(bytes(32)), LIMITS, clock)


@pytest.fixture
def clock() -> Clock:
    """The store's clock."""
    return Clock()


def test_an_id_opens_its_session(sessions: SessionStore, clock: Clock) -> None:
    """With the values that were stored."""
    sessions.create("key", {"a": [1, {"b": None}]})
    found = sessions.find("key", clock())
    assert found is not None
    assert found.values == {"a": [1, {"b": None}]}


def test_an_unknown_id_opens_nothing(sessions: SessionStore, clock: Clock) -> None:
    """And is not remembered."""
    assert sessions.find("key", clock()) is None
    assert sessions.retire("key") is None
    assert len(sessions) == 0


def test_values_are_copies(sessions: SessionStore, clock: Clock) -> None:
    """A request can't change another's values behind the store's back."""
    numbers: list[Json] = [1]
    sessions.create("key", {"a": numbers})
    numbers.append(2)
    found = sessions.find("key", clock())
    assert found is not None
    assert found.values == {"a": [1]}


def test_only_json_is_stored(sessions: SessionStore) -> None:
    """A store that many processes share must never unpickle."""
    with pytest.raises(TypeError):
        sessions.create("key", {"a": object()})  # type: ignore[dict-item]  # the point of the test


@pytest.mark.parametrize(("idle_s", "opens"), [(100, True), (101, False)])
def test_a_session_ends_when_it_is_idle(
    sessions: SessionStore, clock: Clock, idle_s: int, opens: bool
) -> None:
    """On the server, whatever the browser still holds."""
    sessions.create("key", {})
    clock.forward(idle_s)
    assert (sessions.find("key", clock()) is not None) is opens


def test_a_session_ends_however_busy_it_is(sessions: SessionStore, clock: Clock) -> None:
    """After the absolute life."""
    sessions.create("key", {})
    opened = 0
    while sessions.find("key", clock()):
        opened += 1
        clock.forward(50)
    assert opened == 21  # at 0, 50, ..., 1000 seconds


@pytest.mark.parametrize(("later_s", "opens"), [(0, True), (10, True), (10.5, False)])
def test_a_retired_id_opens_for_the_grace(
    sessions: SessionStore, clock: Clock, later_s: float, opens: bool
) -> None:
    """Parallel requests get in; a stolen id is of no use after a few seconds."""
    sessions.create("key", {})
    sessions.retire("key")
    clock.forward(later_s)
    assert (sessions.find("key", clock()) is not None) is opens


def test_a_request_is_judged_by_when_it_arrived(sessions: SessionStore, clock: Clock) -> None:
    """Its body may take minutes; other requests go on meanwhile."""
    sessions.create("key", {})
    arrived = clock()
    clock.forward(1)
    found = sessions.find("key", clock())
    assert found is not None
    sessions.retire("key")
    sessions.admit(found.handle, "next")
    clock.forward(60)
    assert sessions.find("key", arrived) is not None
    assert sessions.find("key", clock()) is None


def test_an_id_has_one_successor(sessions: SessionStore, clock: Clock) -> None:
    """The first seed stays, however many requests retire the id."""
    sessions.create("key", {})
    seed = sessions.retire("key")
    clock.forward(5)
    assert sessions.retire("key") == seed
    clock.forward(5.5)
    assert sessions.find("key", clock()) is None  # nor does the grace begin anew


def test_writes_are_by_name(sessions: SessionStore, clock: Clock) -> None:
    """Two requests that write different values both keep theirs."""
    sessions.create("key", {"a": 1, "b": 1, "c": 1})
    found = sessions.find("key", clock())
    assert found is not None
    assert sessions.change(found.handle, {"a": 2}, [])
    assert sessions.change(found.handle, {"d": 4}, ["b"])
    again = sessions.find("key", clock())
    assert again is not None
    assert again.values == {"a": 2, "c": 1, "d": 4}


def test_what_is_deleted_stays_deleted(sessions: SessionStore, clock: Clock) -> None:
    """No write, no new id of a slow request brings a session back."""
    sessions.create("key", {"a": 1})
    found = sessions.find("key", clock())
    assert found is not None
    sessions.delete(found.handle)
    assert not sessions.change(found.handle, {"a": 2}, [])
    sessions.admit(found.handle, "next")
    assert sessions.find("key", clock()) is None
    assert sessions.find("next", clock()) is None


def test_the_longest_unused_session_makes_room(sessions: SessionStore, clock: Clock) -> None:
    """A flood of new sessions costs a bounded amount of memory, and not those in use."""
    for name in "abc":
        sessions.create(name, {})
        clock.forward(1)
    assert sessions.find("a", clock()) is not None
    sessions.create("d", {})
    assert len(sessions) == 3
    assert [name for name in "abcd" if sessions.find(name, clock())] == ["a", "c", "d"]


def test_the_ids_of_a_session_are_bounded(sessions: SessionStore, clock: Clock) -> None:
    """The oldest is forgotten first; the one in the browser is the newest."""
    sessions.create("0", {})
    found = sessions.find("0", clock())
    assert found is not None
    for number in range(1, 8):
        sessions.retire(str(number - 1))
        sessions.admit(found.handle, str(number))
    assert [n for n in range(8) if sessions.find(str(n), clock())] == [4, 5, 6, 7]


def test_requests_side_by_side_lose_nothing(sessions: SessionStore, clock: Clock) -> None:
    """Sixteen threads write their own values at the same time."""
    sessions.create("key", {})
    found = sessions.find("key", clock())
    assert found is not None

    def write(number: int) -> str | None:
        sessions.change(found.handle, {str(number): number}, [])
        return sessions.retire("key")

    with ThreadPoolExecutor(16) as pool:
        seeds = set(pool.map(write, range(200)))
    again = sessions.find("key", clock())
    assert again is not None
    assert again.values == {str(number): number for number in range(200)}
    assert len(seeds) == 1
