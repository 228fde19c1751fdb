"""From a scope to a WSGI environment; what could be read in two ways is refused."""

from __future__ import annotations

from typing import Any

import pytest

from safelight.serving.body import Body
from safelight.serving.environ import (
    AmbiguousRequest,
    content_length,
    environ_of,
    headers_of,
)


def scope(*headers: tuple[bytes, bytes], **changes: object) -> dict[str, Any]:
    """A request as the server describes it."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "server": ("127.0.0.1", "8847"),
        "client": ("127.0.0.1", "40000"),
        "raw_path": b"/a%20b/%C3%A9%2F..",
        "query_string": b"x=1%20",
        "headers": list(headers),
        **changes,
    }


def test_the_environment_is_pep_3333s() -> None:
    """Bytes of the path as latin-1, the size that really came, headers by their names."""
    body = Body()
    body.add(b"12345")
    sent = scope((b"content-type", b"text/x"), (b"x-name", b"v"), (b"content-length", b"99"))
    environ = environ_of(sent, headers_of(sent), body)
    assert environ["PATH_INFO"] == "/a b/\xc3\xa9/.."
    assert environ["QUERY_STRING"] == "x=1%20"
    assert (environ["CONTENT_LENGTH"], environ["CONTENT_TYPE"]) == ("5", "text/x")
    assert environ["HTTP_X_NAME"] == "v"
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert "HTTP_CONTENT_LENGTH" not in environ


def test_repeated_headers_are_joined() -> None:
    """Cookies by a semicolon, as HTTP/2 splits them."""
    headers = headers_of(
        scope((b"a", b"1"), (b"a", b"2"), (b"cookie", b"x=1"), (b"cookie", b"y=2"))
    )
    assert headers == {"a": "1,2", "cookie": "x=1; y=2"}


def test_a_name_with_an_underscore_is_dropped() -> None:
    """In the environment it could pass for one with a dash."""
    assert headers_of(scope((b"x_forwarded_for", b"1"), (b"sec_fetch_site", b"none"))) == {}


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"1"), (b"content-length", b"1")],
        [(b"content-length", b"1"), (b"transfer-encoding", b"chunked")],
        [(b"host", b"a"), (b"host", b"b")],
        [(b"content-type", b"a"), (b"content-type", b"b")],
        [(b"origin", b"a"), (b"origin", b"b")],
        [(b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"chunked")],
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    """Two lengths, two hosts, a length and chunks."""
    with pytest.raises(AmbiguousRequest):
        headers_of(scope(*headers))


@pytest.mark.parametrize("text", ["-5", "+5", "5, 5", "0x5", "", " 5", "\u0665", "5.0"])
def test_a_length_is_digits(text: str) -> None:
    """And nothing that only some readers take for a number."""
    with pytest.raises(AmbiguousRequest):
        content_length({"content-length": text})


def test_a_length_need_not_be_given() -> None:
    """A body in chunks has none."""
    assert (content_length({}), content_length({"content-length": "0"})) == (None, 0)
