"""The pages of ElqKit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from elqkit.output import words
from elqkit.table.limits import PREVIEW_CHARS, PREVIEW_COLUMNS, Limits
from elqkit.table.report import check_file
from elqkit.text import Text
from elqkit.web.actions import check_request, status_of
from elqkit.web.autosubmit import pages as autosubmit
from elqkit.web.sample import SAMPLE, SAMPLE_NAME
from safelight.api import Refusal, Shell, receives

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elqkit.table.report import Report


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
            report = check_request(shell.receive(action), limits)
        except Refusal as refusal:
            return form(refusal), refusal.status
        return result(report), status_of(report)

    @pages.get("/sample/")
    def sample() -> str:
        """The check of a file of ours. It is faulty on purpose, so the answer is still 200."""
        return result(check_file(SAMPLE, SAMPLE_NAME))

    autosubmit.add(pages, shell, action, limits)
    return pages


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
