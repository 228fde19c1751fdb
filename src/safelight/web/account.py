"""A signed-in person's own page: what they may do, their sessions, password and API tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from safelight.accounts.document import BadAccounts
from safelight.accounts.grants import ADMIN
from safelight.accounts.tokens import new_token
from safelight.api import Refusal
from safelight.errors import PAGE
from safelight.observe import audit
from safelight.security import identity
from safelight.security.identity import SESSION, accounts_of, begin_session
from safelight.security.password_check import NotSignedIn
from safelight.security.passwords import hash_of, wrong_with_password
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from werkzeug.wrappers import Response as AnyResponse

    from safelight.accounts.model import Accounts, Token, User
    from safelight.security.identity import Identity
    from safelight.security.password_check import Guard

DAYS = (7, 30, 90, 365)
"""How long a token made on the page may live."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a form on the page came to."""

    problem: str = ""
    done: str = ""
    token: str = ""
    """A token that was just made. It is shown this once."""
    status: int = 200


def pages(guard: Guard) -> Blueprint:
    """The blueprint of the account's pages."""
    blueprint = Blueprint("account", __name__)

    @blueprint.get("/account")
    def account() -> Response:
        """Show what one may do, one's sessions and one's tokens."""
        return _page(guard, person_here(), Said())

    _sessions(blueprint, guard)
    _password(blueprint, guard)
    _tokens(blueprint, guard)
    return blueprint


def _sessions(blueprint: Blueprint, guard: Guard) -> None:
    @blueprint.post("/account/sessions/end")
    def end_sessions() -> AnyResponse:
        """End one of one's sessions, or all of them, this one too."""
        person, visit = person_here(), request.form.get("visit", "")
        if visit:
            guard.doors.presence.end(person.name, visit)
        else:
            guard.doors.presence.end_all(person.name)
        audit.record("session.ended", reason="sign-out" if visit else "everywhere")
        return redirect(url_for("account.account"), 303)


def _password(blueprint: Blueprint, guard: Guard) -> None:
    @blueprint.post("/account/password")
    def change_password() -> Response:
        """Put another password in the place of one's own; it ends one's other sessions."""
        person = person_here()
        try:
            user = guard.check(person.name, request.form.get("password", ""))
        except NotSignedIn as error:
            return _page(guard, person, Said(error.message, status=error.status), error.headers)
        new, again = request.form.get("new", ""), request.form.get("again", "")
        wrong = wrong_with_password(new, person.name)
        if new != again:
            wrong = sentence("The two new passwords differ. Nothing was changed.")
        if wrong:
            return _page(guard, person, Said(wrong, status=422))
        changed = replace(user, password=hash_of(new))
        _change(guard, lambda accounts: accounts.with_user(changed))
        audit.record("user.changed", change="changed")
        guard.doors.presence.end_all(person.name)
        return _page(guard, begin_session(guard.doors, changed), Said(done=CHANGED))


CHANGED = sentence("The password was changed. You were signed out everywhere else.")


def _tokens(blueprint: Blueprint, guard: Guard) -> None:
    @blueprint.post("/account/tokens/create")
    def create_token() -> Response:
        """Make a token that may do no more than its maker, and show it once."""
        person = person_here()
        try:
            user = guard.check(person.name, request.form.get("password", ""))
            text, token = new_token(
                request.form.get("name", "").strip(),
                _chosen(user, request.form.getlist("grant")),
                guard.doors.clock(),
                _days(request.form.get("days", "")),
                user.name,
            )
        except NotSignedIn as error:
            return _page(guard, person, Said(error.message, status=error.status), error.headers)
        except ValueError as error:
            return _page(guard, person, Said(str(error), status=422))
        _change(guard, lambda accounts: accounts.with_token(token))
        audit.record("token.changed", change="created")
        return _page(guard, person, Said(token=text))

    @blueprint.post("/account/tokens/revoke")
    def revoke_token() -> AnyResponse:
        """End one of one's tokens."""
        person, id_ = person_here(), request.form.get("id", "")
        if any(each.id == id_ for each in _tokens_of(accounts_of(guard.doors), person.name)):
            _change(guard, lambda accounts: accounts.without_token(id_))
            audit.record("token.changed", change="revoked")
        return redirect(url_for("account.account"), 303)


def person_here() -> Identity:
    """Whoever is signed in with a session: these pages are for people.

    Raises:
        Refusal: it is a program, or nobody has to sign in here.
    """
    found = identity.current()
    if found is None or found.how != SESSION:
        raise Refusal(
            "account.none",
            "There is no account here: on its own machine Safelight asks nobody to sign in.",
            "Go on to the tools.",
            status=404,
        )
    return found


def moment(seconds: float) -> str:
    """A time as the pages write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _page(
    guard: Guard, person: Identity, said: Said, headers: Mapping[str, str] | None = None
) -> Response:
    accounts = accounts_of(guard.doors)
    page = render_template(
        "safelight/account.html",
        person=person,
        said=said,
        visits=guard.doors.presence.visits(person.name),
        tokens=_tokens_of(accounts, person.name),
        can_change=person.name in accounts.users and guard.doors.accounts.is_writable,
        days=DAYS,
        admin=ADMIN,
        moment=moment,
    )
    return Response(page, said.status, headers, content_type=PAGE)


def _tokens_of(accounts: Accounts, name: str) -> list[Token]:
    return [token for token in accounts.tokens.values() if token.user == name]


def _chosen(user: User, grants: Collection[str]) -> frozenset[str]:
    chosen = frozenset(grants) & user.grants
    if not chosen:
        raise ValueError(sentence("Choose what the token may do."))
    return chosen


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in DAYS):
        raise ValueError(sentence("Choose how long the token lives."))
    return int(text)


def _change(guard: Guard, how: Callable[[Accounts], Accounts]) -> None:
    try:
        guard.doors.accounts.change(how)
    except BadAccounts as error:
        raise Refusal(
            "accounts.unwritable",
            "The list of users can't be written, so nothing was changed.",
            "Tell the operator of this server.",
            status=503,
        ) from error
