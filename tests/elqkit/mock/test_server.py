"""The mock on a socket."""

from __future__ import annotations

from elqkit.mock import Mock
from elqkit.mock.server import Server


def test_listens_on_loopback_alone() -> None:
    """It signs anyone in who knows the published password."""
    with Server(Mock()) as server:
        assert server.socket.getsockname()[0] == "127.0.0.1"
