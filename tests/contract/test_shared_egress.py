"""The ledger of connections has those of all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.security.egress import Egress
from safelight.state import shared_egress
from safelight.state.shared_egress import SharedEgress

if TYPE_CHECKING:
    import pytest

    from safelight.state.interface import State


def process(state: State, *hosts: str) -> SharedEgress:
    """A process that called these hosts."""
    own = Egress()
    for host in hosts:
        own.note(host, 443)
    return SharedEgress(state, own)


def calls(egress: SharedEgress) -> dict[str, int]:
    """How often each host was called."""
    return {each.host: each.calls for each in egress.destinations()}


def test_each_process_knows_whom_the_others_called(state: State) -> None:
    """Once they told; its own it knows at once. The same host is one."""
    web = process(state, "login.example")
    worker = process(state, "login.example", "forms.example", "forms.example")
    assert calls(web) == {"login.example": 1}
    worker.tell()
    web.tell()
    assert calls(web) == calls(worker) == {"login.example": 2, "forms.example": 2}


def test_telling_twice_counts_once(state: State) -> None:
    """What is told is how often, not how often more."""
    worker, web = process(state, "forms.example"), process(state)
    worker.tell()
    worker.tell()
    assert calls(web) == {"forms.example": 1}


def test_a_process_that_is_long_gone_is_forgotten(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new one begins anew, as it does alone."""
    process(state, "old.example").tell()
    monkeypatch.setattr(shared_egress, "REMEMBERED_S", 0)
    process(state, "new.example").tell()
    monkeypatch.setattr(shared_egress, "REMEMBERED_S", 60)
    newer = process(state)
    assert "old.example" not in calls(newer)
