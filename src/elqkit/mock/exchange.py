"""A request and its answer, as the mock sees them: no sockets are needed to try it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FIELDS = 1_000
CRLF = b"\r\n"


class Dropped(Exception):  # noqa: N818 - what happens to the connection
    """The connection is closed without an answer."""


class Request(NamedTuple):
    """One call. `path` keeps its case; routes are matched without it, as Eloqua does."""

    method: str
    target: str
    """Path and query, as on the wire."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path alone."""
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """The pairs of the query."""
        text = urlsplit(self.target).query
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)

    @property
    def form(self) -> list[tuple[str, str]]:
        """The pairs of an url-encoded body; a body of another type has none."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            return []
        text = self.body.decode("ascii", "replace")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was sent
        """The body's JSON, or None."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the query."""
        return next((value for key, value in self.query if key.lower() == name.lower()), default)

    @property
    def host(self) -> str:
        """The host and port that were called."""
        return self.headers.get("host", "127.0.0.1").lower()


class Response(NamedTuple):
    """One answer."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


def as_json(body: object, status: int = 200) -> Response:
    """An answer of JSON."""
    return Response(status, json.dumps(body).encode(), "application/json; charset=utf-8")


def as_text(text: str, status: int = 200) -> Response:
    """An answer of plain text."""
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def as_page(title: str, text: str, status: int = 200) -> Response:
    """An answer of HTML, as Eloqua's error pages are. Both are the mock's own words."""
    page = f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>"
    return Response(status, f"{page}<p>{text}</p></body></html>".encode())
