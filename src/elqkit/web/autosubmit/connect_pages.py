"""The first half of the second step: how Eloqua is reached, and which form the rows go to."""

from __future__ import annotations

from itertools import islice
import secrets
from typing import TYPE_CHECKING

from flask import request

from elqkit.autosubmit.forms import form_of_names
from elqkit.errors import EloquaError, ElqError, NotSignedIn
from elqkit.output.codes import CODES
from elqkit.web.autosubmit import sign_in_pages, snapshots
from elqkit.web.autosubmit.mocks import WEATHERS
from elqkit.web.autosubmit.routes import (
    Kind,
    Route,
    has_server_account,
    signed_in,
    to_account,
    to_mock,
    to_public,
)
from elqkit.web.autosubmit.sign_ins import app_of
from elqkit.web.autosubmit.words import refusal_of
from elqkit.web.autosubmit.workroom import go, one_of, typed
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.eloqua.models import Form
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Json

MAX_FORMS = 2_000
SHOWN_FORMS = 60
_LAST = "route"


def add(pages: Blueprint, room: Workroom) -> None:
    """Serve the pages."""
    _add_connect(pages, room)
    _add_forms(pages, room)


def _add_connect(pages: Blueprint, room: Workroom) -> None:
    settings = room.shell.settings

    def connect_page(draft: Draft, refusal: Refusal | None = None) -> ResponseReturnValue:
        app = app_of(settings)
        return room.page(
            "connect.html",
            "columns",
            draft,
            refusal,
            weathers={name: words for name, (words, _) in WEATHERS.items()},
            has_account=has_server_account(settings),
            route=Route.of(draft.route),
            last=Route.of(_last(room)),
            app=app,
            is_here=app is not None and sign_in_pages.is_here(app),
        )

    def take(draft: Draft, route: Route) -> ResponseReturnValue:
        """Go on to the forms along a route that was tried."""
        if draft.form:
            room.shell.drop(draft.form)
        changed = draft.with_(route=route.stored(), columns=None, form="")
        room.drafts.save(changed)
        if not route.is_mock:
            room.shell.session()[_LAST] = route.stored()
        return go("choose_form", changed)

    sign_in_pages.add(pages, room, take)

    @pages.get("/autosubmit/<draft_id>/connect/")
    def connect(draft_id: str) -> ResponseReturnValue:
        """Choose how Eloqua is reached. `why` tells what came of a sign-in there."""
        why = request.args.get("why", "")
        refusal = refusal_of(NotSignedIn(why)) if why in CODES else None
        return connect_page(room.draft(draft_id), refusal)

    @pages.post("/autosubmit/<draft_id>/connect/")
    def take_route(draft_id: str) -> ResponseReturnValue:
        """Sign in, or begin a rehearsal with the mock. Nothing of it is in an address."""
        draft = room.draft(draft_id)
        try:
            route = _route(room, one_of("kind", _BY_VALUE))
            if route.kind is Kind.PUBLIC:
                return _chosen(room, draft, route, form_of_names(route.html_name, ()))
            with room.connected(route) as connection:
                route = signed_in(route, connection)
        except Refusal as refusal:
            return connect_page(draft, refusal)
        except EloquaError as error:
            return connect_page(draft, refusal_of(error))
        return take(draft, route)


_BY_VALUE = {each.value: each for each in Kind}


def _route(room: Workroom, kind: str) -> Route:
    """What the form says, not tried yet.

    Raises:
        Refusal: something is missing.
    """
    match _BY_VALUE.get(kind):
        case Kind.MOCK:
            session = room.shell.session()
            owner = str(session.setdefault("mock", secrets.token_hex(8)))
            return to_mock(owner, one_of("weather", WEATHERS, "calm"))
        case Kind.PUBLIC:
            return to_public(typed("site"), typed("html_name"))
        case Kind.SERVER:
            return Route(Kind.SERVER)
        case Kind.SIGNED_IN if request.form.get("again"):
            last = Route.of(_last(room))
            if last is not None:
                return last
        case Kind.SIGNED_IN:
            password = request.form.get("password", "")
            return to_account(typed("company"), typed("user"), password)
    raise Refusal(
        "connection.none", "No way to Eloqua was chosen.", "Choose one of the ways.", status=422
    )


def _last(room: Workroom) -> dict[str, Json]:
    """The sign-in of this session, for a further file."""
    found = room.shell.session().get(_LAST)
    return found if isinstance(found, dict) else {}


def _chosen(room: Workroom, draft: Draft, route: Route, form: Form) -> ResponseReturnValue:
    """Keep the form of a draft and lead on to its columns."""
    if draft.form:
        room.shell.drop(draft.form)
    changed = draft.with_(
        route=route.stored(),
        form=room.shell.keep(snapshots.dumps(form)),
        columns=None,
        constants={},
    )
    room.drafts.save(changed)
    return go("columns", changed)


def _add_forms(pages: Blueprint, room: Workroom) -> None:
    def forms_page(draft: Draft, refusal: Refusal | None = None) -> ResponseReturnValue:
        route = room.route(draft)
        words = request.args.get("q", "")[:100].lower().split()
        found: list[Form] = []
        total = 0
        try:
            for each in _forms(room, route):
                total += 1
                text = f"{each.name} {each.html_name} {each.id}".lower()
                if len(found) < SHOWN_FORMS and all(word in text for word in words):
                    found.append(each)
        except EloquaError as error:
            refusal = refusal or refusal_of(error)
        return room.page(
            "choose_form.html",
            "columns",
            draft,
            refusal,
            route=route,
            forms=found,
            total=total,
            q=" ".join(words),
        )

    @pages.get("/autosubmit/<draft_id>/form/")
    def choose_form(draft_id: str) -> ResponseReturnValue:
        """The forms of the site."""
        return forms_page(room.draft(draft_id))

    @pages.post("/autosubmit/<draft_id>/form/")
    def take_form(draft_id: str) -> ResponseReturnValue:
        """Read the chosen form with its fields, rules and steps."""
        draft = room.draft(draft_id)
        route = room.route(draft)
        try:
            with room.connected(route) as connection:
                form = connection.form(typed("form", 20))
        except ElqError as error:
            return forms_page(draft, refusal_of(error))
        return _chosen(room, draft, route, form)


def _forms(room: Workroom, route: Route) -> Iterator[Form]:
    """The forms of the site, as many as a page may look through.

    Raises:
        EloquaError: Eloqua cannot be asked.
    """
    with room.connected(route) as connection:
        if connection.eloqua is not None:
            yield from islice(connection.eloqua.forms(), MAX_FORMS)
