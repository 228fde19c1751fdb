"""A real Redis server on a socket of its own, which keeps nothing on a disk."""

from __future__ import annotations

from contextlib import contextmanager
import os
from pathlib import Path
import shutil
import signal
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING

from redis import Redis
from redis.exceptions import ConnectionError as NotYet

if TYPE_CHECKING:
    from collections.abc import Iterator

START_S = 10


class RedisServer:
    """Started by `redis_server`. May be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                *("redis-server", "--port", "0", "--unixsocket", str(self.socket)),
                *("--unixsocketperm", "700", "--save", "", "--appendonly", "no"),
                *("--dir", str(self._folder), "--loglevel", "warning", "--databases", "2"),
            ],
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + START_S
        client = self.client()
        while True:
            try:
                client.ping()
            except NotYet:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                client.close()
                return

    def kill(self) -> None:
        """End it without warning; all it held is gone."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def client(self) -> Redis:
        """A client of its own, to look inside."""
        return Redis(unix_socket_path=str(self.socket))


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A running server; gone at the end, with its folder."""
    folder = Path(tempfile.mkdtemp(prefix="redis-"))  # short: a socket's path has 107 letters
    server = RedisServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)
