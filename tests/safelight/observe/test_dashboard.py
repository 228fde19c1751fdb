"""The dashboard: up to date, and every query is one, about numbers that there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import dashboard
from safelight_prometheus import asked_for, promtool, told

if TYPE_CHECKING:
    from pathlib import Path

VARIABLES = {"$__rate_interval": "5m", "$instance": ".*"}


def queries() -> list[str]:
    """The queries of all panels, as they are written in the file."""
    content: dict[str, Any] = json.loads(dashboard.TARGET.read_text(encoding="utf-8"))
    return [target["expr"] for panel in content["panels"] for target in panel.get("targets", ())]


def test_the_file_is_what_its_table_says() -> None:
    """Run tools/dashboard.py after a change."""
    assert dashboard.TARGET.read_text(encoding="utf-8") == dashboard.text()


def test_every_query_asks_for_numbers_that_there_are() -> None:
    """A panel that is empty for good looks like peace."""
    asked = {name for query in queries() for name in asked_for(query)}
    assert (asked - told(), len(asked) > 20) == (set(), True)


def test_every_query_is_one(tmp_path: Path) -> None:
    """Prometheus's own tool reads it."""
    asked = "\n\n".join(queries())
    for variable, value in VARIABLES.items():
        asked = asked.replace(variable, value)
    rules = [
        {"record": f"panel:{at}", "expr": query} for at, query in enumerate(asked.split("\n\n"))
    ]
    path = tmp_path / "panels.json"
    path.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
    assert promtool("check", "rules", str(path)) == ""


def test_panels_do_not_lie_on_each_other() -> None:
    """Each in a place of its own, inside the grid."""
    taken: set[tuple[int, int]] = set()
    for panel in dashboard.panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < dashboard.COLUMNS
        taken |= cells


@pytest.mark.parametrize(
    "panel", [p for _, row in dashboard.ROWS for p in row], ids=lambda p: p.title
)
def test_a_panel_is_about_the_processes_that_are_chosen(panel: dashboard.Panel) -> None:
    """And says what it shows."""
    assert panel.tells
    assert all("@" in query for query in panel.queries.values())
