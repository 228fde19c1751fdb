"""Errors as a person or a program reads them: a page, or a problem+json document (RFC 9457).

What is said comes from this table or from a Refusal, which a tool wrote for its reader. Nothing
of an exception's text, of the request or of a file ever gets there.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
import json
import logging
from typing import TYPE_CHECKING

from flask import Flask, Response, make_response, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from safelight.api import Refusal
from safelight.observe import refusals
from safelight.observe.request_ids import request_id
from safelight.observe.traces import trace_of
from safelight.security.csrf import API_PREFIX
from safelight.security.rate_limits import seconds_to_wait
from safelight.security.uploads import body_too_large, form_too_large
from safelight.sentences import Said, sentence
from safelight.speaking import IN_ENGLISH
from safelight.state.interface import StateFull, StateUnreachable
from safelight.state.vault import no_room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Speech

PROBLEM = "application/problem+json"
PAGE = "text/html; charset=utf-8"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is said of one kind of failure."""

    status: int
    code: str
    title: str
    message: str
    hint: str = ""


FAULTS = {
    fault.status: fault
    for fault in (
        Fault(
            400,
            "request.bad",
            "This request can't be understood",
            "It was not carried out.",
            "Go back to the page, load it again and repeat what you did.",
        ),
        Fault(
            401,
            "sign-in.needed",
            "Sign in first",
            "Nobody knows who sent this request, so it was not carried out.",
        ),
        Fault(
            403,
            "request.forbidden",
            "This is not allowed",
            "The request was not carried out.",
        ),
        Fault(
            404,
            "request.not-found",
            "There is nothing here",
            "The address leads nowhere.",
            "Check it, or begin at the start page.",
        ),
        Fault(
            405,
            "request.method",
            "This address does not work that way",
            "Nothing was changed.",
            "Open the page and use its form.",
        ),
        Fault(
            408,
            "request.too-slow",
            "The data came too slowly",
            "The request was given up before it was complete. Nothing of it was kept.",
            "Try again on a faster connection, or send less at a time.",
        ),
        Fault(
            413,
            "upload.too-large",
            "This is too large",
            "It is more than can be sent at a time. Nothing was read.",
            "Send less at a time.",
        ),
        Fault(414, "request.long-address", "This address is too long", "It was not looked up."),
        Fault(415, "upload.unsupported", "This kind of data is not read here", "Nothing was read."),
        Fault(422, "request.unusable", "This can't be used", "Nothing came of it."),
        Fault(
            429,
            "request.too-many",
            "Too many requests",
            "This one was not carried out, so that the server stays usable for all.",
            "Wait a moment and try again.",
        ),
        Fault(
            500,
            "server.fault",
            "Something went wrong here",
            "The fault is ours. Your files were in memory only and are gone from it.",
            "Try again. If it happens again, tell the operator the request's number.",
        ),
        Fault(
            502,
            "server.other",
            "Another server did not do its part",
            "The request was not carried out. Nothing of it was kept.",
            "Try again in a few minutes.",
        ),
        Fault(
            503,
            "server.busy",
            "The server is busy",
            "The request was not carried out. Nothing of it was kept.",
            "Try again in a few seconds.",
        ),
    )
}

EXPIRED_FORM = Fault(
    400,
    "request.form-expired",
    "This form is out of date",
    "It was not carried out, because it lacks a valid form token.",
    "Load the page again and repeat what you did.",
)


UNREACHABLE = Fault(
    503,
    "state.unreachable",
    "The server can't remember anything at the moment",
    "What keeps sessions, files and jobs between requests does not answer. The request was not"
    " carried out to its end.",
    "Try again in a few seconds. If it happens again, tell the operator.",
)
RETRY = {"Retry-After": "5"}


def fault_of(status: int) -> Fault:
    """What is said of a status; of an unlisted one what is said of its kind."""
    kind = 500 if status >= 500 else 400  # noqa: PLR2004 - the classes of HTTP
    return FAULTS.get(status) or FAULTS[kind]


def refused(refusal: Refusal) -> Fault:
    """What is said of a refusal."""
    title = fault_of(refusal.status).title
    return Fault(refusal.status, refusal.code, title, refusal.message, refusal.hint)


def problem(fault: Fault, instance: str) -> str:
    """A fault as a problem+json document; `instance` is the request's number."""
    return json.dumps(
        {
            "type": f"urn:safelight:{fault.code}",
            "title": fault.title,
            "status": fault.status,
            "detail": fault.message,
            "code": fault.code,
            "hint": fault.hint,
            "instance": instance,
        }
    )


def plain_page(fault: Fault, instance: str, speech: Speech = IN_ENGLISH) -> str:
    """A fault as a page without templates, for when the application can't be asked."""
    said = (fault.title, fault.message, fault.hint, sentence("Request {number}", number=instance))
    title, message, hint, number = (escape(_told(text, speech)) for text in said)
    return (
        f'<!doctype html><html lang="{speech.code}" dir="{speech.direction}">'
        f'<meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{message}</p><p>{hint}</p><p>{number}</p>"
    )


def _told(text: str, speech: Speech) -> str:
    return text.translated(speech) if isinstance(text, Said) else speech(text)


def wants_json(path: str, accept: str) -> bool:
    """Whether a client reads JSON rather than pages."""
    return path.startswith(API_PREFIX) or ("json" in accept and "html" not in accept)


def answer(fault: Fault, headers: Mapping[str, str] | None = None) -> Response:
    """The reply to the current request that tells a fault."""
    refusals.refused(fault.code)
    instance = request_id(request.environ)
    if wants_json(request.path, request.headers.get("Accept", "")):
        return Response(problem(fault, instance), fault.status, headers, content_type=PROBLEM)
    page = render_template(
        "safelight/error.html",
        status=fault.status,
        title=fault.title,
        message=fault.message,
        hint=fault.hint,
        request_id=instance,
    )
    return Response(page, fault.status, headers, content_type=PAGE)


def tell_not_stored(response: Response) -> None:
    """Turn a reply that is ready into one that says that not all of it came about."""
    told = answer(UNREACHABLE, RETRY)
    for name in ("Location", "Content-Disposition"):
        response.headers.pop(name, None)
    response.headers.update(told.headers)
    response.status_code = told.status_code
    response.set_data(told.get_data())


def set_up(app: Flask) -> None:
    """Answer every failure with one of the replies above."""

    @app.errorhandler(Refusal)
    def on_refusal(error: Refusal) -> Response:
        return answer(refused(error))

    @app.errorhandler(CSRFError)
    def on_bad_token(error: CSRFError) -> Response:
        del error
        return answer(EXPIRED_FORM)

    @app.errorhandler(RequestEntityTooLarge)
    def on_too_large(error: RequestEntityTooLarge) -> Response:
        del error
        length, limit = request.content_length, request.max_content_length
        over = limit is not None and (length is None or length > limit)
        return answer(refused(body_too_large(limit or 0) if over else form_too_large()))

    @app.errorhandler(RateLimitExceeded)
    def on_too_many(error: RateLimitExceeded) -> Response:
        del error
        return answer(FAULTS[429], {"Retry-After": str(seconds_to_wait())})

    @app.errorhandler(StateUnreachable)
    @app.errorhandler(StateFull)
    def on_no_state(error: StateUnreachable | StateFull) -> Response:
        fault = UNREACHABLE if isinstance(error, StateUnreachable) else refused(no_room())
        return answer(fault, RETRY)

    @app.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect, raised
            return make_response(error.get_response())
        allow = dict(error.get_headers()).get("Allow") if error.code == 405 else None  # noqa: PLR2004
        return answer(fault_of(error.code), {"Allow": allow} if allow else None)

    @app.errorhandler(Exception)
    def on_fault(error: Exception) -> Response:
        # The trace names functions and lines. The exception's text may quote the upload: left out.
        found = {"request": request_id(request.environ), "trace": trace_of(error)}
        _LOG.error("fault", extra=found)
        try:
            return answer(FAULTS[500])
        except Exception:  # noqa: BLE001 - the last edge: the template itself may be at fault
            page = plain_page(FAULTS[500], request_id(request.environ))
            return Response(page, 500, content_type=PAGE)
