"""The log as it is really written: records of a test, through the server's own formatter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from safelight.observe.log_output import JSON, formatter

if TYPE_CHECKING:
    from collections.abc import Iterable
    import logging


def written(records: Iterable[logging.LogRecord], event: str = "") -> list[dict[str, Any]]:
    """The lines of `records`, those of one event or all, as the objects that they hold."""
    ours = formatter(JSON)
    lines = [json.loads(ours.format(record)) for record in records]
    return [line for line in lines if event in {"", line["event"]}]
