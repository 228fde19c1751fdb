"""For administrators: who may come in, what for, and an end to anyone's sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from safelight.observe import audit
from safelight.security.identity import accounts_of
from safelight.web.account import moment

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from safelight.security.password_check import Guard


def pages(guard: Guard) -> Blueprint:
    """The blueprint of the page of all people. `security.admission` says who may see it."""
    blueprint = Blueprint("people", __name__)
    doors = guard.doors

    @blueprint.get("/account/people")
    def people() -> str:
        """List the users with their grants and sessions, and the tokens."""
        accounts = accounts_of(doors)
        users = sorted(accounts.users.values(), key=lambda each: each.name)
        return render_template(
            "safelight/people.html",
            rows=[(user, len(doors.presence.visits(user.name))) for user in users],
            tokens=list(accounts.tokens.values()),
            moment=moment,
        )

    @blueprint.post("/account/people/end")
    def end_sessions() -> AnyResponse:
        """Sign a person out everywhere."""
        name = request.form.get("name", "")
        if name in accounts_of(doors).users:
            doors.presence.end_all(name)
            audit.record("session.ended", reason="everywhere")
        return redirect(url_for("people.people"), 303)

    return blueprint
