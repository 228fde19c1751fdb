"""Ask the server of this machine whether it answers: `python -m safelight.serving.alive`.

For a container or a cluster that starts a server again which does not. It reads the same settings
as the server, and needs no shell and no other program. With `--ready` it asks whether all parts
are there, too; with `--worker` it asks a worker's listener (SAFELIGHT_METRICS_PORT).
"""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
import os
import socket
import ssl
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PATIENCE_S = 3
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - the places to ask instead
ALIVE, READY = "/healthz", "/readyz"


class _SocketConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=PATIENCE_S)
        self._path = path

    def connect(self) -> None:
        """Open the socket instead of a port."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE_S)
        self.sock.connect(self._path)


class _PortConnection(HTTPConnection):
    """HTTP over a port of this machine, with TLS or without."""

    def __init__(self, host: str, port: int, *, secure: bool) -> None:
        super().__init__("localhost", timeout=PATIENCE_S)
        self._place = (EVERYWHERE.get(host, host), port)
        self._secure = secure

    def connect(self) -> None:
        """Connect to the address, which need not be the name that is asked for."""
        self.sock = socket.create_connection(self._place, PATIENCE_S)
        if self._secure:
            # Whether it answers is the question, not who it is: nothing is told to it.
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            self.sock = context.wrap_socket(self.sock, server_hostname="localhost")


def worker_connection(variables: Mapping[str, str]) -> HTTPConnection:
    """To the listener of a worker, which speaks no TLS."""
    host = variables.get("SAFELIGHT_METRICS_HOST") or "127.0.0.1"
    return _PortConnection(host, int(variables.get("SAFELIGHT_METRICS_PORT") or 0), secure=False)


def server_connection(variables: Mapping[str, str], *, secure: bool) -> HTTPConnection:
    """To the server that these variables of the environment configure."""
    path = variables.get("SAFELIGHT_SOCKET")
    if path:
        return _SocketConnection(path)
    host = variables.get("SAFELIGHT_HOST") or "127.0.0.1"
    return _PortConnection(host, int(variables.get("PORT") or 8847), secure=secure)


def answers(link: HTTPConnection, path: str) -> bool:
    """Whether it is answered at a path that all is well."""
    try:
        link.request("GET", path)
        return link.getresponse().status == 200  # noqa: PLR2004 - OK
    except (OSError, HTTPException):
        return False
    finally:
        link.close()


def main(arguments: Sequence[str], variables: Mapping[str, str]) -> int:
    """The exit code: 0 if the server is well."""
    path = READY if "--ready" in arguments else ALIVE
    secure = "--tls" in arguments or bool(variables.get("SAFELIGHT_CERT"))
    link = (
        worker_connection(variables)
        if "--worker" in arguments
        else server_connection(variables, secure=secure)
    )
    return 0 if answers(link, path) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
