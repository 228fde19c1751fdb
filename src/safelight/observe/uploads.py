"""What is told of uploaded files, to Prometheus: their tool, their kind, whether one was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.observe import metrics
from safelight.observe.kinds import kind_of
from safelight.observe.refusals import current_tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.api import Upload

TAKEN, REFUSED = "taken", "refused"
UNKNOWN = "unknown"
"""The kind of a file whose bytes were dropped."""


def received(files: Iterable[Upload]) -> None:
    """Count the files of the current request."""
    tool = current_tool()
    for file in files:
        if file.refusal is None:
            metrics.UPLOADS.labels(tool, kind_of(file.content), TAKEN).inc()
        else:
            metrics.UPLOADS.labels(tool, UNKNOWN, REFUSED).inc()
