"""Slots: one value that pages and jobs share, wherever it is held."""

from __future__ import annotations

from threading import Thread
import time
from typing import TYPE_CHECKING

import pytest

from safelight.api import Refusal, SlotInUse
from safelight.state import slots
from safelight.state.slots import StateSlot

if TYPE_CHECKING:
    from safelight.state.interface import State

LIFE_S = 60


def test_whoever_has_the_key_finds_the_newest_value(state: State) -> None:
    """A page and a job; another tool does not."""
    page = StateSlot(state, "toy", "", LIFE_S)
    assert page.read() is None
    page.write(b"1")
    job = StateSlot(state, "toy", page.key, LIFE_S)
    job.write(b"2")
    assert (page.read(), StateSlot(state, "other", page.key, LIFE_S).read()) == (b"2", None)
    page.drop()
    assert job.read() is None


def test_it_is_forgotten_after_its_life(state: State) -> None:
    """Which begins anew when it is written."""
    slot = StateSlot(state, "toy", "", 0.1)
    for _ in range(3):
        slot.write(b"1")
        time.sleep(0.05)
    assert slot.read() == b"1"
    time.sleep(0.06)
    assert slot.read() is None


def test_they_take_turns(state: State) -> None:
    """No one reads what another is about to replace."""
    first = StateSlot(state, "toy", "", LIFE_S)
    first.write(b"0")

    def count() -> None:
        slot = StateSlot(state, "toy", first.key, LIFE_S)
        with slot.alone():
            number = int(slot.read() or b"")
            time.sleep(0.01)
            slot.write(b"%d" % (number + 1))

    threads = [Thread(target=count) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.read() == b"5"


def test_who_waits_too_long_is_told(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that died keeps nobody out for ever."""
    monkeypatch.setattr(slots, "WAIT_S", 0.05)
    monkeypatch.setattr(slots, "LEASE_S", 0.2)
    slot = StateSlot(state, "toy", "", LIFE_S)
    other = StateSlot(state, "toy", slot.key, LIFE_S)
    with slot.alone():
        with pytest.raises(SlotInUse), other.alone():
            pytest.fail("it was not alone")
        time.sleep(0.2)
        with other.alone():
            other.write(b"1")


def test_where_there_is_no_room_it_says_so(small_state: State) -> None:
    """With a status that says when to come again."""
    StateSlot(small_state, "toy", "", LIFE_S).write(bytes(10_000_000))
    with pytest.raises(Refusal, match=r"state\.full"):
        StateSlot(small_state, "toy", "", LIFE_S).write(bytes(10_000_000))
