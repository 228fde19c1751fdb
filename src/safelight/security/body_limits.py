"""How much of a request's body a route takes, known before the first byte of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException

from safelight.api import RECEIVED_ACTION, Action

if TYPE_CHECKING:
    from flask import Flask

SMALL_BODY = 64 * 1024
"""Bytes. What a route takes that declares no files, and any form that is not multipart."""
MAX_FORM_FIELDS = 64
"""Parts of a form besides its files."""
MAX_TEXT_BYTES = 256 * 1024
"""Of one text part, and of one part's header. Must exceed the parser's own 64 KiB steps."""
MULTIPART = "multipart/form-data"


def received_action(app: Flask, endpoint: str | None) -> Action | None:
    """The action whose files and options an endpoint takes, if it declared one."""
    view = app.view_functions.get(endpoint or "")
    action = getattr(view, RECEIVED_ACTION, None)
    return action if isinstance(action, Action) else None


def body_limit(action: Action | None, content_type: str) -> int:
    """The most bytes of a body for an action.

    Only multipart forms may be large: they are read piece by piece. Any other form is small,
    because one of `a&a&a...` becomes a hundred times its size when it is read.
    """
    is_multipart = content_type.strip().lower().startswith(MULTIPART)
    if action is None or action.files is None or not is_multipart:
        return SMALL_BODY
    return action.files.body_limit


class BodyLimits:
    """The limit of any request of an application."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._urls = app.url_map.bind("localhost")

    def limit(self, method: str, path: str, content_type: str) -> int:
        """The most bytes of a body. A request without a route gets the small limit."""
        try:
            endpoint, _ = self._urls.match(path, method)
        except HTTPException:
            return SMALL_BODY
        return body_limit(received_action(self._app, endpoint), content_type)
