"""The connection between the server and such a process: messages of any length, each whole.

Each call of the operating system makes a thread give its turn away and wait for the next one. So a
message goes out in one, where the system's buffers hold it, and comes in by two.
"""

from __future__ import annotations

import math
import socket
import struct

_BUFFER = 1 << 20
"""Bytes that are asked for between the two ends; the system may give less."""
_LENGTH = struct.Struct("!Q")
_TIMEVAL = struct.Struct("@ll")
"""`struct timeval`: seconds, microseconds."""


class Line:
    """One end."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            end.setsockopt(socket.SOL_SOCKET, option, _BUFFER)

    def send(self, message: bytes) -> None:
        """Send a message.

        Raises:
            OSError: nobody is at the other end.
        """
        self._end.sendall(_LENGTH.pack(len(message)) + message)

    def receive(self) -> bytearray:
        """The next message.

        Raises:
            EOFError: the other end was closed.
            OSError: it did not come in time, or the other end is gone.
        """
        (size,) = _LENGTH.unpack(self._whole(_LENGTH.size))
        return self._whole(size)

    def wait_at_most(self, seconds: float) -> None:
        """Bound the time between two signs of life of the other end."""
        fraction, whole = math.modf(seconds)
        bound = _TIMEVAL.pack(int(whole), int(fraction * 1_000_000))
        self._end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bound)

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def _whole(self, size: int) -> bytearray:
        content = bytearray(size)
        view = memoryview(content)
        while view:
            count = self._end.recv_into(view, len(view), socket.MSG_WAITALL)
            if not count:
                raise EOFError
            view = view[count:]
        return content
