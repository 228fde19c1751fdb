"""`/api/openapi.json`, and the same as a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, render_template, request
from markupsafe import Markup, escape

from safelight.openapi.document import PAGE, Caller, document
from safelight.openapi.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.api import Tool
    from safelight.openapi.schemas import Schema


_CODE = re.compile("`([^`]+)`")


def set_up(app: Flask, tools: Iterable[Tool], *, signed_in: bool) -> None:
    """Serve the document and its page. Both are made when asked for: that takes milliseconds."""
    loaded = tuple(tools)

    def made() -> Schema:
        return document(app, loaded, Caller(request.url_root.rstrip("/"), signed_in))

    def openapi_document() -> Response:
        body = current_app.json.dumps(made(), indent=1)
        return Response(body + "\n", content_type="application/json")

    def openapi_page() -> str:
        return render_template("safelight/api.html", page=page_of(made()))

    app.jinja_env.filters["with_code"] = with_code
    app.add_url_rule("/api/openapi.json", "openapi.document", openapi_document, methods=["GET"])
    app.add_url_rule(PAGE, "openapi.page", openapi_page, methods=["GET"])


def with_code(text: str) -> Markup:
    """A text as HTML, with what stands between grave accents as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - just escaped
