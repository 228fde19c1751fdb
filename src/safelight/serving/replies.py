"""Replies as the bridge sends them: the application's, and its own when it refuses a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safelight.errors import FAULTS, PAGE, PROBLEM, plain_page, problem, wants_json
from safelight.observe.request_ids import HEADER
from safelight.security.headers import NOT_KEPT, response_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def refusal_reply(status: int, *, path: str, accept: str, secure: bool, instance: str) -> Reply:
    """The reply to a request that never reaches the application. It says nothing of it."""
    fault = FAULTS[status]
    as_json = wants_json(path, accept)
    body = (problem if as_json else plain_page)(fault, instance).encode()
    headers = [
        *response_headers(secure=secure),
        *NOT_KEPT,
        ("Content-Type", PROBLEM if as_json else PAGE),
        ("Content-Length", str(len(body))),
        (HEADER, instance),
    ]
    if status in {408, 503}:
        headers.append(("Retry-After", str(RETRY_AFTER_S)))
    return Reply(status, tuple(headers), body)


def wsgi_reply(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Reply:
    """Run a WSGI application on one request, to the end of its reply."""
    started: list[tuple[int, tuple[tuple[str, str], ...]]] = []
    written: list[bytes] = []

    def start_response(
        status: str,
        headers: list[tuple[str, str]],
        error: tuple[type[BaseException], BaseException, TracebackType] | None = None,
    ) -> Callable[[bytes], None]:
        del error
        started[:] = [(int(status.split(" ", 1)[0]), tuple(headers))]
        return written.append

    pieces = app(environ, start_response)
    try:
        written.extend(pieces)
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
    status, headers = started[0]
    return Reply(status, headers, b"".join(written) if len(written) != 1 else written[0])
