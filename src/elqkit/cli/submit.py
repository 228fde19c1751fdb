"""`elqkit submit`: the rows of a file become submissions of a form, each at most once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any

import click

from elqkit.autosubmit.access import Connection, Way
from elqkit.autosubmit.preparing import BadChoice, prepare_sheet, read_sheet
from elqkit.autosubmit.results import reasons_of
from elqkit.autosubmit.saved_maps import write_map
from elqkit.autosubmit.sending import Sending
from elqkit.autosubmit.side_effects import side_effects
from elqkit.cli import FINDING, OK
from elqkit.cli.live import follow
from elqkit.cli.looking import Look, take_back
from elqkit.cli.reading import content_of, errors_in_words, say, write_new
from elqkit.cli.submit_options import Order, pair, with_options
from elqkit.errors import Unreachable
from elqkit.output import submitting, support
from elqkit.output.text import lines
from elqkit.output.words import counted
from elqkit.runs.folder import StateFolder
from elqkit.runs.ledger import Ledger
from elqkit.runs.outcomes import Outcome
from elqkit.runs.pace import Speed
from elqkit.settings import VARIABLES, unknown
from elqkit.table.fix_words import BadFix
from elqkit.table.limits import MAX_BYTES
from elqkit.table.signatures import WORKBOOK
from elqkit.table.writing import rows_with_reasons, write_rows
from elqkit.workbooks.writing import workbook_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from elqkit.autosubmit.preparing import Prepared, Sheet
    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.models import Form
    from elqkit.runs.plan import Plan
    from elqkit.runs.progress import Progress

SEND, ACCEPT, LEAVE_OUT = "send", "accept", "leave out"
"""The words that a person types."""
EXAMPLES = """
\b
Examples:
  elqkit submit people.csv --form newsletter --mock --dry-run     (while `elqkit mock` runs)
  elqkit submit people.csv --form newsletter --rate 20 --state ~/elqkit
  elqkit submit people.csv --form newsletter --state ~/elqkit --resume
  elqkit submit people.csv --form newsletter --site 1234567 --public --map Mail=emailAddress

\b
Settings, from the environment or --env-file; a secret may stand in a file that NAME_FILE names:
""" + "\n".join(f"  {each.name:<22}{each.help}" for each in VARIABLES)


@click.command(epilog=EXAMPLES)
@click.argument(
    "file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@with_options
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=MAX_BYTES,
    envvar="ELQKIT_MAX_CSV_BYTES",
    show_default=True,
    help="The most bytes that are read.",
)
def submit(file: Path, max_bytes: int, **options: Any) -> None:
    """Send the rows of a CSV file to an Eloqua form, each at most once.

    First everything is checked and shown; then it asks. Ctrl+C cancels, Ctrl+Z pauses. The exit
    code is 0 if every row was accepted (or would be sent, with --dry-run), 1 if some were not or
    something was refused, and 2 if the command was not understood.
    """
    order = Order(**options)
    with errors_in_words():
        settings = order.settings()
    if order.state is None and (folder := settings.get("ELQKIT_STATE_FOLDER")):
        order = replace(order, state=Path(folder))
    if (order.resume or order.again or order.undo) and order.state is None:
        raise click.UsageError("--resume, --again and --undo need the run's folder: --state DIR.")
    for path in (order.refused, order.results, order.save_map, order.support):
        if path is not None and path.exists():
            raise click.UsageError(f"{path} is there already. Nothing is overwritten.")
    for name in unknown(settings):
        say(f"elqkit: {name} is no setting of ElqKit.")
    with errors_in_words():
        try:
            sys.exit(_submit(file, content_of(file, max_bytes), order, max_bytes, settings))
        except (BadChoice, BadFix) as error:
            raise click.UsageError(str(error)) from None
        except Unreachable:
            if order.mock is None:
                raise
            raise click.ClickException("No mock answers there. Start one: elqkit mock") from None


def _submit(
    file: Path, content: bytes, order: Order, max_bytes: int, settings: Mapping[str, str]
) -> int:
    """Read, show, ask, send; the exit code."""
    tell = say if order.is_json else click.echo
    access = order.access(settings)
    way = order.chosen_way(access)
    choices = order.choices(max_bytes)
    sheet = read_sheet(content, file.name, choices)
    if sheet.rows is None or sheet.blocking:
        for line in lines(sheet.report):
            tell(line)
        return FINDING
    with Connection(access) as connection:
        prepared = prepare_sheet(sheet, _form(connection, order, sheet), choices)
        _show(prepared, connection, tell, way)
        if prepared.submissions is None:
            return FINDING
        if order.save_map is not None:
            write_new(order.save_map, [write_map(prepared.mapping)])
        if order.dry_run:
            return _rehearsed(prepared, order, way)
        plan = prepared.plan(connection.site_id)
        if order.undo:
            return take_back(prepared, connection, StateFolder(order.state or Path()), plan)
        with _ledger(order, plan) as ledger:
            _ask(prepared, connection, order, ledger, way)
            look = Look(connection, prepared, ledger) if order.look else None
            speed = Speed(order.rate, order.parallel)
            sending = Sending(plan, ledger, connection, prepared.form, way, speed=speed)
            if order.resend_unknown:
                ledger.allow_again(ledger.rows(Outcome.UNKNOWN))
            progress = follow(sending)
            if look is not None:
                look.after(tell)
                progress = replace(progress, counts=ledger.counts(len(plan.rows)))
            return _finished(prepared, order, sending, progress, look)


def _form(connection: Connection, order: Order, sheet: Sheet) -> Form:
    """The form; one that nobody is signed in to read has the fields that are named."""
    names = [] if sheet.rows is None else list(sheet.rows.header)
    names += [right for each in order.maps if (right := pair("--map", each)[1])]
    names += [pair("--set", each)[0] for each in order.constants]
    return connection.form(order.form, names)


def _show(prepared: Prepared, connection: Connection, tell: Any, way: Way) -> None:  # noqa: ANN401 - click.echo
    """Everything that there is to know before a decision."""
    form, report = prepared.form, prepared.sheet.report
    tell(f"{report.name} -> form {form.name} ({form.html_name}) of {connection.site_name}")
    tell("")
    for line in submitting.mapping_lines(prepared.mapping):
        tell(line)
    if not prepared.is_map_current:
        tell("! The form has changed since this mapping was saved: look at each column.")
    tell("")
    for line in submitting.card_lines(prepared, is_public=way is Way.PUBLIC):
        tell(line)
    for line in submitting.check_lines(prepared):
        tell(line)
    tell("")
    if prepared.submissions is not None:
        for line in submitting.rehearsal_lines(prepared):
            tell(line)


def _rehearsed(prepared: Prepared, order: Order, way: Way) -> int:
    """The end of a dry run."""
    shown = prepared.rehearsal
    if order.is_json:
        found = submitting.as_object(prepared, is_public=way is Way.PUBLIC, is_exact=True)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("Nothing was sent.")
    plan = prepared.plan("")
    with Ledger.in_memory(plan) as ledger:
        ledger.skip_all(plan.skipped)
        _write(prepared, order, ledger, lambda _: "")
    return FINDING if shown.would_skip else OK


@contextmanager
def _ledger(order: Order, plan: Plan[Submission]) -> Iterator[Ledger]:
    """The ledger of the run; one that was begun and not used is removed.

    Raises:
        ClickException: the file was sent before, and nobody said what to do.
    """
    if order.state is None:
        say("The run is kept in memory alone: --state DIR lets it survive a crash.")
        with Ledger.in_memory(plan) as ledger:
            yield ledger
        return
    folder = StateFolder(order.state)
    is_known = folder.holds(plan)
    if is_known and order.again:
        folder.forget(plan)
    elif is_known and not order.resume:
        with folder.open(plan) as ledger:
            counts = ledger.counts()
        raise click.ClickException(
            f"This file was sent to this form before: {counts.accepted:,} of {counts.read:,} rows"
            " accepted. Go on with --resume, or send all of it anew with --again."
        )
    elif order.resume and not is_known:
        say("There is no run of this file to go on with: it begins.")
    ledger = folder.open(plan)
    try:
        yield ledger
    finally:
        ledger.close()
        is_unused = ledger.counts().left == len(ledger) and not ledger.rows(Outcome.UNKNOWN)
        if is_unused and len(ledger):
            folder.forget(plan)


def _ask(
    prepared: Prepared, connection: Connection, order: Order, ledger: Ledger, way: Way
) -> None:
    """Have a person agree, by words.

    Raises:
        ClickException: nobody did. Nothing was sent.
    """
    skipped = prepared.rehearsal.would_skip if ledger.counts().settled == 0 else 0
    unknown_rows = ledger.rows(Outcome.UNKNOWN)
    count = ledger.counts().left - skipped
    if order.resend_unknown:
        count += len(unknown_rows)
    elif way is Way.BATCH:
        count += sum(ledger.may_send(row, is_safe=True) for row in unknown_rows)
    if not count:
        return
    if prepared.ragged and not order.leave_out_ragged:
        rows = counted(prepared.ragged, "row")
        if order.yes:
            raise click.ClickException(
                f"{rows} with too few or too many values would be left out. Agree by"
                " --leave-out-ragged, or mend the file. Nothing was sent."
            )
        _typed(
            f"{rows} with too few or too many values would be left out."
            f" Type {LEAVE_OUT!r} to send the others",
            LEAVE_OUT,
        )
    if not order.accept_side_effects and any(
        effect.needs_consent for effect in side_effects(prepared.form)
    ):
        if order.yes:
            raise click.ClickException(
                "The form sends e-mails or adds to campaigns (marked with ! above)."
                " Agree by --accept-side-effects. Nothing was sent."
            )
        _typed(f"The steps marked with ! cannot be taken back. Type {ACCEPT!r} to agree", ACCEPT)
    if not order.yes:
        form = f"{prepared.form.name} of {connection.site_name}"
        _typed(f"Type {SEND!r} to send {count:,} rows to the form {form}", SEND)


def _typed(prompt: str, word: str) -> None:
    try:
        typed = click.prompt(prompt, err=True, default="", show_default=False)
    except click.Abort:
        typed = ""
    if typed.strip().strip("'\"") != word:
        raise click.ClickException("Nothing was sent.")


def _finished(
    prepared: Prepared, order: Order, sending: Sending, progress: Progress, look: Look | None
) -> int:
    """Say what became of all rows, write them down, and give the exit code."""
    ledger, submissions = sending.ledger, prepared.ready
    if order.is_json:
        found = submitting.as_object(
            prepared, is_public=sending.way is Way.PUBLIC, is_exact=False
        ) | {
            "way": sending.way.value,
            "run": submitting.result_object(progress, ledger, submissions),
            "looked": submitting.looked_object(look.found if look is not None else None),
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in submitting.result_lines(progress, ledger, submissions):
            click.echo(line)
    _write(prepared, order, ledger, sending.detail)
    counts = progress.counts
    return OK if counts.accepted == counts.read else FINDING


def _write(prepared: Prepared, order: Order, ledger: Ledger, detail: Any) -> None:  # noqa: ANN401 - a function
    """The files that were asked for."""
    submissions = prepared.ready
    wanted = (
        (order.refused, (Outcome.REFUSED, Outcome.SKIPPED)),
        (order.results, tuple(Outcome)),
    )
    for path, outcomes in wanted:
        if path is not None:
            reasons = reasons_of(ledger, submissions, outcomes, detail)
            if path.suffix.lower() == WORKBOOK:
                pieces: Iterable[bytes] = [
                    workbook_of(rows_with_reasons(submissions.rows, reasons))
                ]
            else:
                is_safe = not order.exact
                pieces = write_rows(submissions.rows, reasons, is_formula_safe=is_safe)
            write_new(path, pieces)
            say(f"{len(reasons):,} rows written to {path}.")
    if order.support is not None:
        names = order.settings()
        found = support.support(prepared.sheet.report, prepared, ledger, names)
        write_new(order.support, [support.dumps(found)])
