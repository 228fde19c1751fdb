"""A number for each request, so that a person can name one without telling what was in it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

REQUEST_ID = "safelight.request_id"
"""Key of the WSGI environment. No header can set it: those keys begin with HTTP_."""
HEADER = "X-Request-Id"


def new_request_id() -> str:
    """64 random bits in hex."""
    return secrets.token_hex(8)


def request_id(environ: MutableMapping[str, object]) -> str:
    """The request's number; the client's own idea of one is not taken."""
    return str(environ.setdefault(REQUEST_ID, new_request_id()))
