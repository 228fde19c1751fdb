"""Reading a body in the event loop: sizes, pace, and what is given back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from safelight.serving.body import END, Body, BodyRefused, Pace, drain, read_body
from safelight.serving.budget import MemoryBudget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from safelight.serving.body import Message

QUICK = Pace(patience_s=0.05, min_rate=1_000_000, longest_s=0.2)


def sender(*pieces: bytes | None) -> Callable[[], Awaitable[Message]]:
    """A client that sends these pieces; None: it goes away. After the last it sends no more."""
    left = list(pieces)

    async def receive() -> Message:
        piece = left.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    return receive


async def _silence() -> dict[str, Any]:
    await asyncio.Event().wait()
    return {}


def read(receive: Callable[[], Awaitable[Message]], limit: int = 100, total: int = 1000) -> Body:
    """Read a body with these limits."""
    body = Body()
    asyncio.run(read_body(receive, body, limit, MemoryBudget(total), QUICK))
    return body


def status(receive: Callable[[], Awaitable[Message]], limit: int = 100, total: int = 1000) -> int:
    """The status that a body is refused with."""
    with pytest.raises(BodyRefused) as refused:
        read(receive, limit, total)
    return refused.value.status


def test_pieces_become_one_stream() -> None:
    """Read in any steps."""
    body = read(sender(b"abc", b"", b"defg", b"h"))
    assert (body.size, body.read(2), body.read(3), body.read()) == (8, b"ab", b"c", b"defgh")


@pytest.mark.parametrize("sizes", [(END,), (END + 1,), (5 * END,), (3 * END, 7), (END, END)])
def test_the_end_comes_alone(sizes: tuple[int, ...]) -> None:
    """In whatever pieces it came: what looks for the end of a form looks through little."""
    content = bytes(range(256)) * (2 * END)
    body, taken, at = Body(), list[bytes](), 0
    for size in sizes:
        body.add(content[at : (at := at + size)])
    while piece := body.read(1_000_000):
        taken.append(piece)
    assert b"".join(taken) == content[:at]
    assert len(taken[-1]) <= END
    assert sum(map(len, taken[:-1])) >= at - END


def test_a_piece_is_let_go_when_it_is_read() -> None:
    """So a file is in memory once, not twice, while the form is parsed."""
    body = read(sender(b"abc", b"def"))
    body.read(3)
    assert [bytes(piece) for piece in body._pieces] == [b"def"]  # noqa: SLF001 - what is kept


def test_no_body_is_an_empty_one() -> None:
    """As GET has it."""
    assert read(sender(b"")).read() == b""


def test_a_body_at_its_limit_is_read() -> None:
    """To the byte."""
    assert read(sender(b"x" * 60, b"x" * 40)).size == 100


def test_a_body_is_refused_at_the_byte_that_is_too_many() -> None:
    """Without a length announced, and without reading on."""
    pieces = [b"x" * 60, b"x" * 41, b"never read"]
    receive = sender(*pieces)
    assert status(receive) == 413
    assert asyncio.run(_next(receive)) == b"never read"


def test_all_bodies_together_have_a_limit() -> None:
    """503: another time there may be room."""
    assert status(sender(b"x" * 60, b"x" * 40), total=99) == 503


def test_what_is_counted_is_what_is_kept() -> None:
    """The caller gives back the body's size, and the budget is even again."""
    budget, body = MemoryBudget(99), Body()
    with pytest.raises(BodyRefused):
        asyncio.run(read_body(sender(b"x" * 60, b"x" * 40), body, 100, budget, QUICK))
    assert budget.used == body.size == 60


def test_a_client_that_goes_away_is_400() -> None:
    """Half a body is none."""
    assert status(sender(b"half", None)) == 400


def test_a_silent_client_is_given_up() -> None:
    """After the patience."""
    assert status(_silence) == 408


def test_a_trickling_client_is_given_up() -> None:
    """Each piece comes in time, but together they are too slow."""

    async def trickle() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert status(trickle) == 408


@pytest.mark.parametrize(
    ("received", "deadline"), [(0, 120.0), (4096, 121.0), (4096 * 100, 220.0), (10**9, 1000.0)]
)
def test_the_deadline_moves_with_what_came(received: int, deadline: float) -> None:
    """Up to the longest time that any body may take."""
    assert Pace(20, 4096, 900).deadline(100.0, received) == deadline


def test_draining_ends_with_the_sender() -> None:
    """Or when it goes away."""
    asyncio.run(drain(sender(b"x", b"y"), 10))
    asyncio.run(drain(sender(b"x", None), 10))


def test_draining_ends_in_time() -> None:
    """However long the client would go on."""
    asyncio.run(asyncio.wait_for(drain(_silence, 0.01), 5))


async def _next(receive: Callable[[], Awaitable[Message]]) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    return body
