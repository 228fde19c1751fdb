"""How many requests a client may make."""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING, cast

from flask import current_app, request
from flask_limiter import Limiter

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask

DEFAULT_RATE = "1200/minute"
IPV6_NETWORK = 64
"""Bits. One customer has a whole such network, and could use a new address for each request."""


def client_key(address: str) -> str:
    """The name under which a client's requests are counted."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))


def seconds_to_wait() -> int:
    """When the client that was just refused may come again."""
    (limiter,) = cast("set[Limiter]", current_app.extensions["limiter"])
    limit = limiter.current_limit
    return max(1, limit.reset_at - int(time.time())) if limit else 60


def set_up(app: Flask, *, enabled: bool, exempt: Collection[str]) -> Limiter:
    """Count the requests of each client, but for the `exempt` endpoints."""
    limiter = Limiter(
        lambda: client_key(request.remote_addr or ""),
        default_limits=[DEFAULT_RATE],
        storage_uri="memory://",
        strategy="moving-window",
        enabled=enabled,
    )

    limiter.request_filter(lambda: request.endpoint in exempt)
    limiter.init_app(app)
    # Limits refer to it weakly, and one that is switched off is kept by nothing else.
    app.extensions["safelight.limiter"] = limiter
    return limiter
