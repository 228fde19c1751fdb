"""The pages of ElqKit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for

from elqkit.errors import TakesLonger
from elqkit.output import words
from elqkit.table.limits import PREVIEW_CHARS, PREVIEW_COLUMNS, Limits
from elqkit.table.report import check_file, check_table
from elqkit.text import Text
from elqkit.web.actions import check_job, check_request, status_of
from elqkit.web.autosubmit import pages as autosubmit
from elqkit.web.autosubmit.reading_pages import RELOAD_S
from elqkit.web.autosubmit.workroom import SEE_OTHER
from elqkit.web.sample import SAMPLE, SAMPLE_NAME
from elqkit.web.workbook_jobs import NOT_READ, text_of
from elqkit.workbooks.reading import table_of
from safelight.api import Refusal, Shell, receives

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from elqkit.table.report import Report
    from safelight.api import JobView, Request


def blueprint(shell: Shell) -> Blueprint:
    """The pages, with what they need of the workbench."""
    pages = Blueprint("elqkit", __name__, template_folder="templates")
    action = shell.actions["check"]
    limits = Limits(max_bytes=action.files.max_bytes) if action.files else Limits()

    def form(refusal: Refusal | None = None) -> str:
        return render_template("elqkit/page.html", action=action, refusal=refusal)

    def result(report: Report) -> str:
        return render_template(
            "elqkit/report.html",
            action=action,
            report=report,
            table=report.table,
            words=words,
            heading=heading_of(report),
            preview_columns=PREVIEW_COLUMNS,
            preview_chars=PREVIEW_CHARS,
        )

    @pages.get("/")
    def page() -> str:
        """The empty form."""
        return form()

    @pages.post("/")
    @receives(action)
    def check() -> ResponseReturnValue:
        """What is in the file that was sent, and what is wrong with it."""
        try:
            sent = shell.receive(action)
            return _checked(shell, sent, limits, result)
        except Refusal as refusal:
            return form(refusal), refusal.status

    @pages.get("/checked/<job_id>/")
    def checked(job_id: str) -> ResponseReturnValue:
        """What is in a large workbook; until it was read, a page that waits for it."""
        view = shell.job(job_id)
        if view is not None and not view.state.is_over:
            return _waiting(view)
        try:
            report = _read(shell, view, limits)
        except Refusal as refusal:
            return form(refusal), refusal.status
        return result(report), status_of(report)

    @pages.get("/sample/")
    def sample() -> str:
        """The check of a file of ours. It is faulty on purpose, so the answer is still 200."""
        return result(check_file(SAMPLE, SAMPLE_NAME))

    autosubmit.add(pages, shell, action, limits)
    return pages


def _checked(
    shell: Shell, sent: Request, limits: Limits, result: Callable[[Report], str]
) -> ResponseReturnValue:
    """The page of a report; of a large workbook, the way to the page that waits for it.

    Raises:
        Refusal: the file was not taken, or there is no room for a job.
    """
    try:
        report = check_request(sent, limits)
    except TakesLonger:
        new = check_job(sent)
        job_id = shell.start(new.name, new.details, new.files)
        return redirect(url_for("elqkit.checked", job_id=job_id), SEE_OTHER)
    return result(report), status_of(report)


def _waiting(view: JobView) -> str:
    return render_template(
        "elqkit/autosubmit/reading.html",
        job=view,
        reload_s=RELOAD_S,
        draft=None,
        steps=(),
        refusal=None,
    )


def _read(shell: Shell, view: JobView | None, limits: Limits) -> Report:
    """The report of a workbook that a job has read.

    Raises:
        Refusal: it could not be read, or it is too long ago.
    """
    text = text_of(view, shell.result_file) if view is not None else None
    if view is None or text is None or not isinstance(view.result, dict):
        raise (view.refusal if view is not None else None) or NOT_READ
    name, size = str(view.result["file"]), int(str(view.result["size_bytes"]))
    return check_table(table_of(text, limits), name, size, limits)


def heading_of(report: Report) -> Text:
    """The outcome in a sentence."""
    if report.table is None:
        return Text("This file could not be read as a CSV")
    errors = sum(problem.count for problem in report.problems if problem.blocks)
    if errors:
        return Text(
            "{count} fault has to be mended first",
            "{count} faults have to be mended first",
            count=errors,
        )
    if report.problems:
        return Text("Nothing blocks this file, and some of it is worth a look")
    return Text("This file is in order")
