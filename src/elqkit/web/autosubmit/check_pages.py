"""The third and fourth step: the whole file held to the form's rules, and the rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elqkit.autosubmit.side_effects import notices, side_effects
from elqkit.autosubmit.submissions import LONG, SHORT
from elqkit.output import words as table_words
from elqkit.table.causes import CAUSES
from elqkit.table.problems import Place
from elqkit.table.rows import count_of
from elqkit.web.autosubmit.downloads import KINDS, rows_file
from elqkit.web.autosubmit.fix_pages import REMEDIES
from elqkit.web.autosubmit.prepared import origin, table_of
from elqkit.web.autosubmit.routes import Kind
from elqkit.web.autosubmit.workroom import StepMissing, go
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.autosubmit.preparing import Prepared, Sheet
    from elqkit.autosubmit.submissions import Submissions
    from elqkit.table.problems import Cause
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Action

MAX_LINES = 8
"""The lines that a cause names on the page; the download has them all."""


@dataclass(frozen=True, slots=True)
class Group:
    """All rows or values with one fault."""

    cause: Cause
    count: int
    places: tuple[Place, ...]
    fixes: tuple[tuple[int, str, str], ...]
    """Columns of the file with their names, and the way that mends them."""


def checked(room: Workroom, draft: Draft) -> Prepared:
    """The rows of a draft, checked against its form.

    Raises:
        StepMissing: no column is mapped yet, or a required one is not.
        Refusal: the file is gone.
    """
    room.form(draft)
    if draft.columns is None:
        raise StepMissing(draft, "columns")
    sheet = room.sheet(draft)
    if sheet.blocking:
        raise StepMissing(draft, "file")
    try:
        prepared = room.prepared(draft)
    except ValueError:
        raise StepMissing(draft, "columns") from None
    if prepared.submissions is None:
        raise StepMissing(draft, "columns")
    return prepared


def add(pages: Blueprint, room: Workroom, check: Action) -> None:
    """Serve the pages of both steps."""

    @pages.get("/autosubmit/<draft_id>/checks/")
    def checks(draft_id: str) -> ResponseReturnValue:
        """What is wrong with the rows, by cause."""
        draft = room.draft(draft_id)
        prepared = checked(room, draft)
        sheet, submissions = prepared.sheet, prepared.ready
        skipped = submissions.skipped()
        return room.page(
            "checks.html",
            "checks",
            draft,
            form=prepared.form,
            read=len(submissions),
            ready=len(submissions) - len(skipped),
            skipped=len(skipped),
            groups=_groups(sheet, submissions, skipped),
            header=submissions.rows.header,
            words=table_words,
            most_lines=MAX_LINES,
            downloads=KINDS,
            check_action=check,
            origin=_origin(sheet),
        )

    @pages.get("/autosubmit/<draft_id>/checks/rows/<kind>/")
    def faulty_rows(draft_id: str, kind: str) -> ResponseReturnValue:
        """The rows that would be left out, with the line and the reason of each."""
        if kind not in KINDS:
            raise Refusal("file.kind", "There is no such file.", status=404)
        draft = room.draft(draft_id)
        prepared = checked(room, draft)
        rows = prepared.ready.rows
        say, skipped = room.shell.translate, prepared.ready.skipped()
        reasons = {row: say(CAUSES[code].message) for row, code in skipped.items()}
        delimiter = table_of(prepared.sheet).dialect.delimiter
        return room.shell.send(rows_file("rows-to-mend", kind, rows, reasons, delimiter))

    @pages.get("/autosubmit/<draft_id>/rehearsal/")
    def rehearsal(draft_id: str) -> ResponseReturnValue:
        """What a run would do, to the letter. Nothing is sent."""
        draft = room.draft(draft_id)
        prepared = checked(room, draft)
        form = prepared.form
        route = room.route(draft)
        return room.page(
            "rehearsal.html",
            "rehearsal",
            draft,
            form=form,
            route=route,
            host=route.hosts(room.shell.settings)[route.ways[0]],
            shown=prepared.rehearsal,
            causes=CAUSES,
            words=table_words,
            effects=side_effects(form),
            notices=notices(form, is_public=route.kind is Kind.PUBLIC),
        )

    @pages.post("/autosubmit/<draft_id>/rehearsal/")
    def rehearsed(draft_id: str) -> ResponseReturnValue:
        """It was looked at: the way to sending is open until something changes."""
        draft = room.draft(draft_id)
        changed = draft.with_(is_rehearsed=True)
        room.drafts.save(changed)
        return go("send", changed)


def _origin(sheet: Sheet) -> Callable[[int], int]:
    """Finds the column of the file that a column of the rows comes from."""
    columns = len(table_of(sheet).header)
    return lambda column: origin(sheet.fixes, columns, column)


def _groups(sheet: Sheet, submissions: Submissions, skipped: dict[int, str]) -> list[Group]:
    """The faults by cause: of values, then of whole rows."""
    groups: list[Group] = []
    header, origin_of = table_of(sheet).header, _origin(sheet)
    for problem in submissions.report.problems:
        columns = sorted({place.column for place in problem.places if place.column})
        origins = sorted({origin_of(column) for column in columns})
        way = REMEDIES.get(problem.code)
        fixes = tuple((at, header[at - 1], way) for at in origins) if way else ()
        groups.append(Group(problem.cause, problem.count, problem.places, fixes))
    of_values = {problem.code for problem in submissions.report.problems}
    of_rows: dict[str, list[int]] = {}
    for row, code in skipped.items():
        if code not in of_values:
            of_rows.setdefault(code, []).append(row)
    for code, found in of_rows.items():
        places = tuple(_place(submissions, row, code) for row in found[: MAX_LINES + 1])
        groups.append(Group(CAUSES[code], len(found), places, ()))
    return groups


def _place(submissions: Submissions, row: int, code: str) -> Place:
    """Where a row is, and how many values it has where that is what is wrong with it."""
    line = submissions.rows.lines[row]
    if code not in (SHORT, LONG):
        return Place(line)
    (values,) = submissions.rows.values_of([row])
    width = len(submissions.rows.header)
    return Place(line, expected=count_of(width), found=count_of(len(values)))
