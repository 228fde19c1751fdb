"""Back-off: how many attempts go through, and when the next one may come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from safelight.security.lockout import ACCOUNT, CLIENT, FORGOTTEN_S, ONE_BY_ONE, Brake, Lockout
from safelight.state.memory import MemoryState
from safelight_builders import Clock

KEY = b"k" * 32


def lockout(clock: Clock | None = None) -> tuple[Lockout, Clock]:
    """A lockout in memory."""
    clock = clock or Clock()
    return Lockout(MemoryState(10_000_000, clock), KEY, clock), clock


def test_waits_double_up_to_the_longest() -> None:
    """None before the free attempts are used up."""
    brake = Brake(free=3, longest_s=60)
    assert [brake.wait_s(n) for n in range(1, 11)] == [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    assert brake.wait_s(10_000) == 60


def test_one_client_on_one_account_waits_after_five() -> None:
    """Two seconds, then four, and so on."""
    locks, clock = lockout()
    assert [locks.begin("ada", "192.0.2.1") for _ in range(6)] == [0, 0, 0, 0, 0, 2]
    clock.forward(2)
    assert [locks.begin("ada", "192.0.2.1") for _ in range(2)] == [0, 4]


def test_a_refused_attempt_makes_no_wait_longer() -> None:
    """Else a page that reloads itself would lock its person out for good."""
    locks, clock = lockout()
    for _ in range(50):
        locks.begin("ada", "192.0.2.1")
    clock.forward(2)
    assert locks.begin("ada", "192.0.2.1") == 0


def test_others_go_on_meanwhile() -> None:
    """Another account from there, and the same account from elsewhere."""
    locks, _ = lockout()
    for _ in range(6):
        locks.begin("ada", "192.0.2.1")
    assert locks.begin("bob", "192.0.2.1") == 0
    assert locks.begin("ada", "192.0.2.2") == 0


def test_one_client_can_not_try_one_password_on_all_accounts() -> None:
    """After twenty it waits, whichever name it brings."""
    locks, _ = lockout()
    waits = [locks.begin(f"user{number}", "192.0.2.1") for number in range(CLIENT.free + 1)]
    assert waits == [0] * CLIENT.free + [2]


def test_many_clients_can_not_try_one_account() -> None:
    """After fifty it waits, a minute at most: its owner is not kept out for long."""
    locks, _ = lockout()
    waits = [locks.begin("ada", f"192.0.2.{number}") for number in range(ACCOUNT.free + 1)]
    assert waits == [0] * ACCOUNT.free + [2]
    assert ACCOUNT.wait_s(1000) == 60


def test_a_hundred_at_the_same_moment_are_a_hundred() -> None:
    """They are counted before a password is looked at."""
    locks, _ = lockout()
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: locks.begin("ada", "192.0.2.1"), range(100)))
    assert waits.count(0) == ONE_BY_ONE.free


def test_success_forgets_this_clients_attempts_on_the_account() -> None:
    """Four slips, and a good sign-in: all five are free again."""
    locks, _ = lockout()
    for _ in range(5):
        locks.begin("ada", "192.0.2.1")
    locks.succeeded("ada", "192.0.2.1")
    assert [locks.begin("ada", "192.0.2.1") for _ in range(6)] == [0, 0, 0, 0, 0, 2]


def test_success_on_one_account_does_not_free_the_client_for_others() -> None:
    """An attacker with an account of their own would sign in between the attempts."""
    locks, _ = lockout()
    refused = 0
    for number in range(CLIENT.free * 2):
        refused += locks.begin(f"user{number}", "192.0.2.1") > 0
        if locks.begin("mallory", "192.0.2.1") == 0:
            locks.succeeded("mallory", "192.0.2.1")
    assert refused >= CLIENT.free


def test_an_attempt_that_was_not_decided_does_not_count() -> None:
    """The server was busy; that is no one's fault."""
    locks, _ = lockout()
    for _ in range(20):
        assert locks.begin("ada", "192.0.2.1") == 0
        locks.take_back("ada", "192.0.2.1")


def test_attempts_are_forgotten_after_an_hour_of_quiet() -> None:
    """Beyond the longest wait."""
    locks, clock = lockout()
    for _ in range(6):
        locks.begin("ada", "192.0.2.1")
    clock.forward(ONE_BY_ONE.longest_s + FORGOTTEN_S + 1)
    assert [locks.begin("ada", "192.0.2.1") for _ in range(6)] == [0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize("name", ["ada", "192.0.2.1"])
def test_what_is_kept_names_nobody(name: str) -> None:
    """A dump of the state tells neither names nor addresses."""
    clock = Clock()
    state = MemoryState(10_000_000, clock)
    Lockout(state, KEY, clock).begin("ada", "192.0.2.1")
    kept = str(state._values)  # noqa: SLF001 - the dump
    assert kept.count("attempts:") == 3
    assert name not in kept
