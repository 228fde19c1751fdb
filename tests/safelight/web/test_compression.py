"""Replies are compressed for clients that take it, and none that could give a secret away."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from safelight.web.assets import Assets
from safelight_builders import PAGE, app, token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def page(headers: Mapping[str, str], client: FlaskClient | None = None) -> TestResponse:
    """The toy's page."""
    return (client or app().test_client()).get(PAGE, headers=headers)


def with_cookie() -> FlaskClient:
    """A client that has a session, and so a secret."""
    client = app().test_client()
    token(client)
    return client


def encoding(reply: TestResponse) -> str:
    """How the body is encoded; empty for as it is."""
    return reply.headers.get("Content-Encoding", "")


def test_a_page_is_compressed() -> None:
    """It is the same page, with its length as it is sent."""
    reply = page(GZIP)
    assert encoding(reply) == "gzip"
    assert "<!doctype html>" in gzip.decompress(reply.data).decode()
    assert int(reply.headers["Content-Length"]) == len(reply.data)


@pytest.mark.parametrize("accepted", [None, "identity", "br", "gzip;q=0"])
def test_only_for_those_who_can_read_it(accepted: str | None) -> None:
    """Others get the page as it is, and caches are told that it depends."""
    reply = page({} if accepted is None else {"Accept-Encoding": accepted})
    assert encoding(reply) == ""
    assert "Accept-Encoding" in reply.headers["Vary"].split(", ")


@pytest.mark.parametrize(
    ("site", "expected"),
    [("same-origin", "gzip"), ("none", "gzip"), ("cross-site", ""), ("same-site", ""), (None, "")],
)
def test_a_secret_is_compressed_for_our_own_pages_alone(site: str | None, expected: str) -> None:
    """Another site could guess at the token by the length of the answers (BREACH)."""
    headers = {**GZIP, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    reply = page(headers | ({"Sec-Fetch-Site": site} if site else {}), with_cookie())
    assert (reply.status_code, encoding(reply)) == (200, expected)


def test_a_short_reply_is_left_alone() -> None:
    """It would not get shorter."""
    assert encoding(app().test_client().get("/healthz", headers=GZIP)) == ""


def test_answers_of_the_api_are_compressed() -> None:
    """JSON is text, too. A program without a cookie has no secret in it."""
    document = app().test_client().get("/api/openapi.json", headers=GZIP)
    assert encoding(document) == "gzip"
    assert gzip.decompress(document.data).startswith(b"{")


def test_a_file_to_save_goes_out_as_it_is() -> None:
    """Its bytes are what the person asked for, and may come piece by piece."""
    for name in ("file", "stream"):
        reply = app().test_client().post(f"/api/v1/toy/{name}", headers=GZIP)
        assert (reply.status_code, encoding(reply)) == (200, "")


def test_static_files_are_compressed_once_for_all() -> None:
    """Each form has an ETag of its own, and a client's cache asks with it."""
    client = app().test_client()
    asset = client.application.jinja_env.globals["asset"]
    assert isinstance(asset, Assets)
    url = asset("safelight.css").url
    plain, squeezed = client.get(url), client.get(url, headers=GZIP)
    assert gzip.decompress(squeezed.data) == plain.data
    assert squeezed.headers["ETag"] != plain.headers["ETag"]
    assert squeezed.headers["Vary"] == "Accept-Encoding"
    again = client.get(url, headers={**GZIP, "If-None-Match": squeezed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
