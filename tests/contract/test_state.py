"""What any holder of the shared state does: values, leases, logs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
import time
from typing import TYPE_CHECKING

import pytest

from safelight.state.interface import StateFull

if TYPE_CHECKING:
    from safelight.state.interface import State

LONG_S = 60
LARGE = 10_000_000
"""Bytes. One such value has room in a small state, two have not."""


def test_a_value_is_read_as_it_was_written(state: State) -> None:
    """Bytes of any kind, none too."""
    state.write("name", b"\x00\xff", LONG_S)
    state.write("empty", b"", LONG_S)
    assert [state.read("name"), state.read("empty")] == [b"\x00\xff", b""]
    assert state.read_all(["empty", "other", "name"]) == [b"", None, b"\x00\xff"]


def test_it_answers(state: State) -> None:
    """A program may ask whether it does."""
    assert state.is_reachable() is True


def test_a_value_is_replaced_and_deleted(state: State) -> None:
    """Deleting what is not there is no fault."""
    state.write("name", b"1", LONG_S)
    state.write("name", b"2", LONG_S)
    assert state.read("name") == b"2"
    state.delete("name", "other")
    assert state.read("name") is None


def test_everything_expires(state: State) -> None:
    """Values and leases, each after its own life."""
    state.write("short", b"1", 0.05)
    state.write("shortened", b"1", LONG_S)
    state.write("long", b"1", LONG_S)
    state.take("lease", "me", 0.05)
    state.expire(0.05, "shortened", "other")
    time.sleep(0.06)
    assert state.read_all(["short", "shortened", "long"]) == [None, None, b"1"]
    assert state.is_held("lease") is False


def test_an_update_sees_what_is_there(state: State) -> None:
    """And may leave it as it is."""
    seen: list[bytes | None] = []

    def change(before: bytes | None) -> bytes | None:
        seen.append(before)
        return b"new" if before is None else None

    state.update("name", change, LONG_S)
    state.update("name", change, LONG_S)
    assert seen == [None, b"new"]
    assert state.read("name") == b"new"


def test_no_update_is_lost(state: State) -> None:
    """Eight threads count to two hundred together."""

    def add(_: int) -> None:
        state.update("count", lambda before: str(int(before or b"0") + 1).encode(), LONG_S)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(200)))
    assert state.read("count") == b"200"


def test_an_update_that_fails_changes_nothing(state: State) -> None:
    """Whatever `change` raises comes out, and the next one gets through."""

    def fail(before: bytes | None) -> bytes:
        raise LookupError(before)

    state.write("name", b"old", LONG_S)
    with pytest.raises(LookupError):
        state.update("name", fail, LONG_S)
    assert state.read("name") == b"old"


def test_a_lease_has_one_holder(state: State) -> None:
    """Until it is given back; taking it again is having it for longer."""
    assert state.take("lease", "me", LONG_S) is True
    assert state.take("lease", "you", LONG_S) is False
    assert state.take("lease", "me", LONG_S) is True
    assert state.is_held("lease") is True
    state.release("lease", "you")
    assert state.take("lease", "you", LONG_S) is False
    state.release("lease", "me")
    assert state.is_held("lease") is False
    assert state.take("lease", "you", LONG_S) is True


def test_a_lease_is_taken_by_one_of_many(state: State) -> None:
    """Whoever asks at the same time."""
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: state.take("lease", f"holder-{n}", LONG_S), range(40)))
    assert taken.count(True) == 1


def test_a_log_keeps_its_order(state: State) -> None:
    """Each record is appended where its writer says that the end is."""
    state.take("log", "me", LONG_S)
    assert [state.append("log", at, b"%d" % at, "me", LONG_S) for at in range(3)] == [True] * 3
    assert state.records("log") == [b"0", b"1", b"2"]


@pytest.mark.parametrize("at", [0, 2, 7])
def test_a_record_does_not_go_elsewhere(state: State, at: int) -> None:
    """A writer that is wrong about the end writes nothing."""
    state.take("log", "me", LONG_S)
    state.append("log", 0, b"first", "me", LONG_S)
    assert state.append("log", at, b"other", "me", LONG_S) is False
    assert state.records("log") == [b"first"]


def test_a_record_is_written_once(state: State) -> None:
    """However often it is asked for, as when the first answer got lost."""
    state.take("log", "me", LONG_S)
    state.append("log", 0, b"first", "me", LONG_S)
    assert state.append("log", 0, b"first", "me", LONG_S) is True
    assert state.records("log") == [b"first"]


def test_a_log_is_written_by_its_holder_alone(state: State) -> None:
    """One whose lease has gone to another writes nothing any more."""
    state.take("log", "old", 0.05)
    state.append("log", 0, b"first", "old", LONG_S)
    time.sleep(0.06)
    assert state.append("log", 1, b"second", "old", LONG_S) is False
    state.take("log", "new", LONG_S)
    assert state.append("log", 1, b"second", "old", LONG_S) is False
    assert state.append("log", 1, b"second", "new", LONG_S) is True
    assert state.records("log") == [b"first", b"second"]


def test_a_log_that_nobody_wrote_is_empty(state: State) -> None:
    """So is one whose lease was taken and never used."""
    state.take("log", "me", LONG_S)
    assert [state.records("log"), state.records("other")] == [[], []]


def test_a_full_state_says_so(small_state: State) -> None:
    """What is there stays, and room that is made can be used."""
    small_state.write("large", bytes(LARGE), LONG_S)
    with pytest.raises(StateFull):
        small_state.write("more", bytes(LARGE), LONG_S)
    with pytest.raises(StateFull):
        small_state.update("more", lambda _: bytes(LARGE), LONG_S)
    assert small_state.read("more") is None
    small_state.delete("large")
    small_state.write("more", bytes(LARGE), LONG_S)
    assert small_state.read("more") == bytes(LARGE)


def test_a_value_that_expired_leaves_its_room(small_state: State) -> None:
    """Without anyone asking for it."""
    small_state.write("large", bytes(LARGE), 0.02)
    time.sleep(0.3)  # Redis looks for expired values ten times a second
    small_state.write("more", bytes(LARGE), LONG_S)
    assert small_state.read("more") == bytes(LARGE)
