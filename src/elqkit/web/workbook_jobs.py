"""A large workbook is read as a job, so that no request waits for it.

Its owner finds the sheet in what the job kept: as CSV, with what is to be said of its cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from elqkit.errors import UnreadableTable
from elqkit.output.json import as_object
from elqkit.table.limits import NAME_CHARS, Limits
from elqkit.table.reading import ReadOptions
from elqkit.table.report import check_table
from elqkit.table.shapes import visible
from elqkit.web.autosubmit.words import refusal_of
from elqkit.workbooks import reading
from safelight.api import Job, JobContext, NewJob, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.api import JobView, Json

JOB = "workbook"
FILE, SHEET, CELLS = "workbook", "sheet.csv", "cells.json"
"""What the job is given, and what it keeps."""
JOB_S = 600
NOT_READ = Refusal(
    "workbook.not-read",
    "The workbook could not be read to its end. Nothing is wrong with it.",
    "Choose it again.",
    status=503,
)


def job() -> Job:
    """The job of reading one sheet."""
    return Job(JOB, read, seconds=JOB_S)


def order(content: bytes, name: str, sheet: str, *, is_check: bool = False) -> NewJob:
    """What the job is started with.

    Args:
        content: the workbook.
        name: what its sender calls it.
        sheet: the one to read; empty: the first with rows.
        is_check: whether the result is the report of a check.
    """
    details: dict[str, Json] = {
        "name": visible(name, NAME_CHARS),
        "sheet": sheet,
        "is_check": is_check,
    }
    return NewJob(JOB, details, {FILE: content})


def read(context: JobContext) -> None:
    """Read the sheet, and keep it for the owner.

    Raises:
        Refusal: it cannot be read.
    """
    details = cast("dict[str, Json]", context.details)
    limits = Limits(max_bytes=int(context.settings["max_csv_bytes"] or 0))
    content, name = context.files[FILE], str(details["name"])
    try:
        text = reading.text_of(content, ReadOptions(limits=limits, sheet=str(details["sheet"])))
        table = reading.table_of(text, limits)
    except UnreadableTable as error:
        raise refusal_of(error) from None
    cells, _, rows = text.partition(b"\n")
    context.keep(CELLS, cells)
    context.keep(SHEET, rows)
    if details["is_check"]:
        context.finish(cast("Json", as_object(check_table(table, name, len(content), limits))))
    else:
        context.finish({"file": name, "size_bytes": len(content)})


def text_of(view: JobView, file_of: Callable[[str, str], bytes | None]) -> bytes | None:
    """The text of a sheet that was read, for `reading.table_of`; None if it is gone.

    Args:
        view: the job, which is done.
        file_of: gives the file of a job's number and a name.
    """
    cells, rows = (file_of(view.id, name) for name in (CELLS, SHEET))
    return None if cells is None or rows is None else cells + b"\n" + rows
