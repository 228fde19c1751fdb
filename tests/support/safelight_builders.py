"""Builders for the workbench's tests: an application, forms, and a clock that is set by hand."""

from __future__ import annotations

from io import BytesIO
import re
from typing import TYPE_CHECKING

from safelight.app import create_app
from safelight.settings import Settings
import toy_tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from safelight.api import Tool

API = "/api/v1/toy/count"
PAGE = "/toy/"
BOUNDARY = "edge"


class Clock:
    """Time that passes when told to."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """The time it was set to."""
        return self.now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


def app(
    variables: dict[str, str] | None = None,
    tools: Iterable[Tool] = (toy_tool.tool,),
    clock: Clock | None = None,
) -> Flask:
    """The workbench with the toy tool."""
    return create_app(Settings(variables or {}), tools, clock or Clock())


def file(content: bytes = b"12345", name: str = "a.bin") -> tuple[BytesIO, str]:
    """A file for the test client's form data."""
    return BytesIO(content), name


def token(client: FlaskClient) -> str:
    """The form token of the toy's page; the client keeps the session's cookie."""
    match = re.search(r'name="csrf_token" value="([^"]+)"', client.get(PAGE).text)
    assert match is not None
    return match[1]


def cookie(response: TestResponse, name: str = "safelight") -> str:
    """The session id that a reply set; empty if it set none."""
    for line in response.headers.getlist("Set-Cookie"):
        if line.startswith(f"{name}="):
            return line.partition("=")[2].partition(";")[0]
    return ""


def part(name: str, content: bytes, filename: str | None = None, extra: bytes = b"") -> bytes:
    """One part of a multipart form, byte by byte."""
    head = b'--%s\r\nContent-Disposition: form-data; name="%s"' % (BOUNDARY.encode(), name.encode())
    if filename is not None:
        head += b'; filename="%s"' % filename.encode()
    return head + extra + b"\r\n\r\n" + content + b"\r\n"


def form(*parts: bytes, closed: bool = True) -> bytes:
    """A multipart body."""
    return b"".join(parts) + (f"--{BOUNDARY}--\r\n".encode() if closed else b"")


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
