"""A real server process with the toy tool, and raw sockets to talk to it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
import os
from pathlib import Path
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent
# The command as installed, but for the tools: the toy stands in for what happens to be installed.
COMMAND = """
import sys
from importlib.metadata import EntryPoint
from safelight import tool_loading
tool_loading.entry_points = lambda group: [EntryPoint("toy", "toy_tool:tool", group)]
from safelight.cli import main
main(sys.argv[1:], prog_name="safelight")
"""
INSTALLED = """
import sys
from safelight.cli import main
main(sys.argv[1:], prog_name="safelight")
"""


@dataclass
class Running:
    """A server that answers."""

    port: int
    process: subprocess.Popen[str]
    first_line: str

    def connect(self) -> socket.socket:
        """A new connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), 10)
        connection.settimeout(10)
        return connection

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are; all that comes back until the server closes or says no more."""
        with self.connect() as connection:
            connection.sendall(request)
            return read_reply(connection)

    def stop(self) -> tuple[int, str]:
        """Ask it to stop: the exit code, and what it wrote on standard error."""
        self.process.send_signal(signal.SIGTERM)
        _, log = self.process.communicate(timeout=20)
        return self.process.returncode, log


def read_reply(connection: socket.socket) -> bytes:
    """One reply: its headers, and the body that they announce."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return received
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(body) < length:
        piece = connection.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(*arguments: str, command: str = COMMAND, **environment: str) -> Iterator[Running]:
    """`safelight serve` on a free port, stopped at the end if it still runs.

    With the toy tool; with the installed ones if the command is `INSTALLED`.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "-p", str(port), *arguments],
        env={**os.environ, "PYTHONPATH": str(TESTS), "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first_line = process.stdout.readline()
        yield Running(port, process, first_line)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
