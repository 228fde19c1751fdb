"""Who a request is from: `flask.g.identity`, for everything that asks.

An API token says it (`Authorization: Bearer`), or a session whose user is still there and was not
signed out elsewhere, or, where the server is open to its own machine alone, the fact of being at
that machine. A header that brings a token decides, whatever cookie comes with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
import hashlib
import hmac
from io import BytesIO
import re
import time
from typing import TYPE_CHECKING, cast

from flask import g, request, session

from safelight.accounts.document import BadAccounts
from safelight.accounts.grants import EVERYTHING, allows
from safelight.accounts.settings import EVERYONE
from safelight.accounts.tokens import token_of
from safelight.api import Refusal
from safelight.observe import audit
from safelight.security.session_store import SIGNED_IN
from safelight.security.sessions import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from wsgiref.types import WSGIEnvironment

    from flask import Flask

    from safelight.accounts.model import Accounts, User
    from safelight.accounts.source import AccountSource
    from safelight.api import Json
    from safelight.security.guests import Guests
    from safelight.security.presence import Presence

EXTENSION = "safelight.doors"
LOOPBACK, SESSION, TOKEN = "loopback", "session", "token"  # ways to be known
PASSWORD, OIDC = "password", "oidc"
_BEARER = re.compile(r"bearer +(?P<token>[A-Za-z0-9_-]{1,200}) *", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a request is from, and what they may do."""

    name: str
    """One for each: jobs and limits are counted by it. Of a person never shown in a log."""
    grants: frozenset[str]
    how: str
    """`loopback`, `session` or `token`."""
    shown: str = ""
    """What the person is called on their own pages."""
    visit: str = ""
    """The session's id in the list of the user's sessions; empty if it is none."""

    def may(self, grant: str) -> bool:
        """Whether a grant is among theirs: `mapy`, `elqkit.send`, `admin`."""
        return allows(self.grants, grant)


@dataclass(frozen=True, slots=True)
class Doors:
    """By what one can come in."""

    accounts: AccountSource
    presence: Presence
    guests: Guests
    is_open: bool
    """Whether whoever reaches the server may use it: where only this machine can."""
    clock: Callable[[], float] = time.time
    """Seconds since the epoch."""
    issuer: str = ""
    """Of the organisation's own provider, if there is one."""
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What each group of that provider may do."""


THIS_MACHINE = Identity("loopback", frozenset({EVERYTHING}), LOOPBACK)


def current() -> Identity | None:
    """Who the current request is from; None for a stranger."""
    return cast("Identity | None", g.get("identity"))


def set_up(app: Flask, doors: Doors, for_anyone: Collection[str] = ()) -> None:
    """Tell each request who it is from.

    For the endpoints `for_anyone` nobody is looked up: they answer too while sessions can't be
    reached. What goes wrong is for `check_known` to say.
    """
    app.extensions[EXTENSION] = doors

    @app.before_request
    def identify() -> None:
        g.identity = None
        g.token_refused = ""
        if request.endpoint in for_anyone:
            return
        try:
            g.identity = _identity(doors)
        except Refusal as error:
            g.identity_refusal = error

    app.jinja_env.globals.update(identity=current, may=may)


def knows(app: Flask) -> Callable[[WSGIEnvironment], bool] | None:
    """What tells whether a request is from somebody, by its headers alone: its body is not read.

    For the server, which asks before it takes in a large one. Where that can't be told now, the
    application shall say why. None where whoever reaches the server may use it.
    """
    doors = cast("Doors", app.extensions[EXTENSION])

    def is_known(environ: WSGIEnvironment) -> bool:
        try:
            with app.request_context({**environ, "wsgi.input": BytesIO()}):
                g.token_refused = ""
                return _identity(doors) is not None
        except Refusal:
            return True

    return None if doors.is_open else is_known


def check_known() -> None:
    """Raises a Refusal if nobody could be known, because the accounts can't be read."""
    refusal = g.get("identity_refusal")
    if refusal is not None:
        raise refusal


def may(grant: str) -> bool:
    """Whether the current request is from somebody who has a grant."""
    found = current()
    return found is not None and found.may(grant)


def _identity(doors: Doors) -> Identity | None:
    scheme = request.headers.get("Authorization", "").partition(" ")[0].lower()
    if scheme == "bearer":
        return _of_token(doors, request.headers["Authorization"])
    if SIGNED_IN in session:
        found = _of_session(doors, session[SIGNED_IN])
        if found is not None:
            return found
        session.clear()
        audit.record("session.ended", reason="removed")
    return THIS_MACHINE if doors.is_open else None


def accounts_of(doors: Doors) -> Accounts:
    """The accounts as they are now.

    Raises:
        Refusal: they can't be read: nobody comes in.
    """
    try:
        return doors.accounts.current()
    except BadAccounts as error:
        raise Refusal(
            "accounts.unreadable",
            "The list of users can't be read, so nobody can come in now.",
            "Tell the operator of this server.",
            status=503,
        ) from error


def _of_token(doors: Doors, header: str) -> Identity | None:
    accounts = accounts_of(doors)
    match = _BEARER.fullmatch(header)
    token = token_of(accounts, match["token"], doors.clock()) if match else None
    if token is None:
        g.token_refused = "unknown" if match else "malformed"
        audit.record("token.refused", reason=g.token_refused)
        return None
    name = token.user or f"token:{token.id}"
    return Identity(name, accounts.grants_of(token), TOKEN, token.name)


def _of_session(doors: Doors, held: Json) -> Identity | None:
    if not isinstance(held, dict):
        return None
    name, visit = str(held.get("name")), str(held.get("visit"))
    if not doors.presence.goes_on(name, visit, request.environ.get(ARRIVED)):
        return None
    shown = str(held.get("shown") or name)
    if held.get("how") == OIDC:
        groups = held.get("groups")
        if held.get("issuer") != doors.issuer or not isinstance(groups, list):
            return None
        return Identity(name, grants_of(doors, map(str, groups)), SESSION, shown, visit)
    user = accounts_of(doors).users.get(name)
    if user is None or not hmac.compare_digest(str(held.get("stamp")), stamp_of(user)):
        return None
    return Identity(name, user.grants, SESSION, shown, visit)


def grants_of(doors: Doors, groups: Iterable[str]) -> frozenset[str]:
    """What someone of these groups of the provider may do."""
    known = (doors.groups.get(group, frozenset()) for group in (EVERYONE, *groups))
    return frozenset().union(*known)


def stamp_of(user: User) -> str:
    """What a session remembers of a password's hash: another password ends the session."""
    return hashlib.sha256(user.password.encode()).hexdigest()[:32]


def begin_session(doors: Doors, user: User) -> Identity:
    """Sign a user in who gave their password."""
    values: dict[str, Json] = {"how": PASSWORD, "stamp": stamp_of(user)}
    return begin(doors, Identity(user.name, user.grants, SESSION, user.name), values)


def begin(doors: Doors, who: Identity, values: Mapping[str, Json]) -> Identity:
    """Sign someone in: what the visitor had before is gone, and the session's id with it."""
    end_session(doors)
    visit = doors.presence.begin(who.name)
    session[SIGNED_IN] = {**values, "name": who.name, "visit": visit}
    audit.record("sign-in.accepted", who=who.name, how=str(values["how"]))
    g.identity = replace(who, visit=visit)
    return cast("Identity", g.identity)


def end_session(doors: Doors) -> None:
    """Sign the current session out, on the server, for good."""
    found = current()
    if found is not None and found.visit:
        doors.presence.end(found.name, found.visit)
    session.clear()
