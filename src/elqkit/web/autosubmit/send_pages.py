"""The fifth step: how fast, what has to be agreed to, and the word that begins the run."""

from __future__ import annotations

from dataclasses import dataclass
import hashlib
import secrets
from typing import TYPE_CHECKING

from flask import request

from elqkit.autosubmit.access import Way
from elqkit.autosubmit.mapping import shape_of
from elqkit.autosubmit.side_effects import side_effects
from elqkit.errors import ElqError
from elqkit.runs.pace import MAX_PARALLEL, MAX_RATE, Speed
from elqkit.text import Text
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.check_pages import checked
from elqkit.web.autosubmit.moments import moment_of
from elqkit.web.autosubmit.routes import Kind
from elqkit.web.autosubmit.sending import FORM, JOB, ROWS, Order, state_folder
from elqkit.web.autosubmit.words import refusal_of
from elqkit.web.autosubmit.workroom import StepMissing, go, one_of, typed
from safelight.api import Refusal

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.autosubmit.preparing import Prepared
    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.models import Form
    from elqkit.runs.plan import Plan
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.routes import Route
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Json

_SENT, _KEY = "sent", "sent-key"
MAX_SENT = 100
"""The runs of a session that are remembered, to warn of a file that goes twice."""
DEFAULT_SPEED = Speed(10.0, 4)
GO_ON, ONCE_MORE = "go-on", "once-more"
"""What to do with a file that was sent before."""


def add(pages: Blueprint, room: Workroom) -> None:
    """Serve the page."""

    def send_page(draft: Draft, refusal: Refusal | None = None) -> ResponseReturnValue:
        prepared = checked(room, draft)
        form, submissions = prepared.form, prepared.ready
        skipped = len(submissions.skipped())
        route = room.route(draft)
        plan = prepared.plan(route.destination)
        return room.page(
            "send.html",
            "send",
            draft,
            refusal,
            form=form,
            route=route,
            ways=_WAYS,
            count=len(submissions) - skipped,
            skipped=skipped,
            ragged=prepared.ragged,
            default_way=route.ways[0],
            hosts=route.hosts(room.shell.settings),
            can_look=route.kind is not Kind.PUBLIC,
            effects=[each for each in side_effects(form) if each.needs_consent],
            earlier=_earlier(room, plan),
            begun=_begun(room, plan),
            rate=f"{DEFAULT_SPEED.rows_per_s:g}",
            parallel=DEFAULT_SPEED.parallel,
            most=(MAX_RATE, MAX_PARALLEL),
            typed=request.form,
        )

    @pages.get("/autosubmit/<draft_id>/send/")
    def send(draft_id: str) -> ResponseReturnValue:
        """Everything once more, before it begins."""
        draft = room.draft(draft_id)
        if not draft.is_rehearsed:
            raise StepMissing(draft, "rehearsal")
        return send_page(draft)

    @pages.post("/autosubmit/<draft_id>/send/")
    def begin(draft_id: str) -> ResponseReturnValue:
        """Begin the run, if all that has to be said was said."""
        draft = room.draft(draft_id)
        if not draft.is_rehearsed:
            raise StepMissing(draft, "rehearsal")
        try:
            return go("run", run_id=_begin(room, draft))
        except Refusal as refusal:
            return send_page(draft, refusal)
        except ElqError as error:
            return send_page(draft, refusal_of(error))


_WAYS = {
    Way.BATCH: Text("Signed in, many rows a call: a row whose answer is lost is sent again safely"),
    Way.SINGLE: Text("Signed in, one row a call"),
    Way.PUBLIC: Text("The public form, as a visitor's browser does"),
}


def _begin(room: Workroom, draft: Draft) -> str:
    """Start the job of a draft; returns its number.

    Raises:
        Refusal: something was not agreed to, or there is no room for a job.
        ElqError: Eloqua cannot be asked whether the form is as it was.
    """
    prepared = checked(room, draft)
    form, submissions = prepared.form, prepared.ready
    route = room.route(draft)
    plan = prepared.plan(route.destination)
    count = len(submissions) - len(submissions.skipped())
    way = Way(one_of("way", {each.value: each for each in route.ways}, route.ways[0].value))
    earlier = _earlier(room, plan)
    is_once_more = one_of("again", {GO_ON: 1, ONCE_MORE: 1}, GO_ON) == ONCE_MORE
    is_unknown_again = bool(request.form.get("unknown"))
    if earlier and not is_once_more:
        count = earlier.left + is_unknown_again * earlier.unknown
    if not count:
        raise _missing(
            "rows", Text("No row is left to send. Mend rows, or send the whole file once more.")
        )
    _check_consent(prepared, count)
    speed = _speed()
    _check_form(room, route, form)
    generation = earlier.generation if earlier else 0
    if is_once_more:
        if not request.form.get("twice"):
            raise _missing("again", Text("Tick that rows which arrived may arrive a second time."))
        generation += 1
        _forget(room, plan)
    is_looked_after = bool(request.form.get("look"))
    order = Order(draft, way, speed, is_unknown_again, is_looked_after, generation)
    files = {ROWS: room.drafts.kept(draft), FORM: snapshots.dumps(form)}
    run_id = room.shell.start(JOB, order.stored(), files)
    _remember(room, plan, draft, run_id, generation)
    return run_id


_THOUSANDS = dict.fromkeys(map(ord, ",.\u066c '\u2019\u00a0\u202f"))
"""What people write between thousands. The digits may be of any language."""


def _check_consent(prepared: Prepared, count: int) -> None:
    """Whether the count was typed, and what needs a word of its own was agreed to.

    Raises:
        Refusal: not all of it.
    """
    written = typed("count", 20).translate(_THOUSANDS)
    if not written.isdecimal() or int(written) != count:
        raise _missing("count", Text("Type the number of rows: {number}.", number=count))
    if prepared.ragged and not request.form.get("ragged"):
        raise _missing(
            "ragged", Text("Tick that rows with too few or too many values are left out.")
        )
    effects = any(each.needs_consent for each in side_effects(prepared.form))
    if effects and not request.form.get("effects"):
        raise _missing("effects", Text("Tick that you agree to what the form sets off."))


def _missing(what: str, hint: Text) -> Refusal:
    return Refusal(f"send.{what}", "Nothing was sent yet.", hint, status=422)


def _speed() -> Speed:
    """The speed that was set.

    Raises:
        Refusal: it is none.
    """
    try:
        return Speed(
            float(typed("rate", 10).replace(",", ".") or DEFAULT_SPEED.rows_per_s),
            int(typed("parallel", 4)),
        )
    except ValueError:
        raise _missing(
            "speed",
            Text(
                "Choose up to {rate} rows a second and 1 to {calls} calls at a time.",
                rate=int(MAX_RATE),
                calls=MAX_PARALLEL,
            ),
        ) from None


def _check_form(room: Workroom, route: Route, form: Form) -> None:
    """Whether the form is still the one that the rows were checked against.

    Raises:
        Refusal: it was changed meanwhile.
        ElqError: Eloqua cannot be asked.
    """
    if route.kind is Kind.PUBLIC:
        return
    with room.connected(route) as connection:
        now = connection.form(form.id)
    if shape_of(now) != shape_of(form):
        raise Refusal(
            "form.changed",
            "The form was changed in Eloqua since the rows were checked. Nothing was sent.",
            "Choose the form again under Columns: your choices are kept as far as they fit.",
            status=409,
        )


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last run of the same file to the same form in this session."""

    run_id: str
    generation: int
    is_over: bool
    accepted: int
    left: int
    """What it did not send."""
    unknown: int


def _earlier(room: Workroom, plan: Plan[Submission]) -> Earlier | None:
    sent = room.shell.session().get(_SENT)
    found = sent.get(_name(room, plan)) if isinstance(sent, dict) else None
    view = room.shell.job(str(found["run"])) if isinstance(found, dict) else None
    if view is None or not isinstance(found, dict):
        return None
    counts = moment_of(view).counts
    left = counts.left if counts.read else len(plan.rows) - len(plan.skipped)
    return Earlier(
        view.id,
        int(str(found["generation"])),
        view.state.is_over,
        counts.accepted,
        left,
        counts.unknown,
    )


def _begun(room: Workroom, plan: Plan[Submission]) -> bool:
    """Whether a ledger of an earlier server knows the file."""
    folder = state_folder(room.shell.settings)
    return folder is not None and folder.holds(plan)


def _forget(room: Workroom, plan: Plan[Submission]) -> None:
    folder = state_folder(room.shell.settings)
    if folder is not None:
        folder.forget(plan)


def _remember(
    room: Workroom, plan: Plan[Submission], draft: Draft, run_id: str, generation: int
) -> None:
    """Note that this file went to this form: by a keyed hash, in the session alone."""
    session = room.shell.session()
    before = session.get(_SENT)
    sent: dict[str, Json] = dict(before) if isinstance(before, dict) else {}
    name = _name(room, plan)
    sent.pop(name, None)
    sent = dict(list(sent.items())[-(MAX_SENT - 1) :])
    sent[name] = {"run": run_id, "draft": draft.id, "generation": generation}
    session[_SENT] = sent


def draft_of(room: Workroom, run_id: str) -> Draft | None:
    """The draft that a run was started from, if it is still there."""
    sent = room.shell.session().get(_SENT)
    for each in sent.values() if isinstance(sent, dict) else ():
        if isinstance(each, dict) and each.get("run") == run_id:
            return room.drafts.find(str(each["draft"]))
    return None


def _name(room: Workroom, plan: Plan[Submission]) -> str:
    """The name of a file and its form in this session: it means nothing anywhere else."""
    key = str(room.shell.session().setdefault(_KEY, secrets.token_hex(32)))
    return plan.name(hashlib.sha256(key.encode()).digest())
