"""The way to Eloqua's sign-in page, and the way back. Tokens are in no address, page or log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from elqkit.errors import EloquaError, NotSignedIn, Unsure
from elqkit.web.autosubmit.routes import Kind, Route, signed_in
from elqkit.web.autosubmit.sign_ins import TokensInSlot, Trip, app_of
from elqkit.web.autosubmit.workroom import SEE_OTHER, go
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.sign_ins import App
    from elqkit.web.autosubmit.workroom import Workroom

_TRIP = "trip"


def add(
    pages: Blueprint, room: Workroom, take: Callable[[Draft, Route], ResponseReturnValue]
) -> None:
    """Serve both addresses; `take` goes on with a draft whose route is known."""

    @pages.get("/autosubmit/<draft_id>/sign-in/")
    def sign_in(draft_id: str) -> ResponseReturnValue:
        """Send the person to Eloqua. A link leads here: no form may be sent to another site."""
        draft, app = room.draft(draft_id), _app(room)
        leaving = app.authorization()
        trip = Trip(leaving.state, leaving.verifier, draft.id, time.time())
        room.shell.session()[_TRIP] = trip.stored()
        return redirect(leaving.url, SEE_OTHER)

    @pages.get("/autosubmit/sign-in/back/")
    def sign_in_back() -> ResponseReturnValue:
        """Take whom Eloqua sends back, once: the trip is over, whatever came of it."""
        app, trip = _app(room), Trip.of(room.shell.session().pop(_TRIP, None))
        if trip is None:
            raise Refusal(
                "sign-in.unknown",
                "This sign-in was not begun in this browser, or it took too long.",
                "Begin again at the page of your file.",
            )
        draft = room.draft(trip.draft)
        try:
            route = _arrived(room, app, trip)
        except EloquaError as error:
            return go("connect", draft, why=error.code)
        return take(draft, route)


def is_here(app: App) -> bool:
    """Whether Eloqua sends people back to the address that this page is open at."""
    return app.redirect_uri == url_for("elqkit.sign_in_back", _external=True)


def _app(room: Workroom) -> App:
    app = app_of(room.shell.settings)
    if app is None:
        raise Refusal(
            "sign-in.none",
            "No sign-in at Eloqua is set up on this server.",
            "Sign in with company, user and password.",
            status=404,
        )
    return app


def _arrived(room: Workroom, app: App, trip: Trip) -> Route:
    """The route of who came back.

    Raises:
        EloquaError: they did not agree, it is not the answer to this trip, or Eloqua refuses.
    """
    arriving = app.authorization(trip.state, trip.verifier)
    try:
        tokens = app.tokens(arriving, arriving.code_of(request.url))
    except Unsure:  # the code is used up, and what it was good for is in nobody's hands
        raise NotSignedIn("eloqua.sign-in-lost") from None
    slot = room.shell.slot()
    TokensInSlot(slot).write(tokens)
    route = Route(Kind.OAUTH, slot=slot.key)
    with room.connected(route) as connection:
        return signed_in(route, connection)
