"""Signing in and out, and what signed-in people see of their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from safelight.accounts.model import plain_name
from safelight.errors import PAGE, answer, refused, wants_json
from safelight.observe import audit
from safelight.security import identity
from safelight.security.admission import SignInNeeded
from safelight.security.fetch_metadata import SAFE_METHODS
from safelight.security.identity import SESSION, begin_session, end_session
from safelight.security.next_page import next_page, own_page
from safelight.security.password_check import NotSignedIn
from safelight.web import account, people, provider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from safelight.api import Refusal
    from safelight.security.identity import Identity
    from safelight.security.password_check import Guard


def set_up(app: Flask, guard: Guard) -> None:
    """Add the pages."""
    app.register_blueprint(pages(guard))
    app.register_blueprint(account.pages(guard))
    app.register_blueprint(people.pages(guard))
    if guard.provider is not None:
        app.register_blueprint(provider.pages(guard.provider, guard.doors))


def refuse(guard: Guard, error: Refusal) -> Response:
    """The reply to who may not have what they asked for: to a stranger the sign-in form."""
    if not isinstance(error, SignInNeeded):
        return answer(refused(error))
    challenge = {"WWW-Authenticate": error.challenge}
    if wants_json(request.path, request.headers.get("Accept", "")):
        return answer(refused(error), challenge)
    notice = "" if request.method in SAFE_METHODS else error.message
    return _form(guard, 401, challenge, next_=own_page(), notice=notice)


def pages(guard: Guard) -> Blueprint:
    """The blueprint of sign-in and sign-out."""
    blueprint = Blueprint("sign-in", __name__)
    doors = guard.doors

    @blueprint.get("/sign-in")
    def form() -> AnyResponse:
        """Ask for name and password; whoever is signed in has no need to."""
        found = identity.current()
        if found is not None:
            return redirect(next_page(request.args.get("next", "")) or _start(found), 303)
        return _form(guard, 200, next_=next_page(request.args.get("next", "")))

    @blueprint.post("/sign-in")
    def sign_in() -> AnyResponse:
        """Check name and password, and begin a session."""
        name = plain_name(request.form.get("name", ""))
        next_ = next_page(request.form.get("next", ""))
        try:
            user = guard.check(name, request.form.get("password", ""))
        except NotSignedIn as error:
            return _form(guard, error.status, error.headers, next_=next_, problem=error.message)
        begin_session(doors, user)
        return redirect(next_ or url_for("safelight.landing"), 303)

    @blueprint.post("/sign-out")
    def sign_out() -> AnyResponse:
        """End this session."""
        end_session(doors)
        audit.record("session.ended", reason="sign-out")
        return redirect(url_for("sign-in.form"), 303)

    return blueprint


def _start(found: Identity) -> str:
    return url_for("account.account" if found.how == SESSION else "safelight.landing")


def _form(
    guard: Guard,
    status: int,
    headers: Mapping[str, str] | None = None,
    *,
    next_: str = "",
    notice: str = "",
    problem: str = "",
) -> Response:
    page = render_template(
        "safelight/sign_in.html",
        next=next_,
        notice=notice,
        problem=problem,
        provider=guard.provider_name if guard.provider else "",
        has_passwords=guard.has_passwords,
    )
    return Response(page, status, headers, content_type=PAGE)
