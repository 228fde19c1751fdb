"""Who goes when there is room for no more sessions in memory."""

from __future__ import annotations

from safelight.security.session_store import SIGNED_IN, MemorySessionStore, SessionLimits
from safelight_builders import Clock


def test_strangers_go_before_who_signed_in() -> None:
    """Else anyone could sign everybody out by opening the sign-in page ten thousand times."""
    clock = Clock()
    sessions = MemorySessionStore(SessionLimits(max_sessions=4), clock)
    sessions.create("ada", {SIGNED_IN: {"name": "ada"}})
    sessions.create("bob", {})
    found = sessions.find("bob", clock())
    assert found is not None
    sessions.create("oldest", {})
    sessions.create("used", {})
    sessions.find("oldest", clock())
    for number in range(2):
        sessions.create(f"flood{number}", {})
    there = [key for key in ("ada", "bob", "oldest", "used") if sessions.find(key, clock())]
    assert (there, len(sessions)) == (["ada", "oldest"], 4)


def test_among_those_who_signed_in_the_longest_unused_goes() -> None:
    """The number is a limit in any case."""
    clock = Clock()
    sessions = MemorySessionStore(SessionLimits(max_sessions=2), clock)
    for key in ("ada", "bob", "max"):
        sessions.create(key, {SIGNED_IN: {"name": key}})
    assert sessions.find("ada", clock()) is None
    assert len(sessions) == 2
