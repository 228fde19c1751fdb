"""For administrators: who may come in, what for, and an end to anyone's sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for

from safelight.observe import audit
from safelight.security.identity import accounts_of, grants_of
from safelight.web.account import moment

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from safelight.accounts.model import Accounts
    from safelight.security.identity import Doors
    from safelight.security.password_check import Guard


class Row(NamedTuple):
    """One of the people, as the page lists them."""

    name: str
    shown: str
    grants: frozenset[str]
    sessions: int


def pages(guard: Guard) -> Blueprint:
    """The blueprint of the page of all people. `security.admission` says who may see it."""
    blueprint = Blueprint("people", __name__)
    doors = guard.doors

    @blueprint.get("/account/people")
    def people() -> str:
        """List all who may come in, with their grants and sessions, and the tokens."""
        accounts = accounts_of(doors)
        return render_template(
            "safelight/people.html",
            users=_users(doors, accounts),
            guests=_guests(doors),
            provider_name=guard.provider_name,
            tokens=list(accounts.tokens.values()),
            moment=moment,
        )

    @blueprint.post("/account/people/end")
    def end_sessions() -> AnyResponse:
        """Sign a person out everywhere."""
        name = request.form.get("name", "")
        guests = {guest.name for guest, _ in doors.guests.here()}
        if name in guests or name in accounts_of(doors).users:
            doors.presence.end_all(name)
            audit.record("session.ended", reason="everywhere", whose=audit.pseudonym(name))
        return redirect(url_for("people.people"), 303)

    return blueprint


def _users(doors: Doors, accounts: Accounts) -> list[Row]:
    users = sorted(accounts.users.values(), key=lambda each: each.name)
    counts = doors.presence.how_many([user.name for user in users])
    return [
        Row(user.name, user.name, user.grants, count)
        for user, count in zip(users, counts, strict=True)
    ]


def _guests(doors: Doors) -> list[Row]:
    return [
        Row(guest.name, guest.shown, grants_of(doors, guest.groups), sessions)
        for guest, sessions in doors.guests.here()
    ]
