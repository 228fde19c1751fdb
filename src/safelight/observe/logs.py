"""The log: one line a request, with nothing of the person or the file in it."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from safelight.observe.request_ids import HEADER, request_id

if TYPE_CHECKING:
    from collections.abc import MutableMapping

_REQUESTS = logging.getLogger("safelight.request")
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
STARTED = "safelight.started"
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def write_to_stderr(level: str) -> None:
    """Send the log to standard error, once a process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, "%Y-%m-%dT%H:%M:%S%z"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("safelight").setLevel(level.upper())


def log_request(
    environ: MutableMapping[str, object], method: str, endpoint: str | None, status: int
) -> None:
    """Write the line of a request. The endpoint's name, not the path: a path can hold anything."""
    started = environ.get(STARTED)
    took = time.perf_counter() - started if isinstance(started, float) else 0.0
    _REQUESTS.info(
        "id=%s method=%s endpoint=%s status=%d ms=%d",
        request_id(environ),
        method if method in METHODS else "OTHER",
        endpoint or "-",
        status,
        1000 * took,
    )


def set_up(app: Flask) -> None:
    """Number each request, and log it when its reply is made."""

    @app.before_request
    def start() -> None:
        request.environ.setdefault(STARTED, time.perf_counter())

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers[HEADER] = request_id(request.environ)
        log_request(request.environ, request.method, request.endpoint, response.status_code)
        return response
