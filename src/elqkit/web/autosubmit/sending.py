"""The run of a draft, as a job of the workbench: it goes on when the page is closed.

A job may be begun anew after a crash. Which rows went is known to the ledger, which outlives it, so
that beginning anew sends only what is left. Consent to send unknown rows again is used up before it
is acted on: a crash must not make one word count twice.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
import hmac
import json
from pathlib import Path
import time
from typing import TYPE_CHECKING, cast

from elqkit.autosubmit.access import Way
from elqkit.autosubmit.results import places_of, reason_of
from elqkit.autosubmit.sending import Sending
from elqkit.errors import ElqError
from elqkit.runs.engine import State
from elqkit.runs.errors import LedgerFailed
from elqkit.runs.folder import StateFolder
from elqkit.runs.ledger import Ledger
from elqkit.runs.outcomes import Outcome
from elqkit.runs.pace import Speed
from elqkit.table.limits import Limits
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.drafts import Draft
from elqkit.web.autosubmit.looking import Look
from elqkit.web.autosubmit.prepared import prepare, sheet_of
from elqkit.web.autosubmit.routes import Route, connected
from elqkit.web.autosubmit.words import refusal_of
from safelight.api import Job, JobContext, LogInUse, LogLost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from elqkit.autosubmit.preparing import Prepared
    from elqkit.autosubmit.submissions import Submission
    from elqkit.runs.plan import Plan
    from elqkit.runs.progress import Progress
    from elqkit.text import Text
    from safelight.api import AppendLog, Json, SettingValue

JOB = "autosubmit"
REPORT_S = 0.25
ROWS, ORDER, OUTCOMES, FORM = "rows", "order.json", "outcomes.json", "form.json"
"""What a run keeps for its result page."""
JOB_S = 12 * 3600
_LETTERS = "pfarsu"
"""One for each `Outcome`, in its order."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is started with, besides the file and the form."""

    draft: Draft
    way: Way
    speed: Speed
    is_unknown_again: bool = False
    """The person's word that rows of unknown outcome may be sent once more."""
    is_looked_after: bool = False
    """Whether to look, when it is over, at what Eloqua really stored."""
    generation: int = 0
    """Raised to send a whole file once more."""

    def stored(self) -> dict[str, Json]:
        """As a job carries it."""
        return {
            "draft": cast("dict[str, Json]", asdict(self.draft)),
            "way": self.way.value,
            "rows_per_s": self.speed.rows_per_s,
            "parallel": self.speed.parallel,
            "is_unknown_again": self.is_unknown_again,
            "is_looked_after": self.is_looked_after,
            "generation": self.generation,
        }

    @classmethod
    def of(cls, stored: Json) -> Order:
        """From a job."""
        found = cast("dict[str, Json]", stored)
        draft = Draft(**cast("dict[str, object]", found["draft"]))  # type: ignore[arg-type]
        speed = Speed(float(str(found["rows_per_s"])), int(str(found["parallel"])))
        return cls(
            replace(draft, edits=[(row, column, text) for row, column, text in draft.edits]),
            Way(found["way"]),
            speed,
            bool(found["is_unknown_again"]),
            bool(found["is_looked_after"]),
            int(str(found["generation"])),
        )

    def without_secrets(self) -> Order:
        """For the result: what made the rows, and nothing that signs anybody in."""
        return replace(self, draft=replace(self.draft, route={}))


def job() -> Job:
    """AutoSubmit's job."""
    return Job(JOB, send, grant="send", seconds=JOB_S)


def send(context: JobContext) -> None:
    """Send what is left of a file, and tell how far it is.

    Raises:
        Refusal: it cannot begin, or cannot go on.
    """
    order = Order.of(context.details)
    form = snapshots.loads(context.files[FORM])
    route = Route.of(order.draft.route)
    if route is None:
        raise LookupError("route")
    sheet = sheet_of(order.draft, context.files[ROWS], limits_of(context.settings))
    prepared = prepare(order.draft, sheet, form)
    plan = prepared.plan(route.destination)
    try:
        with (
            ledger_of(context, plan, order.generation, route) as ledger,
            connected(route, context.settings, context.slot) as connection,
        ):
            if order.is_unknown_again and _is_first_time(context):
                ledger.allow_again(ledger.rows(Outcome.UNKNOWN))
            look = Look(connection, form, ledger, wanted=order.is_looked_after)
            before = ledger.counts().accepted
            sending = Sending(plan, ledger, connection, form, order.way, speed=order.speed)
            if _followed(context, sending, before):
                is_whole = sending.progress().state == State.DONE.value
                shown = look.at_the_end(prepared.ready) if is_whole else {}
                _finish(context, sending, prepared, order, {"before": before, **shown})
    except ElqError as error:
        raise refusal_of(error) from None
    except LogInUse:
        raise refusal_of(ElqError("ledger.in-use")) from None


def limits_of(settings: Mapping[str, SettingValue]) -> Limits:
    """The reader's limits, as the administrator set them."""
    return Limits(max_bytes=int(settings["max_csv_bytes"] or 0))


def state_folder(settings: Mapping[str, SettingValue]) -> StateFolder | None:
    """The folder where ledgers survive the server, if the administrator named one."""
    path = settings["state_folder"]
    return StateFolder(Path(str(path))) if path else None


@contextmanager
def ledger_of(
    context: JobContext, plan: Plan[Submission], generation: int, route: Route
) -> Iterator[Ledger]:
    """The ledger of a plan: in the state folder, or in the workbench's own log.

    The folder is of those for whom the administrator named it. The log is of all who use the
    server: there a file is recognised for its owner alone, so that nobody learns whether a stranger
    sent the same one, or keeps them from sending it. Who is signed in to the same Eloqua may know
    that, and it keeps two people from sending a file twice.

    Raises:
        LedgerInUse: another run has it.
        LogInUse: the same.
        PlanChanged: the file was begun with another mapping.
    """
    folder = state_folder(context.settings)
    if folder is not None:
        with folder.open(plan) as ledger:
            yield ledger
        return
    name = plan.name(context.key if route.is_shared else _own_key(context))
    log = context.log(f"{name}.{generation}" if generation else name)
    try:
        with Ledger.begin(plan, context.key, _Log(log)) as ledger:
            yield ledger
    finally:
        log.close()


def _own_key(context: JobContext) -> bytes:
    return hmac.digest(context.key, f"owner {context.owner}".encode(), "sha256")


class _Log:
    """The workbench's log as the ledger's journal."""

    def __init__(self, log: AppendLog) -> None:
        self._log = log

    def append(self, record: bytes) -> None:
        try:
            self._log.append(record)
        except (LogLost, OSError):
            raise LedgerFailed from None

    def read(self) -> list[bytes]:
        try:
            return self._log.read()
        except OSError:
            raise LedgerFailed from None

    def close(self) -> None:
        self._log.close()


def _is_first_time(context: JobContext) -> bool:
    """Whether the person's consent was not used yet; it is, from now on."""
    log = context.log(f"consent-{context.id}")
    try:
        if log.read():
            return False
        log.append(b"used")
    finally:
        log.close()
    return True


def _followed(context: JobContext, sending: Sending, before: int) -> bool:
    """Send to the end, doing what the owner says; False if the worker wants the job back."""
    sending.start()
    is_handed_back = False
    while True:
        context.report({**as_json(sending.progress()), "before": before})
        is_over = sending.wait(REPORT_S)
        match context.command:
            case "pause":
                sending.pause()
            case "go-on":
                sending.go_on()
            case "cancel" | "hand-back" as word:
                is_handed_back = word == "hand-back"
                sending.cancel()
        if is_over:
            return not (is_handed_back and not sending.progress().is_complete)


def as_json(progress: Progress) -> dict[str, Json]:
    """A moment of a run, for its page."""
    counts = progress.counts
    return {
        "state": progress.state,
        "reason": progress.reason,
        "read": counts.read,
        "accepted": counts.accepted,
        "refused": counts.refused,
        "skipped": counts.skipped,
        "unknown": counts.unknown,
        "left": counts.left,
        "rows_per_s": progress.rows_per_s,
        "eta_s": progress.eta_s,
        "held_s": progress.held_s,
        "in_flight": progress.in_flight,
        "at": time.time(),
    }


def _finish(
    context: JobContext, sending: Sending, prepared: Prepared, order: Order, shown: dict[str, Json]
) -> None:
    """Keep what the result page shows and hands out."""
    ledger = sending.ledger
    places = places_of(ledger, prepared.ready, detail=sending.detail)
    whole = {
        "outcomes": "".join(_LETTERS[ledger.outcome(row)] for row in range(len(ledger))),
        "codes": {row: code for row in range(len(ledger)) if (code := ledger.code(row))},
        "places": places,
        "reasons": {
            row: reason_of(ledger.outcome(row), ledger.code(row), place)
            for row, place in places.items()
        },  # for programs, in English
        "details": {row: words for row in places if (words := sending.detail(row))},
    }
    context.keep(ROWS, context.files[ROWS])
    context.keep(ORDER, json.dumps(order.without_secrets().stored()).encode())
    context.keep(OUTCOMES, json.dumps(whole).encode())
    context.finish({**as_json(sending.progress()), **shown})


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each row of a run."""

    of_rows: tuple[Outcome, ...]
    codes: dict[int, str]
    places: dict[int, str]
    """What is to blame, of those that did not simply arrive: see `places_of`."""
    details: dict[int, str]
    """Eloqua's own words."""

    @classmethod
    def loads(cls, content: bytes) -> Outcomes:
        """As `_finish` wrote them."""
        whole = json.loads(content)
        by_row = (
            {int(row): words for row, words in whole[name].items()}
            for name in ("codes", "places", "details")
        )
        return cls(tuple(Outcome(_LETTERS.index(each)) for each in whole["outcomes"]), *by_row)

    def rows(self, *wanted: Outcome) -> list[int]:
        """The rows of some outcomes."""
        return [row for row, outcome in enumerate(self.of_rows) if outcome in wanted]

    def reasons(self, rows: Iterable[int]) -> Iterator[tuple[int, Text]]:
        """Why each row is where it is; rows of one cause share a sentence."""
        sentences: dict[tuple[Outcome, str, str], Text] = {}
        for row in rows:
            place = self.places.get(row)
            code = "" if place is None else self.codes.get(row, "")
            cause = self.of_rows[row], code, place or ""
            if cause not in sentences:
                sentences[cause] = reason_of(*cause)
            yield row, sentences[cause]
