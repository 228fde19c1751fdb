"""Clients that load a server with uploads: many at a time, each as a browser sends its form."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
import http.client
import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BOUNDARY = "edge-of-a-part"
_TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
_COOKIE = re.compile(r"(?im)^set-cookie: ([^;\r\n]+)")
_LENGTH = re.compile(r"(?im)^content-length: ([0-9]+)")
_HEAD_MAX = 1 << 20


@dataclass(frozen=True, slots=True)
class Target:
    """A page with a form for files."""

    port: int
    path: str
    field: str


@dataclass(slots=True)
class Load:
    """What came of the requests."""

    seconds: float = 0
    waits: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    """Of those that were answered; 0 where the connection broke."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    @property
    def lost(self) -> int:
        """Requests without an answer."""
        return self.statuses.count(0)


def open_form(target: Target) -> tuple[str, str]:
    """A new visitor's cookie and form token."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    connection.request("GET", target.path)
    reply = connection.getresponse()
    text = reply.read().decode()
    cookies = "; ".join(line.split(";")[0] for line in reply.headers.get_all("Set-Cookie") or ())
    token = _TOKEN.search(text)
    return cookies, token[1] if token else ""


def request(target: Target, content: bytes, name: str, visitor: tuple[str, str]) -> bytes:
    """A whole request that sends one file."""
    cookies, token = visitor
    parts = [("csrf_token", "", token.encode())] if token else []
    parts.append((target.field, f'; filename="{name}"', content))
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{extra}\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for field, extra, value in parts
    )
    body += f"--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST {target.path} HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n" + (f"Cookie: {cookies}\r\n" if cookies else "")
    )
    return head.encode() + b"\r\n" + body


def load(
    target: Target, content: bytes, name: str, *, total: int, parallel: int, keep: bool = True
) -> Load:
    """Send `total` uploads, `parallel` at a time; each client keeps its connection if it may."""
    visitors = [open_form(target) for _ in range(parallel)]
    return asyncio.run(_load(target, content, name, visitors, total, keep=keep))


async def _load(
    target: Target,
    content: bytes,
    name: str,
    visitors: Sequence[tuple[str, str]],
    total: int,
    *,
    keep: bool,
) -> Load:
    found = Load()
    left = [total]
    started = time.perf_counter()

    async def client(visitor: tuple[str, str]) -> None:
        streams = None
        while left[0] > 0:
            left[0] -= 1
            at = time.perf_counter()
            sent = request(target, content, name, visitor)
            try:
                streams = streams or await asyncio.open_connection(
                    "127.0.0.1", target.port, limit=_HEAD_MAX
                )
                head = await _exchange(*streams, sent)
            except (OSError, asyncio.IncompleteReadError):
                found.statuses.append(0)
                streams = None
                continue
            found.waits.append(time.perf_counter() - at)
            found.statuses.append(int(head.split()[1]))
            cookie = _COOKIE.search(head)
            visitor = (cookie[1] if cookie else visitor[0], visitor[1])
            if not keep or "connection: close" in head.lower() or head.startswith("HTTP/1.0"):
                streams[1].close()
                streams = None

    await asyncio.gather(*(client(visitor) for visitor in visitors))
    found.seconds = time.perf_counter() - started
    return found


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> str:
    """Send a request; the head of its reply, whose body is read and dropped."""
    writer.write(sent)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = _LENGTH.search(head)
    await reader.readexactly(int(length[1]) if length else 0)
    return head
