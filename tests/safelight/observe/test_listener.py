"""The listener of its own for metrics and health."""

from __future__ import annotations

import http.client
import json
import socket
from typing import TYPE_CHECKING

import pytest

from safelight.observe.health import Health
from safelight.observe.listener import Listener
from toy_tool import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(name="listener")
def _listener() -> Iterator[Listener]:
    """On a free port."""
    listener = Listener("127.0.0.1", 0, Health(("lost",)))
    yield listener
    listener.close()


def ask(port: int, path: str, method: str = "GET", host: str = "localhost") -> tuple[int, str]:
    """Status and body of a reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": host})
        reply = connection.getresponse()
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Python" not in str(reply.headers)
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def test_it_tells_the_metrics(listener: Listener) -> None:
    """Those of this process."""
    status, body = ask(listener.port, "/metrics")
    assert (status, "safelight_build{" in body) == (200, True)


def test_it_tells_health(listener: Listener) -> None:
    """A worker has no page that could."""
    assert ask(listener.port, "/healthz") == (200, '{"status":"ok"}')
    status, body = ask(listener.port, "/readyz")
    assert (status, json.loads(body)["missing"]) == (503, ["tool:lost"])


def test_it_tells_nothing_else(listener: Listener, capfd: pytest.CaptureFixture[str]) -> None:
    """No other path, no other method; and neither reply nor log quotes the request."""
    assert ask(listener.port, f"/{SECRET}") == (404, "{}")
    assert ask(listener.port, "/metrics", "POST")[0] == 501
    with socket.create_connection(("127.0.0.1", listener.port), 5) as connection:
        connection.sendall(f"{SECRET}\r\n\r\n".encode())
        assert SECRET not in connection.recv(65536).decode()
    assert SECRET not in "".join(capfd.readouterr())


def test_it_answers_no_page_of_another_site(listener: Listener) -> None:
    """One that makes its own name lead to this machine."""
    assert ask(listener.port, "/metrics", host="evil.example") == (400, "{}")
