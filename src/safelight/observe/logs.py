"""The log of requests: one line each, with nothing of the person or the file in it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from safelight.observe import metrics
from safelight.observe.fields import METHODS, NO_ROUTE, OTHER
from safelight.observe.request_ids import HEADER, request_id

if TYPE_CHECKING:
    from collections.abc import MutableMapping

_REQUESTS = logging.getLogger("safelight.request")
STARTED = "safelight.started"


def log_request(
    environ: MutableMapping[str, object],
    method: str,
    route: str | None,
    status: int,
    *,
    bytes_in: int | None = None,
    bytes_out: int | None = None,
) -> None:
    """Write the line of a request, and count it.

    Args:
        environ: of the request; holds its number and when it started.
        method: as sent.
        route: the template that its address matched, never the address: that can hold anything.
        status: of the reply.
        bytes_in: of the body; None if nobody said.
        bytes_out: of the reply's body; None of a stream.
    """
    started = environ.get(STARTED)
    took = time.perf_counter() - started if isinstance(started, float) else 0.0
    method = method if method in METHODS else OTHER
    metrics.count_request(method, route or NO_ROUTE, status, took)
    metrics.count_bytes(bytes_in, bytes_out)
    _REQUESTS.info(
        "request",
        extra={
            "request": request_id(environ),
            "method": method,
            "route": route or NO_ROUTE,
            "status": status,
            "ms": round(1000 * took),
            "bytes_in": bytes_in,
            "bytes_out": bytes_out,
        },
    )


def set_up(app: Flask) -> None:
    """Number each request, and log it when its reply is made."""

    @app.before_request
    def start() -> None:
        request.environ.setdefault(STARTED, time.perf_counter())

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers[HEADER] = request_id(request.environ)
        log_request(
            request.environ,
            request.method,
            request.url_rule.rule if request.url_rule else None,
            response.status_code,
            bytes_in=request.content_length,
            bytes_out=response.content_length,
        )
        return response
