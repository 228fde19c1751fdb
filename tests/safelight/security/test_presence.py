"""Who is signed in where, and that what is ended stays ended."""

from __future__ import annotations

from safelight.security.presence import MAX_VISITS, SEEN_STEP_S, Lives, Presence
from safelight.state.memory import MemoryState
from safelight_builders import Clock

KEY = b"k" * 32
LIVES = Lives(idle_s=1800, absolute_s=36_000)


def presence() -> tuple[Presence, Clock, MemoryState]:
    """A list in memory."""
    clock = Clock()
    state = MemoryState(10_000_000, clock)
    return Presence(state, KEY, LIVES, clock), clock, state


def test_a_visit_goes_on_until_it_is_ended() -> None:
    """And none that never began."""
    here, _, _ = presence()
    one, two = here.begin("ada"), here.begin("ada")
    assert here.goes_on("ada", one)
    here.end("ada", one)
    assert [here.goes_on("ada", each) for each in (one, two, "x", "")] == [
        False,
        True,
        False,
        False,
    ]


def test_sessions_are_counted_for_many_at_once() -> None:
    """Those that are over are not."""
    here, clock, _ = presence()
    here.begin("ada")
    clock.forward(LIVES.idle_s + SEEN_STEP_S + 1)
    for name in ("ada", "ada", "bob"):
        here.begin(name)
    assert here.how_many(["bob", "eve", "ada"]) == [1, 0, 2]
    assert here.how_many([]) == []


def test_a_visit_is_one_users() -> None:
    """Another user can neither use nor end it."""
    here, _, _ = presence()
    visit = here.begin("ada")
    here.end("bob", visit)
    here.end_all("bob")
    assert (here.goes_on("bob", visit), here.goes_on("ada", visit)) == (False, True)


def test_all_end_at_once() -> None:
    """Everywhere."""
    here, _, _ = presence()
    visits = [here.begin("ada") for _ in range(3)]
    here.end_all("ada")
    assert [here.goes_on("ada", each) for each in visits] == [False] * 3
    assert here.visits("ada") == []


def test_what_was_ended_is_not_brought_back_by_a_request_under_way() -> None:
    """It was seen before the end, and writes after it."""
    here, clock, _ = presence()
    visit = here.begin("ada")
    clock.forward(SEEN_STEP_S)
    before = here._read  # noqa: SLF001 - the moment between reading and writing

    def ended_after_reading(user: str) -> list[object]:
        found = before(user)
        here.end_all(user)
        return list(found)

    here._read = ended_after_reading  # type: ignore[method-assign,assignment]  # noqa: SLF001
    here.goes_on("ada", visit)
    here._read = before  # type: ignore[method-assign]  # noqa: SLF001
    assert not here.goes_on("ada", visit)


def test_it_ends_by_itself() -> None:
    """Without a request, and however busy."""
    here, clock, _ = presence()
    idle, busy = here.begin("ada"), here.begin("ada")
    for _ in range(int(LIVES.absolute_s / 1000)):
        clock.forward(1000)
        assert here.goes_on("ada", busy)
    assert not here.goes_on("ada", idle)
    clock.forward(1)
    assert not here.goes_on("ada", busy)


def test_a_slow_upload_is_judged_by_when_it_arrived() -> None:
    """It may take longer than an idle session lives."""
    here, clock, _ = presence()
    visit, arrived = here.begin("ada"), clock()
    clock.forward(2 * LIVES.idle_s)
    assert here.goes_on("ada", visit, arrived)
    assert not here.goes_on("ada", visit)


def test_they_are_listed_newest_first_with_their_times() -> None:
    """What ended by itself is not among them."""
    here, clock, _ = presence()
    began = clock()
    old = here.begin("ada")
    clock.forward(60)
    new = here.begin("ada")
    clock.forward(60)
    here.goes_on("ada", old)
    assert here.visits("ada") == [(new, began + 60, began + 60), (old, began, began + 120)]


def test_the_oldest_of_too_many_ends() -> None:
    """Nobody fills the memory by signing in."""
    here, _, _ = presence()
    visits = [here.begin("ada") for _ in range(MAX_VISITS + 1)]
    assert (here.goes_on("ada", visits[0]), here.goes_on("ada", visits[1])) == (False, True)


def test_what_is_kept_names_nobody() -> None:
    """A dump of the state tells no user."""
    here, _, state = presence()
    here.begin("ada")
    assert "ada" not in str(state._values)  # noqa: SLF001 - the dump
