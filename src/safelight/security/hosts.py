"""Which names a request may ask for.

A page of another site can make its own name resolve to 127.0.0.1 and then talk to a local server
as if it were that site's (DNS rebinding). The name in the Host header gives it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, request

from safelight.api import Refusal
from safelight.security.host_names import allowed_names, is_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable


def set_up(app: Flask, host: str, others: Iterable[str] = ()) -> None:
    """Refuse requests that ask for another name than the server's."""
    names = allowed_names(host, others)

    @app.before_request
    def check_host() -> None:
        if not is_allowed(request.environ.get("HTTP_HOST", ""), names):
            raise Refusal(
                "request.unknown-host",
                "This server does not answer under that name.",
                "Open it under the address that it printed when it started.",
            )
