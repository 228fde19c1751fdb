"""Ask the decoder's process, and never wait for it for ever.

Where the system can fork, one process loads the decoders once and forks for each request: a
picture is decoded in a few milliseconds more than it takes to decode it. Elsewhere each request
starts a process of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from mapy.decoding.decoder import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapy.decoding.decoder import Task

GRACE_S = 5
"""How much longer than it may take a request is waited for."""
PATIENCE_S = 20
"""How long a request waits for its turn."""
_SLOTS = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))
"""Processes at a time: each may take gigabytes, and more than the processors are no faster."""
_COMMAND = (sys.executable, "-I", "-m", "mapy.decoding.decoder")
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
"""Nothing of ours, but what Windows starts no process without."""
_CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


def ask(task: Task, pictures: Sequence[tuple[str, bytes]]) -> list[Any] | None:
    """What the process answers for each picture, up to the first that it cannot decode.

    Args:
        task: what is wanted of each.
        pictures: each with its format.

    Returns:
        None where no process became free in time.
    """
    if not _SLOTS.acquire(timeout=PATIENCE_S):
        return None
    try:
        way = _by_fork if _CAN_FORK else _by_itself
        answers = way(b"".join(_packed(task, pictures)), BOUNDS[task].seconds + GRACE_S)
    except (OSError, subprocess.TimeoutExpired):
        return []
    finally:
        _SLOTS.release()
    return [json.loads(line) for line in answers.splitlines()]


def _packed(task: Task, pictures: Sequence[tuple[str, bytes]]) -> Iterator[bytes]:
    """A request: a line of JSON, then each picture behind its length in 8 bytes."""
    formats = [format_ for format_, _ in pictures]
    yield json.dumps({"task": task, "formats": formats}).encode() + b"\n"
    for _, content in pictures:
        yield len(content).to_bytes(8, "big")
        yield content


def _by_itself(request: bytes, timeout_s: float) -> bytes:
    """The answer of a process that is started for it.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: it was killed.
    """
    done = subprocess.run(  # noqa: S603 - our own module; the picture is its input alone
        _COMMAND,
        input=request,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=timeout_s,
        env=_ENVIRONMENT,
        check=False,
    )
    return done.stdout


def _by_fork(request: bytes, timeout_s: float) -> bytes:
    """The answer of a process that is forked for it.

    Raises:
        OSError: the processes cannot be started, or no answer came in time.
    """
    with _NURSERY.newborn() as connection:
        connection.settimeout(timeout_s)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # what it said counts
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: _received(connection), b""))


def _received(connection: socket.socket) -> bytes:
    """The next of what the process says; nothing when it has ended, however it did."""
    try:
        return connection.recv(1 << 16)
    except ConnectionResetError:
        return b""


class _Nursery:
    """The process that has the decoders loaded, sees no picture, and forks for each request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def newborn(self) -> socket.socket:
        """The connection to a process that waits for one request.

        Raises:
            OSError: no process can be started.
        """
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                self._hand_over(theirs)
            except OSError:  # not there yet, or killed from outside
                self._stop()
                self._start()
                self._hand_over(theirs)
        return ours

    def stop(self) -> None:
        """End the process. The next request starts another."""
        with self._lock:
            self._stop()

    def _hand_over(self, connection: socket.socket) -> None:
        if self._control is None:
            raise ConnectionError
        socket.send_fds(self._control, [b"."], [connection.fileno()])

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                (*_COMMAND, "--fork"),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
            )

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


_NURSERY = _Nursery()
atexit.register(_NURSERY.stop)
