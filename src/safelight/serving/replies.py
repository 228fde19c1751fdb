"""Replies as the bridge sends them: the application's, and its own when it refuses a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safelight.errors import FAULTS, PAGE, PROBLEM, plain_page, problem, wants_json
from safelight.observe.request_ids import HEADER
from safelight.security.admission import CHALLENGE
from safelight.security.headers import NOT_KEPT, response_headers
from safelight.speaking import ENGLISH, Speech, catalogue_of
from safelight.web.languages import preferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: whole, or whole but for pieces that are made as the client takes them."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    rest: Pieces | None = None
    """What follows the body, of a reply whose length nobody knows yet."""


class Pieces:
    """The pieces of a WSGI reply, one after the other, and the end of it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self._close = getattr(pieces, "close", None)

    def next(self) -> bytes:
        """The next piece that is not empty; an empty one at the end."""
        return next(filter(None, self._pieces), b"")

    def close(self) -> None:
        """Let go of what the pieces are made from."""
        if self._close is not None:
            self._close()


def refusal_reply(
    status: int, *, path: str, headers: Mapping[str, str], secure: bool, instance: str
) -> Reply:
    """The reply to a request that never reaches the application. It says nothing of it."""
    fault = FAULTS[status]
    as_json = wants_json(path, headers.get("accept", ""))
    language = ENGLISH if as_json else preferred(headers)
    speech = Speech(language, catalogue_of(language, ("safelight",)))
    body = (problem(fault, instance) if as_json else plain_page(fault, instance, speech)).encode()
    told = [
        *response_headers(secure=secure),
        *NOT_KEPT,
        ("Content-Type", PROBLEM if as_json else PAGE),
        ("Content-Language", language.code),
        ("Content-Length", str(len(body))),
        (HEADER, instance),
    ]
    if status == 401:  # noqa: PLR2004 - nobody is known
        told.append(("WWW-Authenticate", CHALLENGE))
    if status in {408, 503}:
        told.append(("Retry-After", str(RETRY_AFTER_S)))
    return Reply(status, tuple(told), body)


def wsgi_reply(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Reply:
    """Run a WSGI application on one request.

    A reply that says its length is taken whole; one that does not is a stream, whose pieces are
    still to be made.
    """
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

    made = app(environ, start_response)
    pieces = Pieces(made)
    if started and _is_stream(*started[0], environ["REQUEST_METHOD"]):
        return Reply(*started[0], b"".join(written), pieces)
    try:
        written.extend(made)
    finally:
        pieces.close()
    return Reply(*started[0], b"".join(written) if len(written) != 1 else written[0])


def _is_stream(status: int, headers: tuple[tuple[str, str], ...], method: str) -> bool:
    """Whether a reply has a body of a length that it does not say."""
    if method == "HEAD" or status in (204, 304):
        return False
    return all(name.lower() != "content-length" for name, _ in headers)
