"""The token that every state-changing request must carry, bound to the session.

Flask-WTF makes and checks it. A token lives as long as its session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_wtf.csrf import CSRFProtect

from safelight.security.fetch_metadata import SAFE_METHODS, is_browser

if TYPE_CHECKING:
    from flask import Flask

API_PREFIX = "/api/"


def set_up(app: Flask, *, open_api: bool) -> None:
    """Demand the token on each method that may change something.

    Args:
        app: the application.
        open_api: serve the API without a token to programs that are no browser. Only where no
            one else can connect: nothing but this says who may call.
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
        if open_api and request.path.startswith(API_PREFIX) and not is_browser(request):
            return
        protection.protect()
