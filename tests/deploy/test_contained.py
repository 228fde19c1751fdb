"""The confinement that image, compose files and manifests ask for, around the real command."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from contained import TESTS, USER, run_contained

NO_CAPABILITIES = "0" * 16


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the program inside tells of one run."""
    ended = run_contained(sys.executable, str(TESTS / "contained_flow.py"), timeout_s=100)
    assert ended.returncode == 0, ended.stderr[-3000:]
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_a_picture_is_read_and_cleaned_there(told: dict[str, Any]) -> None:
    """The whole way, by the page and by the API; and the server ends as asked."""
    assert told["alive"], told["log"]
    names = ("shown", "place_in_page", "cleaned", "had_position", "has_position", "ended")
    assert [told[name] for name in names] == [200, True, 200, True, False, 0], told["log"]


def test_a_picture_of_50_mb_is_read_there(told: dict[str, Any]) -> None:
    """As large as is taken. There is no disk that it could lie on: /tmp is memory, too."""
    assert (told["large"], told["place_in_large"]) == (200, True), told["log"]


def test_nobody_there_has_any_right(told: dict[str, Any]) -> None:
    """The user of the image, no capability, and no way to get one."""
    assert (told["user"], told["no_new_privileges"]) == (USER, True)
    assert set(told["capabilities"]) == {NO_CAPABILITIES}


def test_nothing_there_can_be_written_and_nothing_is_left(told: dict[str, Any]) -> None:
    """But into /tmp, from which nothing can be started; an upload leaves nothing there."""
    assert told["writable"] == ["/tmp"]  # noqa: S108 - a name, nothing is put there
    assert (told["left_in_tmp"], told["runs_what_it_wrote"]) == ([], False)


def test_nothing_outside_can_be_reached(told: dict[str, Any]) -> None:
    """There is no network but its own loopback, and MAPy needs none."""
    assert told["reaches"] is False
