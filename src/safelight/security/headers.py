"""The response headers that every reply carries, in one table.

Pages, JSON, static files, errors of the application and refusals that never reach it: all take
their headers from `response_headers`.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

if TYPE_CHECKING:
    from collections.abc import Iterable

NONCE_BYTES = 16
_NONCE = "script_nonce"
_POLICY = (
    # No script: only a page that has one says which, by a number that nobody can guess.
    "default-src 'none'",
    "style-src 'self'",
    # data: and blob: are the previews that a page draws of a file it just read.
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
CONTENT_SECURITY_POLICY = "; ".join(_POLICY)

FEATURES_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

EVERY_REPLY = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Not `no-referrer`: over TLS the form token's check compares the Referer.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in FEATURES_OFF)),
    ("X-Frame-Options", "DENY"),
    ("X-Permitted-Cross-Domain-Policies", "none"),
    ("X-DNS-Prefetch-Control", "off"),
    # A name instead of the server's own, which would tell its version.
    ("Server", "safelight"),
)

OVER_TLS = (("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),)

# Replies depend on the language, the session, who caused the request and what the client can read;
# a cache must not mix them up.
VARY = (
    "Accept-Encoding, Accept-Language, Cookie, Origin, Sec-Fetch-Site, Sec-Fetch-Mode,"
    " Sec-Fetch-Dest"
)
NOT_KEPT = (("Cache-Control", "no-store"), ("Vary", VARY))


def response_headers(*, secure: bool) -> Iterable[tuple[str, str]]:
    """The headers of any reply, over TLS or not."""
    return (*EVERY_REPLY, *OVER_TLS) if secure else EVERY_REPLY


def script_nonce() -> str:
    """The number of this reply's own scripts, for their tags: new in each reply."""
    if _NONCE not in g:
        setattr(g, _NONCE, secrets.token_urlsafe(NONCE_BYTES))
    return str(g.get(_NONCE))


def set_up(app: Flask) -> None:
    """Add the headers to each reply of the application."""
    app.jinja_env.globals[_NONCE] = script_nonce

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in response_headers(secure=request.is_secure):
            response.headers[name] = value
        if _NONCE in g:
            scripts = f"script-src 'nonce-{script_nonce()}'"
            response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; {scripts}"
        if "Cache-Control" not in response.headers:  # only static files bring their own
            for name, value in NOT_KEPT:
                response.headers[name] = value
        return response
