"""The second step: which form the rows go to, and which column to which field."""

from __future__ import annotations

from itertools import islice
import secrets
from typing import TYPE_CHECKING, Any

from flask import request

from elqkit.autosubmit.forms import form_of_names, is_html_name
from elqkit.autosubmit.mapping import Why
from elqkit.autosubmit.preparing import Choices, prepare_sheet
from elqkit.autosubmit.saved_maps import MAX_MAP_BYTES, BadMap, read_map, write_map
from elqkit.errors import EloquaError, ElqError
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.mocks import WEATHERS
from elqkit.web.autosubmit.prepared import blocking, choices_of, prepare, rows_of
from elqkit.web.autosubmit.routes import (
    Kind,
    Route,
    connected,
    has_server_account,
    signed_in,
    to_account,
    to_mock,
    to_public,
)
from elqkit.web.autosubmit.words import refusal_of
from elqkit.web.autosubmit.workroom import go, one_of, typed
from safelight.api import Action, Answer, Download, FileField, Refusal, receives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.autosubmit.mapping import Mapping
    from elqkit.autosubmit.preparing import Sheet
    from elqkit.eloqua.models import Field, Form
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Json

MAX_FORMS = 2_000
SHOWN_FORMS = 60
SAMPLE_ROWS = 50
MAX_CONSTANT_CHARS = 1_000
MAX_MAPS = 20
_MAPS, _LAST = "maps", "route"

MAP = Action(
    name="map",
    title="Use a saved column map",
    summary="Takes a column map that was downloaded before.",
    run=lambda _: Answer(None),
    files=FileField(
        name="map",
        label="Saved column map",
        help="A file that this page gave you before. It holds names of columns and fields only.",
        max_bytes=MAX_MAP_BYTES,
        accept=(".json", "application/json"),
    ),
)
"""The upload of a column map. Of the pages alone: no program needs it."""


def add(pages: Blueprint, room: Workroom) -> None:
    """Serve the pages of the second step."""
    _add_connect(pages, room)
    _add_forms(pages, room)
    _add_columns(pages, room)


def _add_connect(pages: Blueprint, room: Workroom) -> None:
    settings = room.shell.settings

    def connect_page(draft: Draft, refusal: Refusal | None = None) -> ResponseReturnValue:
        return room.page(
            "connect.html",
            "columns",
            draft,
            refusal,
            weathers={name: words for name, (words, _) in WEATHERS.items()},
            has_account=has_server_account(settings),
            route=Route.of(draft.route),
            last=Route.of(_last(room)),
            kinds=Kind,
        )

    @pages.get("/autosubmit/<draft_id>/connect/")
    def connect(draft_id: str) -> ResponseReturnValue:
        """Choose how Eloqua is reached."""
        return connect_page(room.draft(draft_id))

    @pages.post("/autosubmit/<draft_id>/connect/")
    def take_route(draft_id: str) -> ResponseReturnValue:
        """Sign in, or begin a rehearsal with the mock. Nothing of it is in an address."""
        draft = room.draft(draft_id)
        try:
            route = _route(room, one_of("kind", _BY_VALUE))
            if route.kind is Kind.PUBLIC:
                return _chosen(room, draft, route, form_of_names(route.html_name, ()))
            with connected(route, settings) as connection:
                route = signed_in(route, connection)
        except Refusal as refusal:
            return connect_page(draft, refusal)
        except EloquaError as error:
            return connect_page(draft, refusal_of(error))
        changed = draft.with_(route=route.stored(), columns=None, form="")
        room.drafts.save(changed)
        if not route.is_mock:
            room.shell.session()[_LAST] = route.stored()
        return go("choose_form", changed)


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
            with connected(route, room.shell.settings) as connection:
                form = connection.form(typed("form", 20))
        except ElqError as error:
            return forms_page(draft, refusal_of(error))
        return _chosen(room, draft, route, form)


def _forms(room: Workroom, route: Route) -> Iterator[Form]:
    """The forms of the site, as many as a page may look through.

    Raises:
        EloquaError: Eloqua cannot be asked.
    """
    with connected(route, room.shell.settings) as connection:
        if connection.eloqua is not None:
            yield from islice(connection.eloqua.forms(), MAX_FORMS)


def _columns_page(
    room: Workroom,
    draft: Draft,
    refusal: Refusal | None = None,
    mapping: Mapping | None = None,
) -> ResponseReturnValue:
    sheet, form, notice = room.sheet(draft), room.form(draft), ""
    route = room.route(draft)
    if mapping is None:
        mapping, notice = _mapping(room, draft, sheet, form)
    sent = {match.column: match for match in mapping.matches}
    return room.page(
        "columns.html",
        "columns",
        draft,
        refusal,
        route=route,
        form=form,
        fields=_open_fields(form),
        mapping=mapping,
        sent=sent,
        samples=_samples(sheet),
        chosen=Why.CHOSEN,
        notice=notice,
        constants={each.field.html_name: each.value for each in mapping.constants},
        guessed=_guessed(sheet) if route.kind is Kind.PUBLIC else {},
        is_public=route.kind is Kind.PUBLIC,
        map_action=MAP,
        blocking=blocking(sheet),
    )


def _add_columns(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/<draft_id>/columns/")
    def columns(draft_id: str) -> ResponseReturnValue:
        """Where each column goes, and why."""
        return _columns_page(room, room.draft(draft_id))

    @pages.post("/autosubmit/<draft_id>/columns/")
    def take_columns(draft_id: str) -> ResponseReturnValue:
        """Take the mapping as it was set."""
        draft = room.draft(draft_id)
        form, changed = _decided(room, draft)
        try:
            mapping = _valid(changed, room.sheet(draft), form)
        except ValueError:
            return _columns_page(room, draft, _twice())
        if not mapping.is_ready:
            return _columns_page(room, draft, _unready(mapping), mapping)
        if not form.id:  # its fields are those that were named just now
            room.shell.drop(draft.form)
            changed = changed.with_(form=room.shell.keep(snapshots.dumps(form)))
        room.drafts.save(changed)
        _remember(room, form, mapping.saved())
        return go("checks", changed)

    @pages.post("/autosubmit/<draft_id>/columns/map/")
    @receives(MAP)
    def upload_map(draft_id: str) -> ResponseReturnValue:
        """Use a map that was downloaded before."""
        draft = room.draft(draft_id)
        try:
            saved = read_map(room.shell.receive(MAP).files[0].content)
        except Refusal as refusal:
            return _columns_page(room, draft, refusal)
        except BadMap as error:
            return _columns_page(room, draft, refusal_of(error))
        _remember(room, room.form(draft), saved)
        changed = draft.with_(columns=None)
        room.drafts.save(changed)
        return go("columns", changed)

    @pages.get("/autosubmit/<draft_id>/columns/map/")
    def download_map(draft_id: str) -> ResponseReturnValue:
        """The map as a small file: names of columns and fields, and nothing of a row."""
        draft = room.draft(draft_id)
        mapping, _ = _mapping(room, draft, room.sheet(draft), room.form(draft))
        return room.shell.send(Download("column-map.json", "application/json", write_map(mapping)))


def _decided(room: Workroom, draft: Draft) -> tuple[Form, Draft]:
    """The form, and the draft with the columns and constants that were chosen just now."""
    form, route = room.form(draft), room.route(draft)
    columns = {
        str(column): name
        for column in range(1, len(rows_of(room.sheet(draft)).header) + 1)
        if (name := typed(f"column-{column}"))
    }
    if route.kind is Kind.PUBLIC:
        form = form_of_names(route.html_name, columns.values())
    constants = {
        each.html_name: typed(name, MAX_CONSTANT_CHARS)
        for each in _open_fields(form)
        if (name := f"constant-{each.html_name}") in request.form
        and each.html_name not in columns.values()
    }
    return form, draft.with_(columns=columns, constants=constants)


def _valid(draft: Draft, sheet: Sheet, form: Form) -> Mapping:
    """The mapping that was chosen.

    Raises:
        ValueError: a field is there twice, or not at all.
    """
    chosen = list((draft.columns or {}).values())
    if len(set(chosen)) != len(chosen):
        raise ValueError("twice")
    return prepare(draft, sheet, form).mapping


def _twice() -> Refusal:
    return Refusal(
        "columns.twice",
        "Two columns go to one field, or a field does not exist. Nothing was changed.",
        "Let each field have one column.",
        status=422,
    )


def _open_fields(form: Form) -> list[Field]:
    """The fields that values may be given for: Eloqua's own are the client's to fill."""
    return [field for field in form.fields if is_html_name(field.html_name)]


def _unready(mapping: Mapping) -> Refusal:
    if not mapping.matches:
        message = "No column goes anywhere yet, so there is nothing to send."
    else:
        message = "The form requires a field that no column goes to. Eloqua would refuse each row."
    return Refusal("columns.missing", message, "Choose a column for it below.", status=422)


def _mapping(room: Workroom, draft: Draft, sheet: Sheet, form: Form) -> tuple[Mapping, str]:
    """As chosen; else as the same form was mapped before in this session; else by names."""
    choices, notice = choices_of(draft, sheet), ""
    saved = _maps(room).get(_key(form)) if draft.columns is None else None
    if isinstance(saved, dict):
        if room.route(draft).kind is Kind.PUBLIC:
            form = form_of_names(form.html_name, map(str, saved["columns"].values()))
        choices = Choices(saved_map=saved)
    prepared = prepare_sheet(sheet, form, choices)
    if isinstance(saved, dict):
        notice = "saved" if prepared.is_map_current or not form.id else "changed"
        if not prepared.mapping.matches:
            prepared, notice = prepare_sheet(sheet, form), ""
    return prepared.mapping, notice


def _guessed(sheet: Sheet) -> dict[int, str]:
    """For a form nobody can read: the columns' own names where a field may be called so."""
    return {
        column: name.strip()
        for column, name in enumerate(rows_of(sheet).header, 1)
        if is_html_name(name.strip())
    }


def _samples(sheet: Sheet) -> list[str]:
    """The first filled value of each column, to recognise it by."""
    rows = rows_of(sheet)
    first = rows.values_of(range(min(len(rows), SAMPLE_ROWS)))
    return [
        next((values[at] for values in first if len(values) > at and values[at].strip()), "")
        for at in range(len(rows.header))
    ]


def _key(form: Form) -> str:
    return f"{form.id}:{form.html_name}"


def _maps(room: Workroom) -> dict[str, Any]:
    found = room.shell.session().get(_MAPS)
    return found if isinstance(found, dict) else {}


def _remember(room: Workroom, form: Form, saved: dict[str, object]) -> None:
    """Keep the map for the next file of this session."""
    others = [(key, value) for key, value in _maps(room).items() if key != _key(form)]
    kept = dict(others[-(MAX_MAPS - 1) :])
    kept[_key(form)] = saved
    room.shell.session()[_MAPS] = kept
