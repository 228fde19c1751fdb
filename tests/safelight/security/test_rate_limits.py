"""How many requests one client may make."""

from __future__ import annotations

import pytest

from account_builders import guarded, signed_in
from safelight.security import rate_limits
from safelight.security.rate_limits import client_key
from safelight_builders import API, PAGE, app, file, token

RATE = 5  # of the toy's action, a minute


def test_an_action_has_its_own_rate() -> None:
    """Beyond it 429 with the seconds to wait, as a problem document."""
    client = app().test_client(use_cookies=False)
    for _ in range(RATE):
        assert client.post(API, data={"files": file()}).status_code == 200
    reply = client.post(API, data={"files": file()})
    assert (reply.status_code, reply.content_type) == (429, "application/problem+json")
    assert 1 <= int(reply.headers["Retry-After"]) <= 61


def test_page_and_api_count_together() -> None:
    """There is no second allowance behind the other door."""
    client = app().test_client()
    value = token(client)
    for _ in range(RATE):
        client.post(PAGE, data={"csrf_token": value, "files": file()})
    reply = client.post(PAGE, data={"csrf_token": value, "files": file()})
    assert (reply.status_code, reply.mimetype) == (429, "text/html")
    assert client.post(API, data={"files": file()}).status_code == 429


def test_guessing_a_form_token_is_counted() -> None:
    """The limit comes before the check of the token, and before the files are read."""
    client = app().test_client()
    statuses = [
        client.post(PAGE, data={"csrf_token": "guess"}).status_code for _ in range(RATE + 1)
    ]
    assert statuses == [400] * RATE + [429]


def test_each_action_has_an_allowance_of_its_own() -> None:
    """Using up one leaves the others."""
    client = app().test_client(use_cookies=False)
    for _ in range(RATE + 1):
        client.post(API, data={"files": file()})
    assert client.post("/api/v1/toy/ping").status_code == 200


def test_a_refused_request_counts_too() -> None:
    """Guessing is not free."""
    client = app().test_client(use_cookies=False)
    for _ in range(RATE):
        assert client.post(API).status_code == 422
    assert client.post(API).status_code == 429


def test_looking_at_the_page_is_not_counted_as_an_action() -> None:
    """Only what the action does is scarce."""
    client = app().test_client()
    replies = [client.get(PAGE).status_code for _ in range(2 * RATE)]
    assert replies == [200] * 2 * RATE


def test_pages_have_a_rate_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each client on its own; addresses that lead nowhere count, health checks don't."""
    monkeypatch.setattr(rate_limits, "DEFAULT_RATE", "20/minute")
    client = app().test_client(use_cookies=False)
    busy = {"REMOTE_ADDR": "192.0.2.1"}
    statuses = [client.get("/", environ_base=busy).status_code for _ in range(10)]
    statuses += [client.get("/nothing", environ_base=busy).status_code for _ in range(10)]
    assert statuses == [200] * 10 + [404] * 10
    assert client.get("/", environ_base=busy).status_code == 429
    assert client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.2"}).status_code == 200
    for path in ("/healthz", "/readyz", "/version", "/static/safelight.css"):
        assert client.get(path, environ_base=busy).status_code == 200


def test_the_rate_of_pages() -> None:
    """A hundred a second: more than a person or a reasonable script ever sends."""
    assert rate_limits.DEFAULT_RATE == "6000/minute"


def test_forwarded_addresses_do_not_buy_a_new_allowance() -> None:
    """X-Forwarded-For is the client's own claim."""
    client = app().test_client(use_cookies=False)
    statuses = [
        client.post(
            API, data={"files": file()}, headers={"X-Forwarded-For": f"192.0.2.{number}"}
        ).status_code
        for number in range(RATE + 1)
    ]
    assert statuses == [403] * RATE + [429]


def test_limits_can_be_off_for_load_tests() -> None:
    """On loopback, which is all that there is yet."""
    client = app({"SAFELIGHT_RATE_LIMITS": "off"}).test_client(use_cookies=False)
    statuses = {client.post(API, data={"files": file()}).status_code for _ in range(3 * RATE)}
    assert statuses == {200}


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::%eth0/64"),
        ("", "unknown"),
        ("x" * 1000, "unknown"),
    ],
)
def test_an_ipv6_client_is_its_network(address: str, key: str) -> None:
    """Its owner could use another address of it for each request."""
    assert client_key(address) in {key, key.replace("%eth0", "")}


def test_strangers_get_fewer_and_users_are_counted_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office behind one address is many users; each stranger's page begins a session."""
    monkeypatch.setattr(rate_limits, "STRANGERS_RATE", "5/minute")
    application = guarded()
    known = signed_in(application)  # two requests of a stranger
    stranger = application.test_client(use_cookies=False)
    assert [stranger.get("/").status_code for _ in range(4)] == [401] * 3 + [429]
    assert [known.get("/").status_code for _ in range(6)] == [200] * 6
