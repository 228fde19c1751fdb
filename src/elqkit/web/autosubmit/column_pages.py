"""The second half of the second step: which column goes to which field, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from elqkit.autosubmit.forms import form_of_names, is_html_name
from elqkit.autosubmit.mapping import Why
from elqkit.autosubmit.preparing import Choices, map_columns
from elqkit.autosubmit.saved_maps import MAX_MAP_BYTES, BadMap, read_map, write_map
from elqkit.output import words as table_words
from elqkit.text import Text
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.prepared import choices_of, rows_of
from elqkit.web.autosubmit.routes import Kind
from elqkit.web.autosubmit.words import refusal_of
from elqkit.web.autosubmit.workroom import go, typed
from safelight.api import Action, Answer, Download, FileField, Refusal, receives

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.autosubmit.mapping import Mapping
    from elqkit.autosubmit.preparing import Sheet
    from elqkit.eloqua.models import Field, Form
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom

SAMPLE_ROWS = 50
MAX_CONSTANT_CHARS = 1_000
MAX_MAPS = 20
_MAPS = "maps"

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
        ignored=[mapping.header[column - 1] for column in mapping.ignored],
        words=table_words,
        sent=sent,
        samples=_samples(sheet),
        chosen=Why.CHOSEN,
        notice=notice,
        constants={each.field.html_name: each.value for each in mapping.constants},
        guessed=_guessed(sheet) if route.kind is Kind.PUBLIC else {},
        is_public=route.kind is Kind.PUBLIC,
        map_action=MAP,
        blocking=[problem.cause.message for problem in sheet.blocking],
    )


def add(pages: Blueprint, room: Workroom) -> None:
    """Serve the page."""

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
    return map_columns(rows_of(sheet).header, form, choices_of(draft, sheet))[0]


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
        message = Text("No column goes anywhere yet, so there is nothing to send.")
    else:
        message = Text(
            "The form requires a field that no column goes to. Eloqua would refuse each row."
        )
    return Refusal("columns.missing", message, "Choose a column for it below.", status=422)


def _mapping(room: Workroom, draft: Draft, sheet: Sheet, form: Form) -> tuple[Mapping, str]:
    """As chosen; else as the same form was mapped before in this session; else by names."""
    choices, notice = choices_of(draft, sheet), ""
    saved = _maps(room).get(_key(form)) if draft.columns is None else None
    if isinstance(saved, dict):
        if room.route(draft).kind is Kind.PUBLIC:
            form = form_of_names(form.html_name, map(str, saved["columns"].values()))
        choices = Choices(saved_map=saved)
    header = rows_of(sheet).header
    mapping, is_current = map_columns(header, form, choices)
    if isinstance(saved, dict):
        notice = "saved" if is_current or not form.id else "changed"
        if not mapping.matches:
            (mapping, _), notice = map_columns(header, form, Choices()), ""
    return mapping, notice


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
