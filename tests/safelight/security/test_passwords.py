"""Passwords: how they are kept, how long a check takes, and how many run at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
import statistics
import threading
import time

from argon2 import PasswordHasher, extract_parameters
import pytest

from account_builders import CHEAP, HASH, PASSWORD
from safelight.security import passwords
from safelight.security.passwords import (
    MAX_LENGTH,
    MIN_LENGTH,
    Busy,
    Passwords,
    generated_password,
    hash_of,
    wrong_with_password,
)


def test_a_password_is_kept_as_argon2id_of_rfc_9106() -> None:
    """64 MiB, three passes, four lanes: what no attacker gets cheaper."""
    kept = hash_of(PASSWORD)
    cost = extract_parameters(kept)
    assert kept.startswith("$argon2id$v=19$")
    assert (cost.memory_cost, cost.time_cost, cost.parallelism) == (65536, 3, 4)
    assert (cost.salt_len, cost.hash_len) == (16, 32)


def test_only_the_right_one_matches() -> None:
    """And two hashes of it differ."""
    check = Passwords().matches
    assert check(HASH, PASSWORD)
    assert not check(HASH, PASSWORD + " ")
    assert not check(HASH, "")
    assert CHEAP.hash(PASSWORD) != HASH


def test_a_letter_is_the_same_from_every_keyboard() -> None:
    """`é` comes as one character or as two."""
    assert Passwords().matches(CHEAP.hash("caf\u00e9 in the morning"), "cafe\u0301 in the morning")


def test_no_account_has_no_password() -> None:
    """Whatever is typed, and whatever the other hashes cost."""
    check = Passwords().matches
    assert not any(check(None, typed, HASH) for typed in ("", PASSWORD, HASH, "x" * 5000))


def test_the_check_of_no_account_takes_as_long() -> None:
    """Else the clock would tell who has an account. Medians of a busy machine, within a half."""
    hasher = PasswordHasher(time_cost=2, memory_cost=8 * 1024, parallelism=1)
    encoded, check = hasher.hash(PASSWORD), Passwords().matches
    taken: dict[str | None, list[float]] = {encoded: [], None: []}
    for _ in range(15):
        for which, times in taken.items():
            started = time.process_time()
            check(which, "wrong password", encoded)
            times.append(time.process_time() - started)
    known, unknown = (statistics.median(times) for times in taken.values())
    assert 0.5 < unknown / known < 1.5


def test_few_checks_run_at_a_time_and_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MiB: a flood must take neither the memory nor all the threads."""
    gate, lock, running, most = threading.Event(), threading.Lock(), 0, 0

    def slow(encoded: str, typed: str) -> bool:
        nonlocal running, most
        del encoded, typed
        with lock:
            running += 1
            most = max(most, running)
        gate.wait(10)
        with lock:
            running -= 1
        return True

    monkeypatch.setattr(passwords, "_verify", slow)
    checks = Passwords(running=2, waiting=2)

    def attempt(_: int) -> str:
        try:
            return str(checks.matches(HASH, PASSWORD))
        except Busy:
            return "busy"

    with ThreadPoolExecutor(10) as pool:
        found = [pool.submit(attempt, number) for number in range(10)]
        while sum(each.done() for each in found) < 6:
            time.sleep(0.01)
        gate.set()
        results = sorted(each.result() for each in found)
    assert (results, most) == (["True"] * 4 + ["busy"] * 6, 2)


@pytest.mark.parametrize(
    ("password", "is_fine"),
    [
        ("a sentence is good", True),
        ("x" * 11, False),
        ("abababababab", False),
        ("Ada Ada Ada!", False),
        ("ada123-safelight", False),
        ("Ada has seen a bluebird", True),
        ("0123456789ab" * 100, False),
        ("Password1234", False),
        ("1q2w3e4r5t6y", False),
        ("Monkey-2026-01", False),
    ],
)
def test_rules_of_a_new_one(password: str, is_fine: bool) -> None:
    """Length without the name, and not the first ones that are tried."""
    assert (wrong_with_password(password, "ada") is None) is is_fine


def test_the_sentence_names_the_lengths_that_count() -> None:
    """It is written out, for the catalogues."""
    assert f"{MIN_LENGTH} to {MAX_LENGTH} characters" in str(wrong_with_password("", ""))


def test_generated_ones_hold_120_random_bits() -> None:
    """And keep the rules."""
    made = {generated_password() for _ in range(20)}
    assert len(made) == 20
    assert all(wrong_with_password(each, "") is None and len(each) == 20 for each in made)
