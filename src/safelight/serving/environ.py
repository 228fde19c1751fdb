"""From an ASGI scope to a WSGI environment (PEP 3333), refusing what could be read in two ways."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.serving.body import Body

SINGLE = frozenset({b"content-length", b"content-type", b"host", b"origin", b"transfer-encoding"})
"""Headers of which two would leave open which one counts."""


class AmbiguousRequest(ValueError):  # noqa: N818 - an answer, not a fault
    """Two readers could understand the request differently."""


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The request's headers by lower-case name, those that came twice joined.

    Raises:
        AmbiguousRequest: a header that must be single came twice, or both a length and chunks.
    """
    joined: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if b"_" in name:  # in WSGI it would be the same as a name with a dash
            continue
        if name not in joined:
            joined[name] = value
        elif name in SINGLE:
            raise AmbiguousRequest
        else:
            joined[name] += (b"; " if name == b"cookie" else b",") + value
    if b"content-length" in joined and b"transfer-encoding" in joined:
        raise AmbiguousRequest
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in joined.items()}


def path_of(scope: Mapping[str, Any]) -> str:
    """The decoded path, as WSGI has it: each byte a character."""
    return unquote_to_bytes(scope["raw_path"]).decode("latin-1")


def content_length(headers: Mapping[str, str]) -> int | None:
    """The announced size of the body, if it is announced.

    Raises:
        AmbiguousRequest: it is no number.
    """
    text = headers.get("content-length")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise AmbiguousRequest
    return int(text)


def environ_of(scope: Mapping[str, Any], headers: Mapping[str, str], body: Body) -> dict[str, Any]:
    """The WSGI environment of a request that is complete."""
    host, port = scope["server"]
    if host.startswith("/"):  # a Unix socket
        host, port = "localhost", 0
    client = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path_of(scope),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "CONTENT_LENGTH": str(body.size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name not in {"content-length", "transfer-encoding"}:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
