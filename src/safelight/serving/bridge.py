"""The bridge from the server's event loop (ASGI) to the application's threads (WSGI).

A request is taken in here, whole, and only then given to a thread; the thread's reply is sent
from here. So neither a client that sends slowly nor one that reads slowly ever holds a thread.
Everything that one client or all of them together can make grow has a limit.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
import logging
import time
from typing import TYPE_CHECKING, Any

from safelight.errors import FAULTS
from safelight.observe import refusals
from safelight.observe.logs import STARTED, log_request
from safelight.observe.request_ids import REQUEST_ID, new_request_id
from safelight.observe.traces import trace_of
from safelight.security.body_limits import SMALL_BODY
from safelight.security.proxies import Told, TrustedProxies
from safelight.security.sessions import ARRIVED
from safelight.serving.body import Body, BodyRefused, Message, Pace, Receive, drain, read_body
from safelight.serving.budget import MemoryBudget
from safelight.serving.environ import (
    AmbiguousRequest,
    content_length,
    environ_of,
    headers_of,
    path_of,
)
from safelight.serving.replies import Pieces, Reply, refusal_reply, wsgi_reply
from safelight.serving.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping
    from wsgiref.types import WSGIApplication

    from safelight.security.body_limits import BodyLimits

    Send = Callable[[Message], Awaitable[None]]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BridgeLimits:
    """What the bridge lets grow, and how far."""

    threads: int = 8
    light_threads: int = 4
    """For requests without a body: a page must not wait behind uploads."""
    memory_bytes: int = 1024 * 1024 * 1024
    """Of all bodies and replies together."""
    max_open: int = 2048
    """Requests begun and not yet answered."""
    max_queued: int = 512
    """Requests that are complete and wait for a thread, of each of the two kinds."""
    pace: Pace = field(default_factory=Pace)
    drain_s: float = 5
    """How long the rest of a refused body is read and dropped."""
    send_slice: int = 256 * 1024
    send_s: float = 30
    """How long a client may take to read a slice of a reply."""


@dataclass(slots=True)
class _Call:
    """One request on its way."""

    scope: Mapping[str, Any]
    receive: Receive
    send: Send
    id: str = field(default_factory=new_request_id)
    started: float = field(default_factory=time.perf_counter)
    arrived: float = field(default_factory=time.time)
    headers: dict[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=Body)

    def marks(self) -> MutableMapping[str, Any]:
        """What the application and the log must know of the request, as the environment has it."""
        return {REQUEST_ID: self.id, STARTED: self.started, ARRIVED: self.arrived}


class Bridge:
    """An ASGI application that runs a WSGI one."""

    def __init__(
        self,
        app: WSGIApplication,
        body_limits: BodyLimits,
        limits: BridgeLimits,
        proxies: TrustedProxies | None = None,
        is_known: Callable[[dict[str, Any]], bool] | None = None,
    ) -> None:
        """Run an application.

        Args:
            app: what answers.
            body_limits: how much each address may be sent.
            limits: what the bridge lets grow.
            proxies: those whose word on a client is believed.
            is_known: whether somebody known asks; None where whoever reaches the server may send.
        """
        self._app = app
        self._proxies = proxies or TrustedProxies()
        self._is_known = is_known
        self._body_limits = body_limits
        self._limits = limits
        self.budget = MemoryBudget(limits.memory_bytes)
        self._workers = Workers(limits.threads, limits.max_queued, "request")
        self._light_workers = Workers(limits.light_threads, limits.max_queued, "light")
        self.open = 0
        self.is_stopping = False
        self._idle = asyncio.Event()

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Take one request in, have it answered, send the reply."""
        if scope["type"] != "http":
            return
        call = _Call(scope, receive, send)
        self.open += 1
        self._idle.clear()
        try:
            await self._handle(call)
        except Exception as error:  # noqa: BLE001 - the last edge before the server
            _LOG.error("fault", extra={"request": call.id, "trace": trace_of(error)})
        finally:
            self.open -= 1
            if not self.open:
                self._idle.set()
            self.budget.give_back(call.body.size)

    async def finish(self, longest_s: float) -> None:
        """Refuse new requests and wait for those begun, but not for ever."""
        self.is_stopping = True
        if self.open:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), longest_s)
        self._workers.stop()
        self._light_workers.stop()

    async def _handle(self, call: _Call) -> None:
        try:
            await self._take_in(call)
            reply = await self._run(call)
        except AmbiguousRequest:
            await self._refuse(call, 400)
        except BodyRefused as refused:
            await self._refuse(call, refused.status)
        else:
            await self._send(call, reply)

    async def _take_in(self, call: _Call) -> None:
        if self.open > self._limits.max_open or self.is_stopping:
            raise BodyRefused(503)
        call.headers = headers_of(call.scope)
        limit = self._body_limits.limit(
            call.scope["method"], path_of(call.scope), call.headers.get("content-type", "")
        )
        announced = content_length(call.headers)
        if announced is not None and announced > limit:
            raise BodyRefused(413)
        if announced is not None and not self.budget.has_room(announced):
            raise BodyRefused(503)
        if limit > SMALL_BODY and not await self._may_send_much(call, announced):
            raise BodyRefused(401)
        await read_body(call.receive, call.body, limit, self.budget, self._limits.pace)

    async def _may_send_much(self, call: _Call, announced: int | None) -> bool:
        """Whether a large body is announced by somebody known: a stranger's takes no memory."""
        is_small = announced is not None and announced <= SMALL_BODY
        is_empty = announced is None and "transfer-encoding" not in call.headers
        if self._is_known is None or is_small or is_empty:
            return True
        if self._light_workers.are_full():
            raise BodyRefused(503)
        environ = {**environ_of(call.scope, call.headers, call.body), **call.marks()}
        environ["wsgi.url_scheme"] = self._told(call).scheme or environ["wsgi.url_scheme"]
        return await self._light_workers.run(self._is_known, environ)

    async def _run(self, call: _Call) -> Reply:
        workers = self._workers if call.body.size else self._light_workers
        if workers.are_full():
            raise BodyRefused(503)
        environ = {**environ_of(call.scope, call.headers, call.body), **call.marks()}
        try:
            return await workers.run(wsgi_reply, self._app, environ)
        except Exception as error:  # noqa: BLE001 - whatever the application let through
            _LOG.error("fault", extra={"request": call.id, "trace": trace_of(error)})
            return self._own_reply(call, 500)

    async def _refuse(self, call: _Call, status: int) -> None:
        await self._send(call, self._own_reply(call, status))
        # A client that waits for `100 Continue` has sent nothing; a slow one need not be heard out.
        if status in {401, 413, 503} and "expect" not in call.headers:
            await drain(call.receive, self._limits.drain_s)

    def _own_reply(self, call: _Call, status: int) -> Reply:
        log_request(call.marks(), call.scope["method"], None, status)
        refusals.refused(FAULTS[status].code, call.id)
        return refusal_reply(
            status,
            path=path_of(call.scope),
            headers=call.headers,
            secure="https" in (call.scope["scheme"], self._told(call).scheme),
            instance=call.id,
        )

    def _told(self, call: _Call) -> Told:
        peer, _ = call.scope.get("client") or ("", 0)
        return self._proxies.told(peer, call.headers)

    async def _send(self, call: _Call, reply: Reply) -> None:
        """Send a reply at the client's pace, as long as it has one."""
        headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in reply.headers]
        try:
            await call.send(
                {"type": "http.response.start", "status": reply.status, "headers": headers}
            )
            if reply.body or reply.rest is None:
                await self._send_piece(call, reply.body, is_last=reply.rest is None)
            if reply.rest is not None:
                await self._send_rest(call, reply.rest)
        except (TimeoutError, RuntimeError):  # too slow, or gone: there is no one to tell
            _LOG.debug("reply-not-taken", extra={"request": call.id})
        finally:
            if reply.rest is not None:
                await self._workers.run(reply.rest.close)

    async def _send_rest(self, call: _Call, pieces: Pieces) -> None:
        """Have each piece made when the one before it is gone: one at a time is in memory.

        A thread is held while a piece is made, and not while it is sent. If making one fails, the
        reply ends without its end, which tells the client that it is not complete.
        """
        is_last = False
        while not is_last:
            try:
                piece = await self._workers.run(pieces.next)
            except Exception as error:  # noqa: BLE001 - whatever makes the pieces
                _LOG.error("fault", extra={"request": call.id, "trace": trace_of(error)})
                return
            is_last = not piece
            await self._send_piece(call, piece, is_last=is_last)

    async def _send_piece(self, call: _Call, piece: bytes, *, is_last: bool) -> None:
        size, step = len(piece), self._limits.send_slice
        view = memoryview(piece)
        self.budget.take(size)
        try:
            for at in range(0, max(size, 1), step):
                message = {
                    "type": "http.response.body",
                    "body": piece if size <= step else bytes(view[at : at + step]),
                    "more_body": not is_last or at + step < size,
                }
                async with asyncio.timeout(self._limits.send_s):
                    await call.send(message)
        finally:
            self.budget.give_back(size)
