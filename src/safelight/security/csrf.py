"""The token that every state-changing request must carry, bound to the session.

Flask-WTF makes and checks it. A token lives as long as its session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_wtf.csrf import CSRFProtect

from safelight.security.fetch_metadata import SAFE_METHODS, is_browser
from safelight.security.identity import LOOPBACK, TOKEN, current

if TYPE_CHECKING:
    from flask import Flask

API_PREFIX = "/api/"


def set_up(app: Flask) -> None:
    """Demand the token on each method that may change something.

    Two kinds of requests go without. One that brings an API token: no other site can make a
    browser send one. And at its own machine, where nobody signs in, a program's call of the API.
    """
    protection = CSRFProtect()
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
        WTF_CSRF_METHODS={"POST", "PUT", "PATCH", "DELETE"},
    )
    protection.init_app(app)

    @app.before_request
    def check_token() -> None:
        if request.method in SAFE_METHODS or request.routing_exception is not None:
            return
        if not _goes_without():
            protection.protect()


def _goes_without() -> bool:
    found = current()
    how = found.how if found else ""
    is_call = request.path.startswith(API_PREFIX) and not is_browser(request)
    return how == TOKEN or (how == LOOPBACK and is_call)
