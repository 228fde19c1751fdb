"""Programs are told how much they may still ask for."""

from __future__ import annotations

import re

from safelight_builders import API, PAGE, app, file

PING = "/api/v1/toy/ping"


def test_the_api_tells_its_policies() -> None:
    """That of all requests, and that of the action."""
    reply = app().test_client().post(API, data={"files": file()})
    expected = '"6000 in 60 s";q=6000;w=60, "5 in 60 s";q=5;w=60'
    assert reply.headers["RateLimit-Policy"] == expected


def test_the_quota_that_ends_first_is_counted_down() -> None:
    """Of five a minute, two are left after three."""
    client = app().test_client()
    replies = [client.post(API, data={"files": file()}) for _ in range(3)]
    left = [re.sub("t=.*", "", reply.headers["RateLimit"]) for reply in replies]
    assert left == ['"5 in 60 s";r=4;', '"5 in 60 s";r=3;', '"5 in 60 s";r=2;']


def test_a_refused_request_is_told_that_nothing_is_left() -> None:
    """With the seconds to wait, as in Retry-After."""
    client = app().test_client()
    for _ in range(5):
        client.post(API, data={"files": file()})
    reply = client.post(API, data={"files": file()})
    assert reply.status_code == 429
    match = re.fullmatch(r'"5 in 60 s";r=0;t=([0-9]+)', reply.headers["RateLimit"])
    assert match is not None
    assert abs(int(match[1]) - int(reply.headers["Retry-After"])) <= 1


def test_without_limits_nothing_is_told() -> None:
    """A header that is not true would be worse than none."""
    reply = app({"SAFELIGHT_RATE_LIMITS": "off"}).test_client().post(PING)
    assert (reply.status_code, "RateLimit" in reply.headers) == (200, False)


def test_pages_tell_nothing() -> None:
    """Browsers do not read it."""
    assert "RateLimit" not in app().test_client().get(PAGE).headers
