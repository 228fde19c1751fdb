"""A listener for `/metrics`, `/healthz` and `/readyz` alone.

For workers, which serve no pages, and for servers whose pages only known users may open. It asks
nobody who they are. So it listens on this machine alone unless told otherwise, and then belongs on
a network that only the monitoring reaches. What it tells holds nothing of a person.
"""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
import socket
import threading
from typing import TYPE_CHECKING

from safelight.observe import metrics
from safelight.security.headers import EVERY_REPLY, NOT_KEPT
from safelight.security.host_names import allowed_names, is_allowed, is_loopback

if TYPE_CHECKING:
    from safelight.observe.health import Health

SECONDS = 5
"""How long a client may take to ask."""
JSON = "application/json"


class Listener:
    """The listener of one process, in a thread of its own."""

    def __init__(self, host: str, port: int, health: Health) -> None:
        """Begin to listen.

        Raises:
            OSError: the port can't be had.
        """
        self._server = _Server((host, port), _handler(host, health))
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no fault, and its address is not for the log."""


def _handler(host: str, health: Health) -> type[BaseHTTPRequestHandler]:
    names = allowed_names(host)

    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS

        def do_GET(self) -> None:
            asked = self.headers.get("Host", "")
            # A page in a browser of this machine could ask under a name of its own.
            if is_loopback(host) and not is_allowed(asked, names):
                self._answer(400, JSON, b"{}")
            else:
                self._answer(*_reply(self.path.partition("?")[0], health))

        def _answer(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response_only(status)
            for name, value in (*EVERY_REPLY, *NOT_KEPT, ("Content-Type", media_type)):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
            """As any other reply: Python's own would quote the request."""
            del message, explain
            self.close_connection = True
            self._answer(code, JSON, b"{}")

        def log_message(self, *values: object) -> None:
            """Nothing: what asks every few seconds is no event, and the line would hold a path."""

    return Handler


def _reply(path: str, health: Health) -> tuple[int, str, bytes]:
    if path == "/metrics":
        return 200, metrics.CONTENT_TYPE, metrics.exposition()
    if path == "/healthz":
        return 200, JSON, b'{"status":"ok"}'
    if path == "/readyz":
        said, status = health.report()
        return status, JSON, json.dumps(said).encode()
    return 404, JSON, b"{}"
