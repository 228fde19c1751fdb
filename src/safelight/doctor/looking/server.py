"""What the running server answers to a stranger, asked a few questions that change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
import http.client
import re
import socket
import ssl
from typing import TYPE_CHECKING

from safelight.doctor.looking.tls import look_at_tls
from safelight.doctor.patient import CLOSED, Reply, Server, Tls

if TYPE_CHECKING:
    from datetime import datetime

    from safelight.doctor.looking.target import Target

SECONDS = 5
MOST_BYTES = 1024 * 1024
HTTP_PORT, HTTPS_PORT = 80, 443
FOREIGN = "doctor.invalid"
"""A name that nobody can have (RFC 2606)."""
STATIC = re.compile(rb'"((?:/[A-Za-z0-9._~-]+)*/static/[A-Za-z0-9.?=&;_-]+)"')


@dataclass(frozen=True, slots=True)
class Question:
    """One request."""

    name: str
    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()


PAGE = Question("page", "/")
QUESTIONS = (
    PAGE,
    Question("missing", "/there-is-nothing-here"),
    Question("ready", "/readyz"),
    Question("version", "/version"),
    Question("metrics", "/metrics"),
    Question("trace", "/", "TRACE"),
    Question("foreign-host", "/version", headers=(("Host", FOREIGN),)),
    Question(
        "foreign-form",
        "/",
        "POST",
        (
            ("Origin", f"https://{FOREIGN}"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Content-Length", "0"),
        ),
    ),
)


def look(target: Target, tool: str, now: datetime) -> Server:
    """Ask the server.

    Args:
        target: where it is.
        tool: one of its tools, whose page has a form; empty for none.
        now: what time it is here.
    """
    try:
        page = ask(target, PAGE)
        replies = {question.name: _asked(target, question) for question in QUESTIONS}
        form = Question("form", f"/{tool}/" if tool and page.status < 300 else "/sign-in")  # noqa: PLR2004
        replies["form"] = _asked(target, form)
        found = STATIC.search(page.body) or STATIC.search(replies["form"].body)
        if found:
            path = found[1].decode().replace("&amp;", "&")
            replies["static"] = _asked(target, Question("static", _below(target, path)))
    except (OSError, http.client.HTTPException) as error:
        return Server(target.url, _problem(error))
    return Server(
        target.url,
        replies=replies,
        tls=_tls(target),
        clock_off_s=_clock_off(page, now),
        plain=_plain(target),
    )


def ask(target: Target, question: Question) -> Reply:
    """The reply to one question.

    Raises:
        OSError: there is no answer.
        HTTPException: the answer is none.
    """
    connection = target.connect(SECONDS)
    try:
        given = dict(question.headers)
        connection.putrequest(
            question.method, target.path + question.path, skip_host=True, skip_accept_encoding=True
        )
        for name, value in {"Host": target.host, "Connection": "close", **given}.items():
            connection.putheader(name, value)
        connection.endheaders()
        reply = connection.getresponse()
        return Reply(reply.status, tuple(reply.getheaders()), reply.read(MOST_BYTES))
    finally:
        connection.close()


def _asked(target: Target, question: Question) -> Reply:
    """As `ask`; of a server that answers other questions, a closed connection is an answer."""
    try:
        return ask(target, question)
    except (OSError, http.client.HTTPException):
        return Reply(CLOSED)


def _below(target: Target, path: str) -> str:
    """An address of a page, as `ask` takes it: without the path that the server is served under."""
    return path.removeprefix(target.path)


def _problem(error: Exception) -> str:
    """Why there was no answer, in words that quote nothing of it."""
    if isinstance(error, ssl.SSLError):
        return "it does not speak TLS as asked"
    if isinstance(error, socket.gaierror):
        return "the name leads nowhere"
    if isinstance(error, ConnectionRefusedError | FileNotFoundError):
        return "nothing listens there"
    if isinstance(error, TimeoutError):
        return f"no answer within {SECONDS} seconds"
    return "the answer is none that a web server gives"


def _tls(target: Target) -> Tls | None:
    return look_at_tls(target.name, target.port, SECONDS) if target.is_secure else None


def _clock_off(page: Reply, now: datetime) -> float:
    """How many seconds the server is ahead; 0 if it does not tell."""
    try:
        return (parsedate_to_datetime(page.header("Date")) - now).total_seconds()
    except (TypeError, ValueError):
        return 0


def _plain(target: Target) -> Reply | None:
    """What the usual port without TLS answers, beside the usual port with it."""
    if not target.is_secure or target.port != HTTPS_PORT:
        return None
    plain = target.without_tls(HTTP_PORT)
    try:
        return ask(plain, Question("plain", "/"))
    except (OSError, http.client.HTTPException):
        return None
