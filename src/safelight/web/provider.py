"""Signing in at the organisation's own provider: the way there and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, redirect, request, session, url_for

from safelight.accounts.provider import DENIED, STATE, UNBELIEVED, UNREACHABLE, ProviderFailed
from safelight.api import Refusal
from safelight.observe import audit
from safelight.security.guests import Guest
from safelight.security.identity import OIDC, SESSION, Identity, begin, grants_of
from safelight.security.next_page import next_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from safelight.accounts.provider import Provider, Trip
    from safelight.api import Json
    from safelight.security.identity import Doors

TRIP = "sign-in-trip"
"""The session's value of someone who is at the provider."""
NEXT = "sign-in-next"
"""The session's value that says where they wanted to go."""
FAILURES = {
    UNREACHABLE: lambda: Refusal(
        "provider.unreachable",
        "The sign-in service of your organisation did not answer.",
        "Try again in a few minutes, or tell whoever runs this server.",
        status=502,
    ),
    DENIED: lambda: Refusal(
        "provider.denied",
        "The sign-in service of your organisation did not let you in.",
        "Try again, or ask those who run it.",
        status=403,
    ),
    STATE: lambda: Refusal(
        "provider.state",
        "This sign-in was not begun in this browser, or it took too long.",
        "Begin again at the sign-in page.",
        status=400,
    ),
    UNBELIEVED: lambda: Refusal(
        "provider.unbelieved",
        "The sign-in service of your organisation sent something that can't be believed.",
        "Tell whoever runs this server.",
        status=502,
    ),
}
REASONS = {UNREACHABLE: "provider", DENIED: "provider", STATE: "state", UNBELIEVED: "credentials"}
"""How the audit log puts it."""


def pages(provider: Provider, doors: Doors) -> Blueprint:
    """The blueprint of the two addresses."""
    blueprint = Blueprint("provider", __name__)

    @blueprint.get("/sign-in/provider")
    def leave() -> AnyResponse:
        """Send the person to the provider."""
        try:
            address, trip = provider.leave(_back())
        except ProviderFailed as error:
            raise _refusal(error) from error
        session[TRIP] = cast("Json", trip)
        session[NEXT] = next_page(request.args.get("next", ""))
        return redirect(address, 303)

    @blueprint.get("/sign-in/provider/back")
    def back() -> AnyResponse:
        """Take whom the provider sends back, once."""
        wanted = session.pop(NEXT, "")
        held = cast("Trip | None", session.pop(TRIP, None))
        try:
            person = provider.arrive(held, request.args, _back())
        except ProviderFailed as error:
            raise _refusal(error) from error
        grants = grants_of(doors, person.groups)
        if not grants:
            audit.record("sign-in.refused", how=OIDC, reason="no-grants")
            raise Refusal(
                "grant.none",
                "Your organisation knows you, but you may not use anything here.",
                "Ask whoever runs this server to let one of your groups in.",
                status=403,
            )
        values: dict[str, Json] = {
            "how": OIDC,
            "issuer": provider.issuer,
            "shown": person.shown,
            "groups": [*person.groups],
        }
        doors.guests.welcome(Guest(person.name, person.shown, person.groups))
        begin(doors, Identity(person.name, grants, SESSION, person.shown), values)
        return redirect(wanted or url_for("safelight.landing"), 303)

    return blueprint


def _refusal(error: ProviderFailed) -> Refusal:
    audit.record("sign-in.refused", how=OIDC, reason=REASONS[error.reason])
    return FAILURES[error.reason]()


def _back() -> str:
    return url_for("provider.back", _external=True)
