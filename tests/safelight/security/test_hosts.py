"""A request must ask for this server by one of its own names."""

from __future__ import annotations

import pytest

from safelight.security.host_names import is_loopback
from safelight_builders import app

OWN = [
    "localhost",
    "localhost:8847",
    "LocalHost",
    "127.0.0.1",
    "127.0.0.1:9000",
    "[::1]",
    "[::1]:1",
]
FOREIGN = [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "localhost.",
    "0.0.0.0",  # noqa: S104 - a name that must be refused
    "10.0.0.1",
    "[::2]",
    "localhost@evil.example",
    "localhost:80:90",
    "localhost:port",
    "",
    "localhost/" + "a" * 300,
]


@pytest.mark.parametrize("host", OWN)
def test_own_names_are_answered(host: str) -> None:
    """With any port: a tunnel brings its own."""
    assert app().test_client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/healthz", "/static/safelight.css", "/nothing"])
def test_any_other_name_is_refused_everywhere(host: str, path: str) -> None:
    """A site whose name was made to point here (DNS rebinding) gets nothing."""
    reply = app().test_client().get(path, headers={"Host": host})
    assert reply.status_code == 400
    assert "evil" not in reply.text


def test_forwarded_names_are_not_believed() -> None:
    """Anyone can send X-Forwarded-*: no proxy is configured, so nothing is done for one."""
    forwarded = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "host=evil.example;proto=https",
    }
    reply = app().test_client().get("/toy", headers=forwarded)
    assert (reply.status_code, "evil" in reply.text) == (403, False)
    assert "Strict-Transport-Security" not in reply.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_addresses_are_this_machine(host: str) -> None:
    """127.0.0.0/8, ::1 and localhost."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",  # noqa: S104 - an address that must be refused
        "::",
        "",
        "192.168.1.1",
        "localhost.example",
        "127.0.0.1.example",
        "128.0.0.1",
    ],
)
def test_other_addresses_are_not(host: str) -> None:
    """Whatever else may be reachable from the network."""
    assert not is_loopback(host)
