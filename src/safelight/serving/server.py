"""The production server: granian in this process, the bridge behind it."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, suppress
import signal
import sys
from typing import TYPE_CHECKING, Any

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from safelight.serving import heap
from safelight.serving.addresses import SOCKET_MODE, PortAddress, SocketAddress

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.serving.addresses import Address
    from safelight.serving.bridge import Bridge
    from safelight.serving.certificates import Certificate

CONNECTIONS = 2048
RESERVED_FILES = 128
"""File descriptors that are not connections."""
HEADER_S = 10
"""How long a client may take to send its request's headers."""
HEADER_BYTES = 64 * 1024
"""Of a request's line and headers together. Also how much of a body is read ahead."""
LISTEN_TRIES = 100
LISTEN_STEP_S = 0.05
STOP_S = 10
"""How long a stop waits for requests that have begun."""
SETTLE_S = 0.3
"""How long requests are still taken in over connections that were made before a stop."""
FLUSH_S = 2
"""How long clients may take to read what is left of their replies, when all are made."""
TLS = SSLProtocols.tls13
"""The oldest version spoken. Every browser has it that the pages work in."""


def serve(
    bridge: Bridge, address: Address, certificate: Certificate | None, ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM, then let the requests that have begun finish.

    Args:
        bridge: what answers.
        address: where to listen.
        certificate: for TLS; without one the connection is plain.
        ready: called as soon as it answers.

    Raises:
        AddressTaken: the address can't be had.
    """
    address.check()
    with ExitStack() as stack:
        server = _server(bridge, address)
        if certificate is not None:
            # Only here: OpenSSL takes ten megabytes.
            from safelight.serving.certificates import as_paths  # noqa: PLC0415

            # The paths name this process's memory, which granian's own option would resolve.
            chain, key = stack.enter_context(as_paths(certificate))
            server.ssl_ctx = (True, chain, key, None, str(TLS), None, [], False)
        asyncio.run(_run(server, bridge, address, ready))


def _server(bridge: Bridge, address: Address) -> Any:  # noqa: ANN401 - untyped
    server = Server(
        bridge,
        address=address.number if isinstance(address, PortAddress) else "",
        port=address.port if isinstance(address, PortAddress) else 0,
        uds=address.path if isinstance(address, SocketAddress) else None,
        interface=Interfaces.ASGINL,
        # Not `auto`: to tell HTTP/1 from 2 it waits for a first byte, and does so for ever.
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        # Connections, not requests: a slow client takes one of these and nothing else.
        backpressure=_connections(),
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_S * 1000, max_buffer_size=HEADER_BYTES
        ),
        log_access=False,
        log_level=LogLevels.error,
        # The server's messages join ours on standard error.
        log_dictconfig={
            "formatters": {},
            "handlers": {},
            "loggers": {"_granian": {"propagate": True}},
        },
    )
    server.uds_permissions = SOCKET_MODE  # not among the options of an embedded server
    return server


async def _run(
    server: Any,  # noqa: ANN401
    bridge: Bridge,
    address: Address,
    ready: Callable[[], None],
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not the loop's own handlers: those end with the loop, and a second signal would then
        # kill the process while it tidies up.
        signal.signal(number, lambda *_: _call_soon(loop, stop.set))
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await _until_it_listens(address)
    heap.settle()
    ready()
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.stop()  # it listens no more, so that a proxy asks another process
    await asyncio.sleep(SETTLE_S)
    await bridge.finish(STOP_S)
    with suppress(TimeoutError):
        await asyncio.wait_for(serving, FLUSH_S)


def _call_soon(loop: asyncio.AbstractEventLoop, function: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended: so has the server
        loop.call_soon_threadsafe(function)


async def _until_it_listens(address: Address) -> None:
    """Wait for the server's own threads; not for ever, in case that it failed."""
    for _ in range(LISTEN_TRIES):
        try:
            writer = await address.connect()
        except OSError:
            await asyncio.sleep(LISTEN_STEP_S)
        else:
            writer.close()
            return


def _connections() -> int:
    """How many connections the operating system lets us have, up to our own limit."""
    if sys.platform == "win32":
        return CONNECTIONS
    import resource  # noqa: PLC0415 - Unix only

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + RESERVED_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(64, min(CONNECTIONS, soft - RESERVED_FILES))
