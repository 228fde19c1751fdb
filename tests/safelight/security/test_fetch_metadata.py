"""Requests that another site caused are refused by what the browser says of them."""

from __future__ import annotations

import pytest

from safelight.security.fetch_metadata import is_foreign
from safelight_builders import API, PAGE, app, file, token

OWN = "http://localhost"
CROSS = {"Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "MADEUP"])
@pytest.mark.parametrize(
    "headers",
    [
        CROSS,
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "anything"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_can_not_change_anything(method: str, headers: dict[str, str]) -> None:
    """Whichever of the two signs gives it away."""
    assert is_foreign(method, headers, OWN)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OWN},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": OWN},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_own_pages_and_programs_can(headers: dict[str, str]) -> None:
    """A program sends neither sign; whether it may is for the token to say."""
    assert not is_foreign("POST", headers, OWN)


def test_another_site_may_link_to_a_page() -> None:
    """A click on a link is a navigation at the top."""
    navigation = {**CROSS, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert not is_foreign("GET", navigation, OWN)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"},
    ],
)
def test_another_site_may_neither_embed_nor_fetch(headers: dict[str, str]) -> None:
    """Nothing here is meant to be part of another site."""
    assert is_foreign("GET", {**CROSS, **headers}, OWN)


def test_the_page_refuses_a_cross_site_form_even_with_its_token() -> None:
    """The two guards are independent: a stolen token does not help."""
    client = app().test_client()
    data = {"csrf_token": token(client), "files": file()}
    reply = client.post(PAGE, data=data, headers=CROSS)
    assert reply.status_code == 403
    assert "Sec-Fetch-Site" in reply.headers["Vary"]


def test_the_api_refuses_a_cross_site_request() -> None:
    """A page of another site can't use the API of a server on this machine."""
    client = app().test_client()
    for headers in (CROSS, {"Origin": "https://evil.example"}):
        reply = client.post(API, data={"files": file()}, headers=headers)
        assert reply.status_code == 403
        assert reply.json is not None
        assert reply.json["code"] == "request.cross-site"
