"""A tool's own part of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safelight.state.tool_session import ToolSession

if TYPE_CHECKING:
    from safelight.api import Json


def test_tools_do_not_see_each_others_values() -> None:
    """Nor those of the workbench."""
    values: dict[str, Json] = {"csrf_token": "secret"}
    one, two = ToolSession("one", values), ToolSession("two", values)
    one["name"], two["name"] = 1, 2
    assert (dict(one), dict(two)) == ({"name": 1}, {"name": 2})
    one.clear()
    assert values == {"csrf_token": "secret", "two.name": 2}


def test_a_missing_name_is_named() -> None:
    """As of any mapping."""
    with pytest.raises(KeyError):
        _ = ToolSession("one", {})["name"]
    with pytest.raises(KeyError):
        del ToolSession("one", {})["name"]
