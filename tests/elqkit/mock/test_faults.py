"""Faults fire when they are told to."""

from __future__ import annotations

import pytest

from elqkit.mock.faults import FAULTS, Faults, UnknownFault


def fired(specification: str, count: int = 10, seed: int = 0) -> list[bool]:
    """Whether `drop` fires, so many times."""
    faults = Faults([specification], seed)
    return [faults.fires("drop") for _ in range(count)]


def test_fires_each_time_each_nth_time_or_so_many_times() -> None:
    """As it is written."""
    assert all(fired("drop"))
    assert [number for number, fires in enumerate(fired("drop@3"), 1) if fires] == [3, 6, 9]
    assert [number for number, fires in enumerate(fired("drop@2:1"), 1) if fires] == [2]
    assert not any(fired("slow"))


def test_chances_come_from_the_seed() -> None:
    """The same seed, the same run."""
    assert fired("drop@30%", 50, seed=7) == fired("drop@30%", 50, seed=7)
    assert fired("drop@30%", 50, seed=7) != fired("drop@30%", 50, seed=8)
    assert 200 < sum(fired("drop@30%", 1000)) < 400


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_the_table_is_known(name: str) -> None:
    """With a value, too."""
    assert name in Faults([f"{name}=5"])
    assert Faults([f"{name}=5"]).number(name, 1) == 5


@pytest.mark.parametrize("text", ["", "no-such", "drop@0", "drop=", "drop@x", "DROP", "drop@5%%"])
def test_what_is_not_understood_is_refused(text: str) -> None:
    """A typing error would be a rehearsal without the fault."""
    with pytest.raises(UnknownFault):
        Faults([text])
