"""The ledger of outbound connections, and the page that shows it."""

from __future__ import annotations

from datetime import UTC, datetime
import socket
from typing import TYPE_CHECKING

import pytest

from safelight.security import egress
from safelight.security.egress import MOST_DESTINATIONS, OTHERS, Destination, Egress
from safelight_builders import app

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 5, 16, 20, 31, 44, tzinfo=UTC)


@pytest.fixture
def listener() -> Iterator[int]:
    """The port of a server on this machine that takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield int(server.getsockname()[1])


def calls_to(port: int) -> int:
    """How often the ledger of this process has seen a port."""
    return sum(each.calls for each in egress.ledger().destinations() if each.port == port)


def test_every_connection_of_the_process_is_noted(listener: int) -> None:
    """By Python itself: the caller does nothing for it."""
    egress.ledger()
    for _ in range(2):
        socket.create_connection(("127.0.0.1", listener)).close()

    assert calls_to(listener) == 2


def test_a_connection_that_fails_is_noted_too(listener: int) -> None:
    """Who was called counts, not who answered."""
    egress.ledger()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        closed = server.getsockname()[1]
    with socket.socket() as caller:
        assert caller.connect_ex(("127.0.0.1", closed)) != 0

    assert calls_to(closed) == 1
    assert calls_to(listener) == 0


def test_a_message_without_a_connection_is_noted() -> None:
    """As names are asked for, and much is counted."""
    egress.ledger()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        port = receiver.getsockname()[1]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"-", ("127.0.0.1", port))

    assert calls_to(port) == 1


def test_a_socket_of_this_machine_is_no_connection() -> None:
    """It has a path, and leads nowhere else."""
    ledger = Egress()
    ledger.hear("socket.connect", (None, "/run/service.sock"))
    ledger.hear("socket.connect", (None, b"/run/service.sock"))

    assert ledger.destinations() == ()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *[(host, True) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost")],
        *[(host, False) for host in ("10.0.0.1", "fe80::1%eth0", "localhost.evil.example", "")],
    ],
)
def test_tells_this_machine_from_others(host: str, expected: bool) -> None:
    """Only the loopback addresses and their name are this machine."""
    assert Destination(host, 443, NOW, NOW, 1).is_local == expected


def test_counts_what_left_the_machine() -> None:
    """Loopback is listed and not counted."""
    ledger = Egress()
    for host in ("127.0.0.1", "secure.eloqua.example", "secure.eloqua.example"):
        ledger.hear("socket.connect", (None, (host, 443)))

    assert [(each.host, each.calls) for each in ledger.destinations()] == [
        ("127.0.0.1", 1),
        ("secure.eloqua.example", 2),
    ]
    assert ledger.leaving == 2


def test_keeps_within_its_bounds() -> None:
    """A scan of a network fills no memory; what is not told apart is still counted."""
    ledger = Egress()
    for port in range(MOST_DESTINATIONS + 50):
        ledger.note("h" * 10_000, port)
    *_, last = ledger.destinations()

    assert (last.host, last.calls) == (OTHERS, 50)
    assert len(ledger.destinations()) == MOST_DESTINATIONS + 1
    assert len(ledger.destinations()[0].host) == 255


@pytest.mark.parametrize(
    "arguments", [(), (None,), (None, None), (None, ()), (None, ("host", "port")), (None, (7, 8))]
)
def test_no_event_can_break_the_hook(arguments: tuple[object, ...]) -> None:
    """It stands in front of every socket."""
    Egress().hear("socket.connect", arguments)


def test_the_page_says_that_nothing_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence, with how it is known."""
    monkeypatch.setattr("safelight.security.egress.ledger", Egress)
    page = app().test_client().get("/egress").text

    assert "No connection left this machine since the server started." in page
    assert "<table>" not in page


def test_the_page_lists_who_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts, ports and how often, and nothing that could be a value of a file."""
    ledger = Egress()
    ledger.note("<b>secure.example", 443)
    ledger.note("127.0.0.1", 6379)
    monkeypatch.setattr("safelight.security.egress.ledger", lambda: ledger)
    page = app().test_client().get("/egress").text

    assert "1 connection left this machine" in page
    assert "&lt;b&gt;secure.example" in page
    assert "this machine" in page
    assert "6379" in page
