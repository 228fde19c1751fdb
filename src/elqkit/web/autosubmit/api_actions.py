"""AutoSubmit for programs: rehearse a file, and submit it, without the steps of the pages.

The account is the administrator's: a program's request holds a file and a form's name, and nothing
that signs anybody in.
"""

from __future__ import annotations

from dataclasses import replace
import json
from typing import TYPE_CHECKING

from elqkit.autosubmit.preparing import BadChoice, Choices, prepare_sheet
from elqkit.autosubmit.side_effects import side_effects
from elqkit.errors import ElqError, TakesLonger, UnreadableTable
from elqkit.output.submitting import as_object
from elqkit.runs.pace import Speed
from elqkit.web.actions import reading_of
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.drafts import draft_of
from elqkit.web.autosubmit.files import kept_of
from elqkit.web.autosubmit.prepared import sheet_of
from elqkit.web.autosubmit.routes import Kind, Route, connected, signed_in, to_mock, to_public
from elqkit.web.autosubmit.sending import FORM, JOB, ROWS, Order, limits_of
from elqkit.web.autosubmit.words import refusal_of
from safelight.api import Answer, NewJob, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from elqkit.autosubmit.access import Way
    from elqkit.autosubmit.preparing import Prepared
    from elqkit.eloqua.models import Form
    from elqkit.web.autosubmit.drafts import Draft
    from safelight.api import Request, SettingValue

OWNER = "api"
"""Whose mock programs share."""
DEFAULT_RATE, DEFAULT_PARALLEL = "10", "4"


def rehearse(request: Request, settings: Mapping[str, SettingValue]) -> Answer:
    """What a run would do, counted, and three rows exactly as they would go. Nothing is sent.

    Raises:
        Refusal: the file, the form or the columns do not allow it.
    """
    draft, kept = _file(request, settings)
    _, route, prepared = _prepared(draft, kept, request, settings)
    is_public = route.kind is Kind.PUBLIC
    return Answer(as_object(prepared, is_public=is_public, is_exact=True))


def submit(request: Request, settings: Mapping[str, SettingValue]) -> NewJob:
    """Begin a run. The program says how many rows it means to send, as a person types it.

    Raises:
        Refusal: something does not allow it, or was not agreed to.
    """
    draft, kept = _file(request, settings)
    draft, route, prepared = _prepared(draft, kept, request, settings)
    count = prepared.rehearsal.would_send
    if _text(request, "rows") != str(count) or not count:
        raise _refused(
            "send.count", f"{count} rows are ready to be sent.", "Send that number, as `rows`."
        )
    if prepared.ragged and not request.options.get("leave_out_ragged"):
        raise _refused(
            "send.ragged",
            "Rows with too few or too many values would be left out, so nothing was sent.",
            "Mend the file, or send leave_out_ragged.",
        )
    effects = any(each.needs_consent for each in side_effects(prepared.form))
    if effects and not request.options.get("accept_side_effects"):
        raise _refused(
            "send.effects",
            "The form sets off what can't be taken back, so nothing was sent.",
            "Look at side_effects in a rehearsal, and send accept_side_effects.",
        )
    order = Order(
        draft,
        _way(request, route),
        _speed(request),
        is_unknown_again=bool(request.options.get("resend_unknown")),
        is_looked_after=bool(request.options.get("look")),
    )
    files = {ROWS: kept, FORM: snapshots.dumps(prepared.form)}
    return NewJob(JOB, order.stored(), files)


def _file(request: Request, settings: Mapping[str, SettingValue]) -> tuple[Draft, bytes]:
    """The draft of the one file, and what is kept of it.

    Raises:
        Refusal: it holds nothing to send.
    """
    upload = request.files[0]
    if upload.refusal is not None:
        raise upload.refusal
    options = reading_of(request, limits_of(settings))
    try:
        return draft_of(upload, options), kept_of(upload.content, upload.name, options)
    except (UnreadableTable, TakesLonger) as error:
        raise refusal_of(error) from None


def _prepared(
    draft: Draft, kept: bytes, request: Request, settings: Mapping[str, SettingValue]
) -> tuple[Draft, Route, Prepared]:
    columns = _columns(request)
    try:
        sheet = sheet_of(draft, kept, limits_of(settings))
        if sheet.blocking:
            raise _refused(
                "file.blocked",
                " ".join(each.cause.message for each in sheet.blocking),
                "Check the file first.",
            )
        route, form = _form(request, settings, columns.values())
        prepared = prepare_sheet(sheet, form, Choices(columns=columns))
    except BadChoice as error:
        raise _refused("columns.none", str(error), "Check the map.") from None
    except ValueError:
        message = "Two columns go to one field, or to one that is Eloqua's own."
        raise _refused("columns.twice", message, "Check the map.") from None
    except ElqError as error:
        raise refusal_of(error) from None
    if prepared.submissions is None:
        raise _unready(prepared)
    chosen = {str(match.column): match.field.html_name for match in prepared.mapping.matches}
    return replace(draft, columns=chosen, route=route.stored()), route, prepared


def _form(
    request: Request, settings: Mapping[str, SettingValue], names: Iterable[str]
) -> tuple[Route, Form]:
    """The form that a program names, as Eloqua has it.

    Raises:
        Refusal: what is named cannot be one.
        ElqError: Eloqua cannot be asked, or has no such form.
    """
    wanted, to = _text(request, "form"), _text(request, "to") or Kind.SERVER.value
    if not wanted:
        raise _refused("form.none", "No form was named.", "Send its id or HTML name as form.")
    if to == Kind.PUBLIC.value:
        route = to_public(_text(request, "site"), wanted)
    else:
        route = to_mock(OWNER, "calm") if to == Kind.MOCK.value else Route(Kind.SERVER)
    with connected(route, settings) as connection:
        return signed_in(route, connection), connection.form(wanted, names)


def _columns(request: Request) -> dict[str, str]:
    """The columns that a program maps: a JSON object of names.

    Raises:
        Refusal: it is none.
    """
    text = _text(request, "map")
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise _refused(
            "map.not-understood",
            "The map is no JSON object of columns and fields.",
            'Send {"Column": "field"}; an empty field sends the column nowhere.',
        )
    return found


def _unready(prepared: Prepared) -> Refusal:
    missing = ", ".join(each.field.html_name for each in prepared.mapping.missing)
    if not missing:
        return _refused("columns.missing", "No column goes to any field.", "Send a map.")
    return _refused(
        "columns.missing",
        f"The form requires fields that no column goes to: {missing}.",
        "Map them.",
    )


def _way(request: Request, route: Route) -> Way:
    ways = {each.value: each for each in route.ways}
    name = _text(request, "way") or route.ways[0].value
    if name not in ways:
        raise _refused("way.none", "Rows can't go that way here.", f"Choose {', '.join(ways)}.")
    return ways[name]


def _speed(request: Request) -> Speed:
    rate = _text(request, "rate") or DEFAULT_RATE
    parallel = _text(request, "parallel") or DEFAULT_PARALLEL
    try:
        return Speed(float(rate), int(parallel))
    except ValueError as error:
        raise _refused("send.speed", "This is no speed.", f"{error}.") from None


def _text(request: Request, name: str) -> str:
    return str(request.options.get(name) or "")


def _refused(code: str, message: str, hint: str) -> Refusal:
    return Refusal(code, message, hint, status=422)
