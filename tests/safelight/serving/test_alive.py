"""The question that a container asks about its server."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from exposed_server import OTHERS_MAY_COME
from safelight.serving.alive import main
from safelight_server import free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Sick(BaseHTTPRequestHandler):
    """A server that is alive, and not ready."""

    def do_GET(self) -> None:
        """200 or 503."""
        self.send_response(200 if self.path == "/healthz" else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def sick() -> Iterator[str]:
    """The port of one."""
    with HTTPServer(("127.0.0.1", 0), Sick) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield str(server.server_port)
        server.shutdown()


@pytest.mark.parametrize(("arguments", "expected"), [([], 0), (["--ready"], 1), (["--worker"], 0)])
def test_alive_is_not_ready(sick: str, arguments: list[str], expected: int) -> None:
    """The first starts a server again, the second only keeps people away from it for a while."""
    variables = {"SAFELIGHT_HOST": "0.0.0.0", "PORT": sick, "SAFELIGHT_METRICS_PORT": sick}  # noqa: S104 - as in a container
    assert main(arguments, variables) == expected


def test_nobody_there_is_not_alive() -> None:
    """Refused, and no traceback."""
    assert main([], {"PORT": str(free_port())}) == 1


def test_over_tls_with_a_certificate_of_its_own() -> None:
    """It is not asked who it is: nothing is told to it."""
    with running("-a") as server:
        assert main(["--tls"], {"PORT": str(server.port)}) == 0


def test_over_a_socket_as_a_command(tmp_path: Path) -> None:
    """As the images call it."""
    variables = {"SAFELIGHT_SOCKET": str(tmp_path / "web.sock")}
    with running(**variables, **OTHERS_MAY_COME):
        asked = subprocess.run(
            [sys.executable, "-m", "safelight.serving.alive", "--ready"],
            env={**os.environ, **variables},
            timeout=10,
            check=False,
        )
    assert asked.returncode == 0
