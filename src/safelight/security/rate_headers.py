"""Tell programs how much they may still ask for: `RateLimit-Policy` and `RateLimit`.

As the draft of the IETF's HTTPAPI group writes them (draft-ietf-httpapi-ratelimit-headers-10).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from flask import request

from safelight.security.csrf import API_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask, Response
    from flask_limiter import Limiter, RequestLimit


def tell_rates(app: Flask) -> None:
    """Add the headers to each reply of the API whose request was counted."""

    @app.after_request
    def add_rate(response: Response) -> Response:
        limits = _limits(app) if request.path.startswith(API_PREFIX) else ()
        if limits:
            response.headers["RateLimit-Policy"] = ", ".join(map(_policy, limits))
            response.headers["RateLimit"] = _left(min(limits, key=_share_left))
        return response


def _limits(app: Flask) -> Sequence[RequestLimit]:
    """The limits that the current request was held against; none where they are off."""
    limiters = cast("set[Limiter]", app.extensions.get("limiter", set()))
    return [limit for limiter in limiters for limit in limiter.current_limits]


def _name(limit: RequestLimit) -> str:
    """The quota by its length in seconds: `240 in 60 s`."""
    return f'"{limit.limit.amount} in {limit.limit.get_expiry()} s"'


def _policy(limit: RequestLimit) -> str:
    return f"{_name(limit)};q={limit.limit.amount};w={limit.limit.get_expiry()}"


def _left(limit: RequestLimit) -> str:
    seconds = max(0, limit.reset_at - int(time.time()))
    return f"{_name(limit)};r={max(0, limit.remaining)};t={seconds}"


def _share_left(limit: RequestLimit) -> float:
    return limit.remaining / limit.limit.amount
