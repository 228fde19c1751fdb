"""Failed attempts and sessions of users: the same in memory and in Redis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
import time
from typing import TYPE_CHECKING

from safelight.security.lockout import ONE_BY_ONE, Lockout
from safelight.security.presence import Lives, Presence

if TYPE_CHECKING:
    from safelight.state.interface import State

KEY = b"k" * 32


def presence(state: State) -> Presence:
    """The list of one of several processes."""
    return Presence(state, KEY, Lives(1800, 36_000), time.time)


def test_attempts_count_in_all_processes(state: State) -> None:
    """Two servers give no attacker twice as many."""
    one, two = (Lockout(state, KEY, time.time) for _ in range(2))
    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(lambda n: (one, two)[n % 2].begin("ada", "192.0.2.1"), range(20)))
    assert waits.count(0) == ONE_BY_ONE.free


def test_free_attempts_wait_for_no_clock(state: State) -> None:
    """A server whose clock is a minute behind refuses nobody for that."""
    ahead, behind = (Lockout(state, KEY, partial(float, now)) for now in (1060.0, 1000.0))
    for _ in range(2):
        assert ahead.begin("ada", "192.0.2.1") == 0
        assert behind.begin("ada", "192.0.2.1") == 0


def test_success_is_known_in_all_processes(state: State) -> None:
    """As the attempts are."""
    one, two = (Lockout(state, KEY, time.time) for _ in range(2))
    for _ in range(ONE_BY_ONE.free):
        one.begin("ada", "192.0.2.1")
    assert two.begin("ada", "192.0.2.1") > 0
    one.succeeded("ada", "192.0.2.1")
    assert two.begin("ada", "192.0.2.1") == 0


def test_signed_out_everywhere_is_in_all_processes(state: State) -> None:
    """At once."""
    one, two = presence(state), presence(state)
    visits = [one.begin("ada"), two.begin("ada")]
    assert [each.id for each in one.visits("ada")] == visits[::-1]
    two.end("ada", visits[0])
    assert [one.goes_on("ada", visit) for visit in visits] == [False, True]
    one.end_all("ada")
    assert [two.goes_on("ada", visit) for visit in visits] == [False, False]


def test_no_sign_in_is_lost_among_others(state: State) -> None:
    """Eight at the same moment are eight."""
    here = presence(state)
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: here.begin("ada"), range(8)))
    assert {each.id for each in here.visits("ada")} == made
