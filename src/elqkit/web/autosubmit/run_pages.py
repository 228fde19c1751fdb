"""The last step: runs under way, to be watched, paused and stopped, and what became of each row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
import json
from typing import TYPE_CHECKING, cast

from flask import request

from elqkit.output import words as table_words
from elqkit.output.codes import Said
from elqkit.runs.outcomes import Outcome
from elqkit.text import Text
from elqkit.web.autosubmit.downloads import KINDS, rows_file
from elqkit.web.autosubmit.moments import Moment, moment_of
from elqkit.web.autosubmit.prepared import rows_of, sheet_of, table_of
from elqkit.web.autosubmit.recent import RECENT
from elqkit.web.autosubmit.routes import Route
from elqkit.web.autosubmit.send_pages import draft_of
from elqkit.web.autosubmit.sending import JOB, ORDER, OUTCOMES, ROWS, Order, Outcomes
from elqkit.web.autosubmit.words import said
from elqkit.web.autosubmit.workroom import go
from safelight.api import Refusal

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.autosubmit.preparing import Sheet
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Action, JobView, Json, Speech

COMMANDS = frozenset({"pause", "go-on", "cancel"})
RELOAD_S = 3
MAX_LINES = 12
MAX_DETAILS = 3
PARTS: dict[str, tuple[Outcome, ...]] = {
    "refused": (Outcome.REFUSED,),
    "unknown": (Outcome.UNKNOWN,),
    "left-out": (Outcome.SKIPPED,),
    "not-sent": (Outcome.PENDING, Outcome.IN_FLIGHT),
    "accepted": (Outcome.ACCEPTED,),
    "all": tuple(Outcome),
}
"""The rows that may be downloaded: the name of the file, and their outcomes."""
_PART_WORDS = {
    "refused": Text("refused"),
    "unknown": Text("unknown"),
    "left-out": Text("left out"),
    "not-sent": Text("not sent"),
    "accepted": Text("accepted"),
    "all": Text("all"),
}
_TITLES = {
    Outcome.ACCEPTED: Text("Accepted"),
    Outcome.REFUSED: Text("Refused"),
    Outcome.UNKNOWN: Text("Unknown"),
    Outcome.SKIPPED: Text("Left out before sending"),
    Outcome.PENDING: Text("Not sent yet"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """All rows with one outcome for one reason."""

    title: str
    why: Said
    code: str
    count: int
    lines: tuple[int, ...]
    """The first ones, in the order of the file."""
    details: tuple[str, ...]
    """Eloqua's own words, the first different ones."""


def add(pages: Blueprint, room: Workroom, check: Action) -> None:
    """Serve the pages of runs."""
    _add_list(pages, room)
    _add_run(pages, room, check)
    _add_rows(pages, room)


def _view(room: Workroom, run_id: str) -> JobView:
    """A run of the visitor's.

    Raises:
        Refusal: there is none of that number.
    """
    view = room.shell.job(run_id)
    if view is None or view.name != JOB:
        raise Refusal(
            "run.none",
            "There is no such run here, or it is too long ago.",
            "Give the same file again: what was sent before is recognised.",
            status=404,
        )
    return view


def _add_list(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/runs/")
    def runs() -> ResponseReturnValue:
        """The runs of this visitor, the newest first."""
        views = [view for view in room.shell.jobs() if view.name == JOB]
        return room.page(
            "runs.html",
            "",
            runs=[(view, moment_of(view), _when(view.created)) for view in views],
        )


def _add_run(pages: Blueprint, room: Workroom, check: Action) -> None:
    @pages.get("/autosubmit/runs/<run_id>/")
    def run(run_id: str) -> ResponseReturnValue:
        """How far a run is, or what became of its rows."""
        view = _view(room, run_id)
        moment = moment_of(view)
        result = _result(room, view)
        draft = draft_of(room, run_id)
        looked = _looked(view)
        return room.page(
            "run.html",
            "result" if view.state.is_over else "send",
            draft,
            view=view,
            moment=moment,
            groups=_groups(*result) if result else (),
            downloads=KINDS,
            parts=_parts(result[1]) if result else {},
            part_words=_PART_WORDS,
            words=table_words,
            mock_address=_mock_address(draft),
            looked=looked,
            check_action=check,
            looked_why=said(str(looked.get("code", ""))),
            reload_s=0 if moment.is_over or request.args.get("still") else RELOAD_S,
            ended=_when(view.ended) if view.ended else "",
        )

    @pages.get("/autosubmit/runs/<run_id>/progress/")
    def progress(run_id: str) -> ResponseReturnValue:
        """The same moment for the page's script, in the words of the page."""
        return _as_json(moment_of(_view(room, run_id)), room.shell.speech())

    @pages.post("/autosubmit/runs/<run_id>/say/")
    def say_word(run_id: str) -> ResponseReturnValue:
        """Pause a run, go on with it, or stop it."""
        word = request.form.get("word", "")
        if word not in COMMANDS:
            raise Refusal("run.word", "A run can be paused, gone on with or stopped.", status=422)
        if not _view(room, run_id).state.is_over:
            room.shell.command(run_id, word)
        return go("run", run_id=run_id)


def _looked(view: JobView) -> dict[str, Json]:
    """What Eloqua was seen to have stored; empty if nobody looked."""
    found = view.result.get("looked") if isinstance(view.result, dict) else None
    return found if isinstance(found, dict) else {}


def _mock_address(draft: Draft | None) -> str:
    """Where the mock of a rehearsal shows what it received; empty where nobody could look.

    Only from this machine: a mock answers on loopback alone.
    """
    route = Route.of(draft.route) if draft is not None else None
    name = request.host.rpartition(":")[0] or request.host
    is_local = name in ("127.0.0.1", "localhost", "[::1]")
    return f"http://{route.host}/" if route and route.is_mock and is_local else ""


def _as_json(moment: Moment, speech: Speech) -> dict[str, Json]:
    counts = moment.counts
    return {
        "heading": moment.heading.translated(speech),
        "speed": moment.speed.translated(speech),
        "note": Text(moment.note).translated(speech),
        "percent": moment.percent,
        "is_over": moment.is_over,
        "is_paused": moment.is_paused,
        "counts": {
            "settled": speech.number(counts.settled),
            "read": speech.number(counts.read),
            "accepted": speech.number(counts.accepted),
            "refused": speech.number(counts.refused),
            "skipped": speech.number(counts.skipped),
            "unknown": speech.number(counts.unknown),
            "left": speech.number(counts.left),
        },
    }


def _result(room: Workroom, view: JobView) -> tuple[Sheet, Outcomes] | None:
    """The rows of a run that has ended, and what became of each."""
    files = [room.shell.result_file(view.id, name) for name in (ROWS, ORDER, OUTCOMES)]
    rows, order, outcomes = files
    if rows is None or order is None or outcomes is None:
        return None
    draft = Order.of(json.loads(order)).draft
    read = RECENT.get(f"run {view.id}", "", lambda: sheet_of(draft, rows, room.limits))
    return read.sheet, Outcomes.loads(outcomes)


def _groups(sheet: Sheet, outcomes: Outcomes) -> list[Group]:
    """The rows by what became of them and why; what needs somebody first."""
    lines = rows_of(sheet).lines
    found: dict[tuple[Outcome, str], list[int]] = {}
    for row, outcome in enumerate(outcomes.of_rows):
        outcome = Outcome.PENDING if outcome is Outcome.IN_FLIGHT else outcome  # noqa: PLW2901 - shown as one
        found.setdefault((outcome, outcomes.codes.get(row, "")), []).append(row)
    order = (Outcome.UNKNOWN, Outcome.REFUSED, Outcome.SKIPPED, Outcome.PENDING, Outcome.ACCEPTED)
    groups = []
    for outcome, code in sorted(found, key=lambda each: (order.index(each[0]), each[1])):
        rows = found[outcome, code]
        words = Counter(outcomes.details[row] for row in rows if row in outcomes.details)
        groups.append(
            Group(
                _TITLES[outcome],
                said(code) if code else Said(""),
                code,
                len(rows),
                tuple(lines[row] for row in rows[:MAX_LINES]),
                tuple(text for text, _ in words.most_common(MAX_DETAILS)),
            )
        )
    return groups


def _parts(outcomes: Outcomes) -> dict[str, int]:
    """How many rows each download holds; those that hold none are left out."""
    counted = {name: len(outcomes.rows(*wanted)) for name, wanted in PARTS.items()}
    return {name: count for name, count in counted.items() if count}


def _add_rows(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/runs/<run_id>/rows/<part>/<kind>/")
    def run_rows(run_id: str, part: str, kind: str) -> ResponseReturnValue:
        """Some rows of a run: the same columns, and the line and the reason of each."""
        result = _result(room, _view(room, run_id))
        if part not in PARTS or kind not in KINDS or result is None:
            raise Refusal("file.kind", "There is no such file.", status=404)
        sheet, outcomes = result
        say = cache(room.shell.translate)
        found = outcomes.reasons(outcomes.rows(*PARTS[part]))
        reasons = {row: say(words) for row, words in found}
        delimiter = table_of(sheet).dialect.delimiter
        return room.shell.send(rows_file(f"rows-{part}", kind, rows_of(sheet), reasons, delimiter))


def _when(seconds: float | None) -> str:
    moment = datetime.fromtimestamp(cast("float", seconds), UTC)
    return moment.strftime("%Y-%m-%d %H:%M UTC")
