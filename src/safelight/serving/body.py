"""Read a request's body into memory, in the event loop.

A thread that reads from a socket belongs to the slowest client. Here a client costs a coroutine
and what it sent so far; a thread starts when all is there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
import io
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from typing_extensions import Buffer  # the typing stub's: Python has it from 3.12 on

    from safelight.serving.budget import MemoryBudget

END = 1024
"""Bytes of a body's end that come on their own: see `Body`."""
Message: TypeAlias = "MutableMapping[str, Any]"  # Any: ASGI's messages hold values of all kinds
Receive: TypeAlias = Callable[[], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Pace:
    """How slowly a body may come."""

    patience_s: float = 20
    """Before the rate counts."""
    min_rate: int = 4 * 1024
    """Bytes a second, on average."""
    step_s: float = 1
    """How far the end of patience moves at a time: setting the clock costs more than a piece."""
    longest_s: float = 15 * 60
    """Less than sessions remember a replaced id (`SessionLimits.kept_s`)."""

    def deadline(self, started: float, received: int) -> float:
        """When the next piece must be there, on the clock of `started`."""
        allowed = self.patience_s + received / self.min_rate
        return started + min(allowed, self.longest_s)


class BodyRefused(Exception):  # noqa: N818 - an answer, not a fault
    """A body that is not read any further, and the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Body(io.RawIOBase):
    """The pieces of a body, read once from front to end, each let go as soon as it is read.

    The piece that holds the end of a form is searched for it byte by byte, by a regular expression,
    and the others with `find`. So the last bytes are handed out alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pieces: deque[memoryview] = deque()
        self._unread = 0
        self.size = 0

    def add(self, piece: bytes) -> None:
        """Append what just came in."""
        if piece:
            self._pieces.append(memoryview(piece))
            self.size += len(piece)
            self._unread += len(piece)

    def readable(self) -> bool:
        """Yes: this is an input."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill `buffer` as far as the first piece goes, or up to the end."""
        if not self._pieces:
            return 0
        target = memoryview(buffer).cast("B")
        if self._unread > END:
            target = target[: self._unread - END]
        piece = self._pieces.popleft()
        count = min(len(target), len(piece))
        target[:count] = piece[:count]
        self._unread -= count
        if count < len(piece):
            self._pieces.appendleft(piece[count:])
        return count


async def read_body(
    receive: Receive, body: Body, limit: int, budget: MemoryBudget, pace: Pace
) -> None:
    """Fill `body` with all that comes, counting it in `budget`.

    What was counted stays counted, also when this raises: the caller gives back `body.size`.

    Raises:
        BodyRefused: over the limit (413), no memory left (503), too slow (408), broken off (400).
    """
    started = asyncio.get_running_loop().time()
    deadline = pace.deadline(started, 0)
    more = True
    try:
        async with asyncio.timeout_at(deadline) as patience:
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    raise BodyRefused(400)
                piece: bytes = message.get("body", b"")
                more = message.get("more_body", False)
                if body.size + len(piece) > limit:
                    raise BodyRefused(413)
                if not budget.has_room(len(piece)):
                    raise BodyRefused(503)
                body.add(piece)
                budget.take(len(piece))
                allowed = pace.deadline(started, body.size)
                if allowed > deadline + pace.step_s:
                    deadline = allowed
                    patience.reschedule(deadline)
    except TimeoutError:
        raise BodyRefused(408) from None


async def drain(receive: Receive, longest_s: float) -> None:
    """Read and drop what a refused client still sends.

    A connection that is closed on a sender is reset, and then the sender may never see the answer.
    """
    try:
        async with asyncio.timeout(longest_s):
            while True:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return
