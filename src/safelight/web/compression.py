"""Compress replies for clients that take it (gzip), and none that could give a secret away.

A page holds a form token, and may repeat what was sent. Who can make a browser send guesses over
and over, and watches how long the compressed answers are, learns the token letter by letter
(BREACH). So a reply to a request that carries a cookie is compressed only if the browser itself
says that our own page, or the person, caused the request (`Sec-Fetch-Site`): then nobody else chose
what is in it. A request without a cookie has no secret to lose. Static files hold none either, and
are compressed once, at the start.

Compressed is text that is worth it, and whole: a file to save goes out as it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
import zlib

from flask import Flask, Response, request

from safelight.security.fetch_metadata import OWN_SITES

if TYPE_CHECKING:
    from flask import Request

SHORTEST = 1024
"""Bytes; a shorter reply fits into a packet anyway."""
QUICK, SMALL = 4, 9
"""Levels of zlib: of replies, and of what is compressed once."""
MEDIA_TYPES = frozenset(
    {
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
GZIP = "gzip"
_GZIP_FORMAT = 16 + zlib.MAX_WBITS
"""What zlib is told to write gzip's header and check sum; without a time or a name."""


def compressed(content: bytes, level: int) -> bytes:
    """The bytes as gzip."""
    squeezer = zlib.compressobj(level, wbits=_GZIP_FORMAT)
    return squeezer.compress(content) + squeezer.flush()


def takes_gzip(request: Request) -> bool:
    """Whether the client says that it can read it."""
    return request.accept_encodings[GZIP] > 0 and "Accept-Encoding" in request.headers


def set_up(app: Flask) -> None:
    """Compress each reply that is worth it and gives nothing away."""

    @app.after_request
    def compress(response: Response) -> Response:
        if takes_gzip(request) and _is_ours(request) and _is_worth_it(response):
            response.set_data(compressed(response.get_data(), QUICK))
            response.headers["Content-Encoding"] = GZIP
        return response


def _is_ours(request: Request) -> bool:
    """Whether nobody else can have chosen what the request holds, or there is no secret."""
    site = request.headers.get("Sec-Fetch-Site")
    return not request.cookies if site is None else site in OWN_SITES


def _is_worth_it(response: Response) -> bool:
    return (
        response.mimetype in MEDIA_TYPES
        and "Content-Encoding" not in response.headers
        and "Content-Disposition" not in response.headers
        and response.is_sequence
        and not response.direct_passthrough
        and (response.calculate_content_length() or 0) >= SHORTEST
    )
