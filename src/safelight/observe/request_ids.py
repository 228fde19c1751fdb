"""A number for each request, so that a person can name one without telling what was in it."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

Found = TypeVar("Found")

REQUEST_ID = "safelight.request_id"
"""Key of the WSGI environment. No header can set it: those keys begin with HTTP_."""
HEADER = "X-Request-Id"


def new_request_id() -> str:
    """64 random bits in hex."""
    return secrets.token_hex(8)


def request_id(environ: MutableMapping[str, object]) -> str:
    """The request's number; the client's own idea of one is not taken."""
    return str(environ.setdefault(REQUEST_ID, new_request_id()))


def current_request_id() -> str:
    """The number of the request that is being answered; empty outside of one."""
    return of_current_request(lambda flask: request_id(flask.request.environ)) or ""


def of_current_request(look: Callable[[Any], Found]) -> Found | None:
    """What `look` finds by the module `flask`; None outside of a request.

    A process that has not imported Flask answers no requests, and need not import it for this.
    """
    flask = sys.modules.get("flask")
    return look(flask) if flask is not None and flask.has_request_context() else None
