"""What ElqKit does, declared once for the page, the API and the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from elqkit.errors import TakesLonger
from elqkit.output.json import as_object
from elqkit.output.schema import schema
from elqkit.table.dialects import DELIMITERS
from elqkit.table.encodings import NAMES
from elqkit.table.limits import Limits
from elqkit.table.reading import ReadOptions
from elqkit.table.report import Report, check_file
from elqkit.table.signatures import EXTENSIONS, WORKBOOK
from elqkit.workbooks import bounds
from safelight.api import (
    Action,
    Answer,
    FileField,
    Kind,
    NewJob,
    Option,
    Request,
    command_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue

CHECK_OPTIONS = (
    Option("encoding", "Encoding, if you know it.", Kind.CHOICE, choices=tuple(NAMES)),
    Option("delimiter", "Delimiter, if you know it.", Kind.CHOICE, choices=tuple(DELIMITERS)),
    Option("sheet", "Sheet of a workbook. Without: the first with rows.", max_length=100),
)
REHEARSE_OPTIONS = (
    *CHECK_OPTIONS,
    Option(
        "to",
        "Where to: the account of this server, a public form, or the built-in mock.",
        Kind.CHOICE,
        choices=("server", "public", "mock"),
    ),
    Option("form", "The form: its id, HTML name or name.", max_length=100),
    Option("site", "The number of the site, for a public form.", max_length=10),
    Option(
        "map",
        'Columns and fields, as JSON: {"E-mail": "emailAddress"}. The others go by their names.',
        max_length=60_000,
    ),
)
SUBMIT_OPTIONS = (
    *REHEARSE_OPTIONS,
    Option("rows", "How many rows you mean to send, as the rehearsal counts.", max_length=10),
    Option("accept_side_effects", "Agree to what the form sets off.", Kind.FLAG),
    Option(
        "leave_out_ragged", "Agree to leave out rows with too few or too many values.", Kind.FLAG
    ),
    Option("resend_unknown", "Send rows of unknown outcome again; some may come twice.", Kind.FLAG),
    Option("look", "Look afterwards at what Eloqua stored, and took for spam.", Kind.FLAG),
    Option("way", "How rows go.", Kind.CHOICE, choices=("batch", "single", "public")),
    Option("rate", "Rows a second at the most.", max_length=7),
    Option("parallel", "Calls at the same time.", max_length=3),
)
check_options = command_options(*CHECK_OPTIONS)
"""Gives the options of a check to a click command."""


_TOO_LARGE, _OTHER_KIND, _FAULTY = 413, 415, 422
_STATUS = {
    "file.too-large": _TOO_LARGE,
    "file.extension": _OTHER_KIND,
    "file.not-csv": _OTHER_KIND,
    "file.spreadsheet": _OTHER_KIND,
    "file.workbook-damaged": _OTHER_KIND,
    "file.workbook-too-large": _TOO_LARGE,
}


def actions(settings: Mapping[str, SettingValue]) -> tuple[Action, ...]:
    """The actions of ElqKit, within the limits of its settings."""
    max_bytes = settings["max_csv_bytes"]
    if not isinstance(max_bytes, int):
        raise TypeError("max_csv_bytes")
    csv = FileField(
        name="csv",
        label="CSV or Excel file (.csv, .xlsx)",
        help="With a header row. It is read in memory and kept nowhere. Nothing is sent.",
        max_bytes=max_bytes,
        accept=(*EXTENSIONS, WORKBOOK, "text/csv", "text/tab-separated-values"),
        example="rows.csv",
    )
    return (
        Action(
            name="check",
            title="Check a CSV",
            summary=(
                "Checks a CSV or .xlsx file. The answer is that of `elqkit check --json`; of a"
                " large workbook it is the result of a job, which also keeps the sheet as CSV."
            ),
            run=partial(answer, limits=Limits(max_bytes=max_bytes)),
            files=csv,
            options=CHECK_OPTIONS,
            schema=partial(schema, "check"),
        ),
        Action(
            name="rehearse",
            title="Rehearse a CSV for a form",
            summary="Checks a CSV against a form, and shows what would be sent. Nothing is.",
            run=partial(_rehearse, settings=settings),
            files=csv,
            options=REHEARSE_OPTIONS,
        ),
        Action(
            name="submit",
            title="Submit a CSV to a form",
            summary="Sends the rows of a CSV to a form, as a job; what went before is left out.",
            run=partial(_submit, settings=settings),
            files=csv,
            options=SUBMIT_OPTIONS,
            grant="send",
            starts="autosubmit",
        ),
    )


def _rehearse(request: Request, settings: Mapping[str, SettingValue]) -> Answer:
    from elqkit.web.autosubmit import api_actions  # noqa: PLC0415 - the command line does without

    return api_actions.rehearse(request, settings)


def _submit(request: Request, settings: Mapping[str, SettingValue]) -> NewJob:
    from elqkit.web.autosubmit import api_actions  # noqa: PLC0415 - as above

    return api_actions.submit(request, settings)


def answer(request: Request, limits: Limits) -> Answer | NewJob:
    """The report of the file, and 4xx where something blocks it; of a large workbook, a job."""
    try:
        report = check_request(request, limits)
    except TakesLonger:
        return check_job(request)
    return Answer(as_object(report), status_of(report))


def check_job(request: Request) -> NewJob:
    """The job that reads the workbook of a request. Its result is the report."""
    from elqkit.web.workbook_jobs import order  # noqa: PLC0415 - the command line does without

    upload = request.files[0]
    return order(upload.content, upload.name, _text(request, "sheet"), is_check=True)


def check_request(request: Request, limits: Limits) -> Report:
    """Check the one file of a request.

    Raises:
        Refusal: the workbench took none of it.
        TakesLonger: it is a workbook for which a request should not wait.
    """
    upload = request.files[0]
    if upload.refusal is not None:
        raise upload.refusal
    return check_file(upload.content, upload.name, reading_of(request, limits))


def reading_of(request: Request, limits: Limits) -> ReadOptions:
    """What a request says of how its file is to be read, and how long it may wait."""
    encoding, delimiter, sheet = (_text(request, each.name) for each in CHECK_OPTIONS)
    return ReadOptions(encoding or None, delimiter or None, limits, sheet, bounds.SHORT_WAIT_S)


def _text(request: Request, name: str) -> str:
    return str(request.options.get(name) or "")


def status_of(report: Report) -> int:
    """The HTTP status of a report."""
    if report.is_usable:
        return 200
    return next(
        (_STATUS[problem.code] for problem in report.problems if problem.code in _STATUS), _FAULTY
    )
