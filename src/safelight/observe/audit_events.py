"""What the audit log can say: the events, the codes that go with each, and what each code may be.

An event that is not here cannot be recorded, and no code can carry a word of a person's: a code is
one of a closed set, or a name that the source gives to a thing.
"""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TypeAlias

NAME = re.compile(r"[a-z][a-z0-9-]{0,30}(\.[a-z][a-z0-9-]{0,30}){0,3}", re.ASCII)
"""What the source calls a tool, an action, a grant or a refusal: `mapy`, `upload.too-large`."""
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,60}", re.ASCII)
PSEUDONYM = re.compile(r"[0-9a-f]{16}", re.ASCII)
TOKEN_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)
HANDLE = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
"""A random number that we gave out."""
Allowed: TypeAlias = "frozenset[str] | re.Pattern[str]"


@dataclass(frozen=True, slots=True)
class Code:
    """One field of an audit line."""

    name: str
    meaning: str
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is recorded."""

    name: str
    outcome: str
    """`accepted`, `refused`, `ended`, `failed` or `done`."""
    meaning: str
    codes: tuple[str, ...] = ()
    """The codes that go with it. Each may be left out."""


def _one_of(*values: str) -> frozenset[str]:
    return frozenset(values)


CODES: dict[str, Code] = {
    code.name: code
    for code in (
        Code(
            "change",
            "What was done to it.",
            _one_of("changed", "created", "granted", "password", "removed", "revoked", "withdrawn"),
        ),
        Code("check", "The check that it failed.", _one_of("csrf", "fetch-metadata", "host")),
        Code("code", "The refusal, as the reply names it.", NAME),
        Code("grant", "The grant that was missing, given or taken back.", NAME),
        Code(
            "how",
            "By what someone came in.",
            _one_of("password", "oidc", "session", "token", "loopback"),
        ),
        Code("job", "The kind of job.", NAME),
        Code("job_id", "The job's number.", HANDLE),
        Code(
            "limit",
            "The limit that was reached.",
            _one_of("requests", "jobs", "room"),
        ),
        Code(
            "reason",
            "Why.",
            _one_of(
                # a sign-in or a token
                "credentials",
                "malformed",
                "no-grants",
                "provider",
                "state",
                "unknown",
                # a session's end
                "everywhere",
                "removed",
                "sign-out",
            ),
        ),
        Code(
            "result",
            "How a job ended. One that was handed back is run anew.",
            _one_of("done", "failed", "cancelled", "handed-back"),
        ),
        Code("role", "What the process does.", _one_of("web", "worker")),
        Code("setting", "The setting's variable.", VARIABLE),
        Code("token", "The token's number, as `safelight tokens list` shows it.", TOKEN_ID),
        Code("tool", "The tool.", NAME),
        Code("whose", "A pseudonym of the person whose account or session it is.", PSEUDONYM),
    )
}

EVENTS: dict[str, Event] = {
    event.name: event
    for event in (
        Event("sign-in.accepted", "accepted", "Someone signed in.", ("how",)),
        Event(
            "sign-in.refused",
            "refused",
            "Someone could not sign in. Nobody is named: a name that was typed may be a password.",
            ("how", "reason"),
        ),
        Event(
            "sign-in.locked",
            "refused",
            "A sign-in was not looked at, because too many before it failed.",
        ),
        Event("token.refused", "refused", "An API token was not accepted.", ("reason",)),
        Event("token.changed", "done", "An API token was made or revoked.", ("change",)),
        Event("user.changed", "done", "Someone changed their password.", ("change",)),
        Event(
            "accounts.changed",
            "done",
            "The file of users and tokens reads otherwise than before: by `safelight users` or"
            " `safelight tokens`, another process, or by hand. A line for each difference.",
            ("change", "grant", "whose", "token"),
        ),
        Event(
            "grant.refused",
            "refused",
            "Someone asked for what none of their grants allows.",
            ("grant", "how"),
        ),
        Event("session.ended", "ended", "A session ended.", ("reason", "whose")),
        Event(
            "upload.refused",
            "refused",
            "Files or a form were not taken.",
            ("code", "tool"),
        ),
        Event("job.started", "accepted", "Someone started a job.", ("tool", "job", "job_id")),
        Event("job.ended", "ended", "A job runs no longer.", ("tool", "job", "job_id", "result")),
        Event("job.cancelled", "accepted", "Someone cancelled a job.", ("tool", "job", "job_id")),
        Event(
            "limit.hit",
            "refused",
            "More was asked for than a limit allows.",
            ("limit", "tool"),
        ),
        Event(
            "request.refused",
            "refused",
            "A request came from another site, without its form token or for another host.",
            ("check",),
        ),
        Event("settings.changed", "done", "A setting is not the default.", ("setting",)),
        Event("service.started", "done", "A process began to serve.", ("role",)),
        Event("service.stopped", "done", "A process ended as asked.", ("role",)),
    )
}
