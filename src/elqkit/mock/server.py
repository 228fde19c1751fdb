"""The mock on a socket: HTTP/1.1 on 127.0.0.1, and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import socket
from threading import Thread
from typing import TYPE_CHECKING

from elqkit.mock.exchange import Dropped, Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.mock.application import Mock

LOOPBACK = "127.0.0.1"
MAX_BODY_BYTES = 32 * 1024 * 1024
IDLE_S = 30


class Server(ThreadingHTTPServer):
    """Serves one mock. Port 0 takes a free one: `address` tells which."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, mock: Mock, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.mock = mock

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a caller that went away in the middle."""


@contextmanager
def serving(mock: Mock, port: int = 0) -> Iterator[str]:
    """Serve a mock from a thread; gives its address."""
    with Server(mock, port) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "ElqKit-mock", ""
    timeout = IDLE_S
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815 - the base class's names

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or "Transfer-Encoding" in self.headers:
            self._send(Response(411), is_last=True)
            return
        if int(length[:18]) > MAX_BODY_BYTES:
            self._send(Response(413), is_last=True)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(length))
        try:
            response = self.server.mock.answer(Request(self.command, self.path, headers, body))
        except Dropped:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(response)

    def _send(self, response: Response, *, is_last: bool = False) -> None:
        has_body = response.status not in (204, 304)
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        if has_body:
            self.send_header("Content-Type", response.kind)
            self.send_header("Content-Length", str(len(response.body)))
        if is_last:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if has_body and self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
        """Log nothing: an address may hold somebody's values."""
