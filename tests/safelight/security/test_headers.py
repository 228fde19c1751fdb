"""Every reply carries the headers of the table, whatever made it."""

from __future__ import annotations

import re

import pytest

from safelight.security.headers import FEATURES_OFF
from safelight_builders import API, app, file

# Written out, not taken from the module: a header that is removed or weakened there fails here.
EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self';"
    " img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
    "Server": "safelight",
}
NONCE = re.compile(r"; script-src 'nonce-([A-Za-z0-9_-]+)'")
HSTS = "max-age=63072000; includeSubDomains"
REPLIES = {
    "page": ("GET", "/", 200),
    "tool's page": ("GET", "/toy/", 200),
    "json": ("GET", "/healthz", 200),
    "text": ("GET", "/.well-known/security.txt", 200),
    "static file": ("GET", "/static/safelight.css", 200),
    "tool's static file": ("GET", "/toy/static/toy.css", 200),
    "redirect": ("GET", "/toy", 308),
    "not found": ("GET", "/nothing", 404),
    "not found in the api": ("GET", "/api/nothing", 404),
    "wrong method": ("DELETE", "/", 405),
    "no token": ("POST", "/toy/", 400),
    "fault": ("GET", "/toy/broken", 500),
}


@pytest.mark.parametrize("name", REPLIES)
@pytest.mark.parametrize("header", EXPECTED)
def test_every_reply_carries(name: str, header: str) -> None:
    """The header is there, with its exact value, on every kind of reply."""
    method, path, status = REPLIES[name]
    reply = app().test_client().open(path, method=method)
    values = [NONCE.sub("", value) for value in reply.headers.getlist(header)]
    assert (reply.status_code, values) == (status, [EXPECTED[header]])


@pytest.mark.parametrize("name", REPLIES)
def test_only_the_scripts_of_a_page_may_run_and_only_in_this_reply(name: str) -> None:
    """Each reply has a new number of 128 random bits; one without a script allows none."""
    method, path, _ = REPLIES[name]
    client = app().test_client()
    replies = [client.open(path, method=method) for _ in range(2)]
    numbers = [NONCE.findall(reply.headers["Content-Security-Policy"]) for reply in replies]
    tags = [re.findall(r'<script[^>]* nonce="([^"]+)"', reply.text) for reply in replies]
    assert [set(found) for found in numbers] == [set(found) for found in tags]
    assert all(reply.text.count("<script") == len(tags[at]) for at, reply in enumerate(replies))
    assert not set(numbers[0]) & set(numbers[1])
    assert all(len(number) >= 22 for number in numbers[0])


@pytest.mark.parametrize("name", REPLIES)
def test_every_reply_over_tls_demands_tls_from_then_on(name: str) -> None:
    """HSTS, for two years, errors included; never over plain HTTP, where it means nothing."""
    method, path, _ = REPLIES[name]
    client = app().test_client()
    secure = client.open(path, method=method, base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == HSTS
    assert "Strict-Transport-Security" not in client.open(path, method=method).headers


@pytest.mark.parametrize("feature", ["camera", "microphone", "geolocation", "payment", "usb"])
def test_the_permissions_policy_switches_off(feature: str) -> None:
    """No page needs these, so none may have them."""
    policy = app().test_client().get("/").headers["Permissions-Policy"]
    assert f"{feature}=()" in policy.split(", ")
    assert policy.count("=()") == len(FEATURES_OFF)


@pytest.mark.parametrize("name", [name for name in REPLIES if "static" not in name])
def test_no_reply_but_static_files_is_ever_stored(name: str) -> None:
    """A shared computer's cache holds nothing of what was looked at."""
    method, path, _ = REPLIES[name]
    headers = app().test_client().open(path, method=method).headers
    assert headers["Cache-Control"] == "no-store"
    assert {"Cookie", "Origin", "Sec-Fetch-Site"} <= set(headers["Vary"].split(", "))


@pytest.mark.parametrize("name", REPLIES)
def test_no_other_site_may_read_a_reply(name: str) -> None:
    """No CORS header answers a foreign Origin."""
    method, path, _ = REPLIES[name]
    headers = app().test_client().open(path, method=method, headers={"Origin": "https://x"}).headers
    assert not [name for name in headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118


@pytest.mark.parametrize("name", REPLIES)
def test_text_names_its_charset(name: str) -> None:
    """A browser never has to guess the encoding."""
    method, path, _ = REPLIES[name]
    kind = app().test_client().open(path, method=method).headers["Content-Type"]
    assert not kind.startswith("text/") or kind.endswith("; charset=utf-8")


def test_an_answer_of_the_api_is_not_stored() -> None:
    """The result of an upload is the user's alone."""
    reply = app().test_client().post(API, data={"files": file()})
    assert reply.headers["Cache-Control"] == "no-store"
