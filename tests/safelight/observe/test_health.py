"""What is missing, in words."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from safelight.observe.health import Health
from safelight.observe.patience import Patience
from toy_tool import SECRET

if TYPE_CHECKING:
    import pytest


def test_nothing_is_missing() -> None:
    """200."""
    health = Health()
    health.watch("redis", "Redis can't be reached.", lambda: True)
    assert health.report() == ({"status": "ok", "missing": [], "reasons": {}}, 200)


def test_a_tool_that_failed_is_named_with_where_to_look() -> None:
    """503: a load balancer prefers a process that has it."""
    said, status = Health(("mapy",)).report()
    assert (said["missing"], status) == (["tool:mapy"], 503)
    assert "The log of the start says where." in str(said["reasons"])


def test_a_part_is_asked_anew_each_time() -> None:
    """Redis comes back."""
    there = [False, True]
    health = Health()
    health.watch("redis", "Redis can't be reached.", lambda: there.pop(0))
    assert health.report()[0]["reasons"] == {"redis": "Redis can't be reached."}
    assert health.report()[1] == 200


def test_a_part_that_can_not_be_asked_is_missing() -> None:
    """With our sentence, not its."""

    def fail() -> bool:
        raise ConnectionError(SECRET)

    health = Health()
    health.watch("redis", "Redis can't be reached.", fail)
    said, status = health.report()
    assert (said["missing"], status, SECRET in str(said)) == (["redis"], 503, False)


def test_a_part_that_does_not_answer_in_time_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watchdog must not be kept waiting for it."""
    monkeypatch.setattr(Patience.__init__, "__defaults__", (0.05,))
    health, go_on = Health(), threading.Event()
    health.watch("redis", "Redis can't be reached.", lambda: go_on.wait(10))
    said, status = health.report()
    go_on.set()
    assert (said["missing"], status) == (["redis"], 503)
