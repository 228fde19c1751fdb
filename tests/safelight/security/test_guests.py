"""Who signed in through a provider: listed as long as they have a session."""

from __future__ import annotations

from safelight.security.guests import MOST, NAME, Guest, Guests
from safelight.security.presence import Lives, Presence
from safelight.state.memory import MemoryState
from safelight_builders import Clock

LIVES = Lives(idle_s=1800, absolute_s=36_000)
GRACE, HAL = Guest("oidc:1", "grace", ("desk",)), Guest("oidc:2", "Hal", ())


def guests() -> tuple[Guests, Presence, Clock, MemoryState]:
    """A list in memory."""
    clock = Clock()
    state = MemoryState(10_000_000, clock)
    presence = Presence(state, b"k" * 32, LIVES, clock)
    return Guests(state, presence, LIVES.absolute_s), presence, clock, state


def test_those_with_a_session_are_here_once() -> None:
    """However often they signed in; with the groups of the last time."""
    here, presence, _, _ = guests()
    for guest in (HAL, GRACE, GRACE._replace(groups=("ops",))):
        here.welcome(guest)
        presence.begin(guest.name)
    assert here.here() == [(GRACE._replace(groups=("ops",)), 2), (HAL, 1)]
    presence.end_all(GRACE.name)
    assert here.here() == [(HAL, 1)]


def test_nobody_is_kept_longer_than_a_session_lives() -> None:
    """Then nothing of them is there any more."""
    here, presence, clock, state = guests()
    here.welcome(GRACE)
    presence.begin(GRACE.name)
    clock.now += LIVES.absolute_s + 1
    assert (here.here(), state.read(NAME)) == ([], None)


def test_their_number_has_a_limit() -> None:
    """The first is forgotten; nobody's session is ended by that."""
    here, presence, _, _ = guests()
    for number in range(MOST + 1):
        here.welcome(Guest(f"oidc:{number}", "x", ()))
    ids = [presence.begin(name) for name in ("oidc:0", f"oidc:{MOST}")]
    assert [guest.name for guest, _ in here.here()] == [f"oidc:{MOST}"]
    assert presence.goes_on("oidc:0", ids[0])
