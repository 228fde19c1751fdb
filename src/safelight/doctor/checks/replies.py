"""Checks of what the running server really sends, after any proxy."""

from __future__ import annotations

from functools import wraps
import json
import re
from typing import TYPE_CHECKING

from safelight import __version__
from safelight.doctor.model import Check, Finding, not_applicable, ok, short
from safelight.doctor.patient import CLOSED
from safelight.security.headers import EVERY_REPLY

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.doctor.patient import Patient, Reply

EVERYWHERE = ("page", "missing", "static", "version", "foreign-host", "foreign-form")
"""The replies that must carry all headers."""
WANTED = tuple((name, value) for name, value in EVERY_REPLY if name != "Server")
"""A proxy may put its own name there."""
CSP = "Content-Security-Policy"
NONCE = re.compile(r"; script-src 'nonce-[A-Za-z0-9_-]{22,}'$", re.ASCII)
"""What a page with scripts of its own adds: another number each time."""
TELLTALE = ("X-Powered-By", "X-AspNet-Version", "Via", "X-Runtime")
INSIDES = re.compile(rb"Traceback|werkzeug|File &#34;|site-packages|Debugger", re.IGNORECASE)
LATEST_REFUSAL = 499


def asked(
    name: str,
) -> Callable[[Callable[[Patient, Reply], Finding]], Callable[[Patient], Finding]]:
    """A check of the reply to one question."""

    def of(look: Callable[[Patient, Reply], Finding]) -> Callable[[Patient], Finding]:
        @wraps(look)
        def looked(patient: Patient) -> Finding:
            reply = patient.server.replies.get(name)
            return look(patient, reply) if reply else not_applicable("The server was not asked.")

        return looked

    return of


def headers(patient: Patient) -> Finding:
    """Each security header, on pages, files, errors and refusals."""
    replies = patient.server.replies
    missing = [
        f"{name} ({place})"
        for place in EVERYWHERE
        if place in replies and replies[place].status != CLOSED
        for name, value in WANTED
        if not _arrived(name, value, replies[place].values_of(name))
    ]
    if not replies:
        return not_applicable("The server was not asked.")
    if missing:
        return short(
            f"Missing, changed or sent twice: {', '.join(missing[:6])}"
            f"{f' and {len(missing) - 6} more' if len(missing) > 6 else ''}.",  # noqa: PLR2004
            "Let the proxy pass them on as they are, and send them with its own errors.",
        )
    return ok("Every reply carries every security header.")


def _arrived(name: str, value: str, values: list[str]) -> bool:
    """Whether a header came once and as it was sent."""
    if name == CSP and len(values) == 1:
        return NONCE.sub("", values[0]) == value
    return values == [value]


@asked("page")
def unnamed(patient: Patient, reply: Reply) -> Finding:
    """A version tells which hole to try."""
    del patient
    told = [name for name in TELLTALE if reply.header(name)]
    if re.search(r"\d", reply.header("Server")):
        told.append("Server")
    if told:
        return short(f"Replies tell what runs: {', '.join(told)}.", "Take them out in the proxy.")
    return ok("No reply tells a version in its headers.")


@asked("page")
def not_kept(patient: Patient, reply: Reply) -> Finding:
    """What a person sees must not stay in a cache."""
    del patient
    if "no-store" in reply.header("Cache-Control"):
        return ok("Pages are not to be kept.")
    return short("Pages may be kept by caches.", "Leave Cache-Control as the server sends it.")


@asked("form")
def cookies(patient: Patient, reply: Reply) -> Finding:
    """Without them, scripts, other sites and the network get at the session."""
    lines = reply.values_of("Set-Cookie")
    if not lines:
        return not_applicable("No cookie was set.")
    wanted = {"HttpOnly", "Path=/", *(["Secure"] if patient.server.is_secure else [])}
    for line in lines:
        name, *flags = [word.strip() for word in line.split(";")]
        lacks = sorted(wanted - set(flags))
        if not any(flag.startswith("SameSite=") for flag in flags):
            lacks.append("SameSite")
        if patient.server.is_secure and not name.startswith("__Host-"):
            lacks.append("a name that starts with __Host-")
        if lacks:
            return short(
                f"The cookie {name.partition('=')[0]} lacks {', '.join(lacks)}.",
                "Let the proxy leave cookies alone, and tell X-Forwarded-Proto: https.",
            )
    return ok("Cookies have every flag.")


@asked("missing")
def errors(patient: Patient, reply: Reply) -> Finding:
    """A trace or a path tells where to try next."""
    del patient
    if reply.status != 404 or INSIDES.search(reply.body):  # noqa: PLR2004 - not found
        return short(
            f"An address that leads nowhere answers {reply.status}, or shows the inside.",
            "Serve without -d, and leave error pages to the server.",
        )
    return ok("Errors show nothing of the inside.")


@asked("trace")
def methods(patient: Patient, reply: Reply) -> Finding:
    """TRACE repeats what was sent, secrets and all."""
    del patient
    if reply.status in {CLOSED, 400, 403, 404, 405, 501}:
        return ok("Methods that are not used are refused.")
    return short(f"TRACE answers {reply.status}.", "Refuse it in the proxy.")


@asked("foreign-host")
def foreign_host(patient: Patient, reply: Reply) -> Finding:
    """Another name must not lead here (DNS rebinding)."""
    del patient
    if reply.status == CLOSED or 300 <= reply.status <= LATEST_REFUSAL:  # noqa: PLR2004
        return ok("A foreign name is refused.")
    return short(
        f"It answers {reply.status} under a name that is not its own.",
        "Name its own in SAFELIGHT_HOSTNAMES, and give the proxy a default server that refuses.",
    )


@asked("foreign-form")
def foreign_form(patient: Patient, reply: Reply) -> Finding:
    """Another site must not act for the person."""
    del patient
    if reply.status == CLOSED or 400 <= reply.status <= LATEST_REFUSAL:  # noqa: PLR2004
        return ok("A form of another site is refused.")
    return short(
        f"It answers {reply.status} to a form of another site.",
        "Let the proxy pass on Origin and Sec-Fetch-* as they are.",
    )


@asked("metrics")
def strangers(patient: Patient, reply: Reply) -> Finding:
    """How much a server has to do is nobody else's business."""
    if not patient.configuration.is_exposed:
        return not_applicable("Only this machine can reach the server.")
    if reply.status in {401, 403, 404}:
        return ok("A stranger is not told the metrics.")
    return short(
        f"A stranger who asks for /metrics gets {reply.status}.",
        "Run the server with accounts, or refuse the address in the proxy.",
    )


@asked("ready")
def ready(patient: Patient, reply: Reply) -> Finding:
    """A server that lacks a tool or Redis answers, and fails those who come."""
    del patient
    if reply.status == 200:  # noqa: PLR2004 - as it ought to be
        return ok("All parts are there.")
    return short(f"Missing: {_missing(reply.body)}.", "See docs/how-to/monitor.md, Health.")


def _missing(body: bytes) -> str:
    try:
        found = json.loads(body)["missing"]
    except (ValueError, KeyError, TypeError):
        return "something; it does not say what"
    return ", ".join(map(str, found)) if isinstance(found, list) else "something"


@asked("version")
def version(patient: Patient, reply: Reply) -> Finding:
    """An update counts from the restart on."""
    del patient
    try:
        running = str(json.loads(reply.body)["version"])
    except (ValueError, KeyError, TypeError):
        return not_applicable("It does not tell its version.")
    if running != __version__:
        return short(f"{running} runs, {__version__} is installed here.", "Start the server again.")
    return ok(f"{running} runs, and is installed.")


CHECKS = (
    Check("replies.headers", "Security headers arrive as they were sent", headers),
    Check("replies.unnamed", "Replies tell no version", unnamed),
    Check("replies.cache", "Pages are not kept", not_kept),
    Check("replies.cookies", "Cookies have every flag", cookies),
    Check("replies.errors", "Errors show nothing of the inside", errors),
    Check("replies.methods", "TRACE is refused", methods),
    Check("replies.host", "A foreign name is refused", foreign_host),
    Check("replies.forms", "A form of another site is refused", foreign_form),
    Check("replies.strangers", "Strangers are not told the metrics", strangers),
    Check("server.ready", "All parts are there", ready),
    Check("server.version", "What runs is what is installed", version),
)
