"""What such a process does. Its standard input is the connection to the server."""

from __future__ import annotations

import pickle
import signal
import socket
import sys
from typing import TYPE_CHECKING, NamedTuple

from safelight.apart.line import Line
from safelight.serving import heap

if TYPE_CHECKING:
    from collections.abc import Callable


class Fault(NamedTuple):
    """A failure that the function does not answer for. Its text may hold values of a file."""

    kind: str
    """The class of the exception."""


def main() -> None:
    """Answer requests until the server closes the connection."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # The server lets requests finish that have begun, and closes the connection then.
        signal.signal(number, signal.SIG_IGN)
    _bound()
    # What is hashed here Python can do by itself; OpenSSL would take four megabytes for it.
    sys.modules["_hashlib"] = None  # type: ignore[assignment]  # refuses the import
    heap.settle()
    line = Line(socket.socket(fileno=sys.stdin.fileno()))
    while True:
        try:
            request = line.receive()
        except (EOFError, OSError):
            return
        line.send(_answer(request))


def _answer(request: bytearray) -> bytes:
    function: Callable[..., object]
    function, args, named = pickle.loads(request)  # noqa: S301 - the server's own
    result: object
    try:
        result = function(*args, **named)
    except Exception as fault:  # noqa: BLE001 - told to the server, whatever it is
        result = Fault(type(fault).__qualname__)
    return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)


def _bound() -> None:
    """Leave no copy of the memory behind, and be the first to go when memory runs out."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Unix only

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        from pathlib import Path  # noqa: PLC0415 - Linux only

        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
