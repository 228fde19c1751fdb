"""The vault: bytes for the life of a session, for their owner alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from safelight.api import Refusal
from safelight.state import vault as vaults
from safelight.state.vault import Vault

if TYPE_CHECKING:
    from safelight.state.interface import State

OWNER, OTHER = "owner", "other"


@pytest.fixture
def vault(state: State) -> Vault:
    """An empty vault, in memory and in Redis."""
    return Vault(state, time.time, 60)


def test_what_is_kept_is_its_owners(vault: Vault) -> None:
    """A key is of no use to anyone else."""
    key = vault.keep(OWNER, b"\x00\xff")
    assert vault.kept(OWNER, key) == b"\x00\xff"
    assert vault.kept(OTHER, key) is None
    vault.drop(OTHER, key)
    assert vault.kept(OWNER, key) == b"\x00\xff"


def test_what_is_dropped_is_gone(vault: Vault) -> None:
    """Dropping it twice is no fault."""
    key = vault.keep(OWNER, b"1")
    vault.drop(OWNER, key)
    vault.drop(OWNER, key)
    assert vault.kept(OWNER, key) is None


def test_it_is_forgotten_after_its_life(state: State) -> None:
    """Whoever still has the key; the owner has room again."""
    vault = Vault(state, time.time, 0.05)
    key = vault.keep(OWNER, b"1")
    time.sleep(0.06)
    assert vault.kept(OWNER, key) is None


@pytest.mark.parametrize(
    ("limit", "value", "size"), [("MAX_OWNER_BYTES", 10, 6), ("MAX_OWNER_ITEMS", 1, 1)]
)
def test_an_owner_keeps_no_more_than_their_share(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, size: int
) -> None:
    """Others still can, and so can they when they drop something."""
    monkeypatch.setattr(vaults, limit, value)
    key = vault.keep(OWNER, bytes(size))
    with pytest.raises(Refusal, match=r"vault\.full"):
        vault.keep(OWNER, bytes(size))
    vault.keep(OTHER, bytes(size))
    vault.drop(OWNER, key)
    vault.keep(OWNER, bytes(size))


def test_where_there_is_no_room_it_says_so(small_state: State) -> None:
    """With a status that says when to come again, not as a fault."""
    vault = Vault(small_state, time.time, 60)
    vault.keep(OWNER, bytes(10_000_000))
    with pytest.raises(Refusal, match=r"state\.full") as refusal:
        vault.keep(OTHER, bytes(10_000_000))
    assert refusal.value.status == 503
