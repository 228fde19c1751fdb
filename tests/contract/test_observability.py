"""The references of metrics and logs are those of the tables."""

from __future__ import annotations

import json
from pathlib import Path
import re
from typing import TYPE_CHECKING

import pytest

import observability
from safelight.observe.fields import FIELDS
from safelight.observe.metrics import REGISTRY
from safelight_builders import PAGE, app

if TYPE_CHECKING:
    from prometheus_client import Metric

MANUAL = Path(__file__).parents[2] / "docs" / "how-to" / "monitor.md"


@pytest.mark.parametrize("path", observability.written(), ids=lambda path: path.name)
def test_the_pages_are_those_of_the_tables(path: Path) -> None:
    """Made anew with `python tools/observability.py`."""
    assert path.read_text(encoding="utf-8") == observability.written()[path]


def test_every_pattern_is_said_in_words() -> None:
    """No reader has to read a regular expression."""
    assert [name for name, field in FIELDS.items() if not observability.allowed(field)] == []


def test_the_labels_of_the_page_are_those_that_are_told() -> None:
    """All that something was counted with."""
    app().test_client().get(PAGE)

    def told(metric: Metric) -> set[str]:
        return {label for sample in metric.samples for label in sample.labels} - {"le"}

    own = {
        metric.name.removeprefix("safelight_"): told(metric)
        for metric in REGISTRY.collect()
        if metric.name.startswith("safelight_") and told(metric)
    }
    assert {name: set(observability.LABELS[name]) for name in own} == own


def test_the_line_of_the_manual_has_fields_that_there_are() -> None:
    """And values that they take."""
    (line,) = re.findall(r"```json\n(.*)\n```", MANUAL.read_text(encoding="utf-8"))
    fields = json.loads(line)
    for name in ("time", "level", "logger", "event"):
        del fields[name]
    assert all(FIELDS[name].takes(value) for name, value in fields.items())


def test_the_reply_of_the_manual_is_the_reply() -> None:
    """Of a server that has all its parts."""
    reply = app().test_client().get("/readyz").text.strip()
    assert f"\n{reply}\n" in MANUAL.read_text(encoding="utf-8")
