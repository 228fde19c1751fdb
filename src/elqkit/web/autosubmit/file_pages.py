"""The first step: the file, how it is read, what is in it, and its fixes and edits."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from flask import request

from elqkit.output import words as table_words
from elqkit.table.dates import DATE_FORMATS
from elqkit.table.dialects import DELIMITERS
from elqkit.table.encodings import NAMES
from elqkit.table.fixes import WAYS, preview
from elqkit.table.limits import MAX_CELL_CHARS
from elqkit.table.reading import ReadOptions
from elqkit.table.report import check_file
from elqkit.web.autosubmit.drafts import MAX_EDITS, MAX_FIXES
from elqkit.web.autosubmit.prepared import ROW_FAULTS, fix_of
from elqkit.web.autosubmit.workroom import go, one_of, typed
from elqkit.web.sample import PEOPLE, PEOPLE_NAME
from safelight.api import Refusal, Request, Upload, receives

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.table.report import Report
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.prepared import Sheet
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Action, Json

SEPARATORS = {"space": " ", "comma": ",", "semicolon": ";", "dash": "-", "slash": "/"}
REMEDIES = {
    "cell.spaces": "trim",
    "cell.non-breaking-space": "no-break",
    "cell.invisible": "drop-hidden",
    "value.email-space": "drop-hidden",
    "value.email": "trim",
    "value.date": "date",
}
"""The fix that is offered for a cause."""
RETURNS = ("file", "checks")
"""The steps that a fix or an edit may have come from."""


def add(pages: Blueprint, room: Workroom, check: Action) -> None:
    """Serve the pages of the first step."""
    _add_start(pages, room, check)
    _add_file(pages, room)
    _add_fixes(pages, room)
    _add_edits(pages, room)


def _add_start(pages: Blueprint, room: Workroom, check: Action) -> None:
    def start_page(refusal: Refusal | None = None) -> ResponseReturnValue:
        drafts = room.drafts.all()
        return room.page("start.html", "file", refusal=refusal, action=check, drafts=drafts)

    @pages.get("/autosubmit/")
    def autosubmit() -> ResponseReturnValue:
        """Choose a file, or go on with one."""
        return start_page()

    @pages.post("/autosubmit/")
    @receives(check)
    def take_file() -> ResponseReturnValue:
        """Keep the file for the session and show what is in it."""
        try:
            draft = _taken(room, room.shell.receive(check))
        except Refusal as refusal:
            return start_page(refusal)
        return go("file", draft)

    @pages.post("/autosubmit/sample/")
    def take_sample() -> ResponseReturnValue:
        """Begin with a file of ours."""
        return go("file", room.drafts.new(Upload(PEOPLE_NAME, PEOPLE)))

    @pages.post("/autosubmit/<draft_id>/again/")
    @receives(check)
    def take_corrected(draft_id: str) -> ResponseReturnValue:
        """Begin with a corrected file, to the same form."""
        like = room.draft(draft_id)
        try:
            return go("file", _taken(room, room.shell.receive(check), like))
        except Refusal as refusal:
            return start_page(refusal)

    @pages.post("/autosubmit/<draft_id>/drop/")
    def drop_draft(draft_id: str) -> ResponseReturnValue:
        """Forget a file before its time."""
        room.drafts.drop(room.draft(draft_id))
        return go("autosubmit")


def _taken(room: Workroom, sent: Request, like: Draft | None = None) -> Draft:
    """The draft of a file that came; a file without a table is refused at once.

    Raises:
        Refusal: it holds nothing to send.
    """
    upload = sent.files[0]
    if upload.refusal is not None:
        raise upload.refusal
    chosen = {name: str(value) for name, value in sent.options.items() if value}
    options = ReadOptions(chosen.get("encoding"), chosen.get("delimiter"), room.limits)
    report = check_file(upload.content, upload.name, options)
    if report.table is None:
        cause = report.problems[0].cause
        raise Refusal(cause.code, cause.message, cause.hint, status=422)
    return room.drafts.new(upload, like, **chosen)


def _add_file(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/<draft_id>/file/")
    def file(draft_id: str) -> ResponseReturnValue:
        """What is in the file."""
        draft = room.draft(draft_id)
        sheet = room.sheet(draft)
        options = ReadOptions(draft.encoding or None, draft.delimiter or None, room.limits)
        report = check_file(room.drafts.content(draft), None, options)
        return room.page(
            "file.html",
            "file",
            draft,
            sheet=sheet,
            report=report,
            table=report.table,
            words=table_words,
            encodings=NAMES,
            delimiters=DELIMITERS,
            fixes=[_described(sheet, each) for each in draft.fixes],
            fix_words=_fix_words(room),
            remedies=_remedies(report),
            row_faults=ROW_FAULTS,
        )

    @pages.post("/autosubmit/<draft_id>/reading/")
    def read_again(draft_id: str) -> ResponseReturnValue:
        """Read it in another encoding, or with another delimiter."""
        draft = room.draft(draft_id)
        changed = draft.with_(
            encoding=one_of("encoding", NAMES),
            delimiter=one_of("delimiter", DELIMITERS),
            fixes=[],
            edits=[],
            columns=None,
        )
        room.drafts.save(changed)
        return go("file", changed)


def _remedies(report: Report) -> dict[str, list[tuple[int, str]]]:
    """The fixes that each problem suggests: columns of the file, and ways."""
    return {
        problem.code: [
            (column, REMEDIES[problem.code])
            for column in sorted({place.column for place in problem.places if place.column})
        ]
        for problem in report.problems
        if problem.code in REMEDIES
    }


def _described(sheet: Sheet, stored: dict[str, Json]) -> dict[str, Any]:
    """A fix that was applied, for the page."""
    column, way = int(str(stored["column"])), str(stored["way"])
    return {"name": sheet.table.header[column - 1], "column": column, "way": way, **stored}


def _fix_words(room: Workroom) -> Callable[[dict[str, Any]], str]:
    """What a fix does, in a sentence of the page's language."""
    say = room.shell.translate

    def words(fix: dict[str, Any]) -> str:
        if fix["way"] == "date":
            return say("dates {} become {}").format(fix["before"], fix["after"])
        if fix["way"] == "split":
            return say("split into {} and {}").format(*fix["names"])
        return say(WAYS[str(fix["way"])][0])

    return words


def _add_fixes(pages: Blueprint, room: Workroom) -> None:
    def fix_page(
        draft: Draft, column: int, chosen: dict[str, Json], refusal: Refusal | None = None
    ) -> ResponseReturnValue:
        sheet = room.sheet(draft)
        if not 1 <= column <= len(sheet.table.header):
            raise Refusal("column.none", "There is no such column.", status=404)
        shown = None if refusal else preview(sheet.edited, fix_of(chosen))
        return room.page(
            "fix.html",
            _back(),
            draft,
            refusal,
            column=column,
            name=sheet.table.header[column - 1],
            chosen=chosen,
            shown=shown,
            ways={key: words for key, (words, _) in WAYS.items()},
            date_formats=tuple(DATE_FORMATS),
            separators=SEPARATORS,
            back_to=_back(),
        )

    @pages.get("/autosubmit/<draft_id>/fix/<int:column>/")
    def fix(draft_id: str, column: int) -> ResponseReturnValue:
        """What a fix of a column would do."""
        draft = room.draft(draft_id)
        way = request.args.get("way", "trim")
        return fix_page(draft, column, _with_settings(column, way if way in WAYS else "trim"))

    @pages.post("/autosubmit/<draft_id>/fix/<int:column>/")
    def apply_fix(draft_id: str, column: int) -> ResponseReturnValue:
        """Show it once more with other settings, or let it count from now on."""
        draft = room.draft(draft_id)
        chosen = _with_settings(column, typed("way", 20))
        try:
            fix_of(chosen)
        except (KeyError, ValueError):
            refusal = Refusal(
                "fix.not-understood",
                "This fix lacks a setting, so nothing was changed.",
                "Choose how dates are written, or name the two columns.",
                status=422,
            )
            return fix_page(draft, column, chosen, refusal)
        if request.form.get("do") != "apply":
            return fix_page(draft, column, chosen)
        if len(draft.fixes) >= MAX_FIXES:
            raise Refusal("fix.too-many", "These are too many fixes.", "Change the file instead.")
        kept = None if chosen["way"] == "split" else draft.columns
        changed = draft.with_(fixes=[*draft.fixes, chosen], columns=kept)
        room.drafts.save(changed)
        return go(_back(), changed)

    @pages.post("/autosubmit/<draft_id>/fix/undo/")
    def undo_fix(draft_id: str) -> ResponseReturnValue:
        """Take a fix back: the values are the file's again."""
        draft = room.draft(draft_id)
        number = typed("number", 4)
        left = [each for at, each in enumerate(draft.fixes) if str(at) != number]
        splits = any(each["way"] == "split" for each in draft.fixes)
        changed = draft.with_(fixes=left, columns=None if splits else draft.columns)
        room.drafts.save(changed)
        return go("file", changed)


def _with_settings(column: int, way: str) -> dict[str, Json]:
    """A fix with the settings of the form."""
    chosen: dict[str, Json] = {"column": column, "way": way}
    if way == "date":
        chosen |= {"before": typed("before", 20), "after": typed("after", 20)}
    if way == "split":
        separator = SEPARATORS.get(typed("separator", 20), "")
        chosen |= {"separator": separator, "names": [typed("first"), typed("second")]}
    return chosen


def _add_edits(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/<draft_id>/line/<int:line>/<int:column>/")
    def edit(draft_id: str, line: int, column: int) -> ResponseReturnValue:
        """One value, to be typed anew."""
        draft = room.draft(draft_id)
        sheet = room.sheet(draft)
        _, value = _value(sheet, line, column)
        name = sheet.table.header[column - 1]
        return room.page(
            "edit.html",
            _back(),
            draft,
            line=line,
            column=column,
            name=name,
            value=value,
            most=MAX_CELL_CHARS,
            back_to=_back(),
        )

    @pages.post("/autosubmit/<draft_id>/line/<int:line>/<int:column>/")
    def save_edit(draft_id: str, line: int, column: int) -> ResponseReturnValue:
        """Send what was typed in place of the file's value."""
        draft = room.draft(draft_id)
        row, _ = _value(room.sheet(draft), line, column)
        value = request.form.get("value", "").replace("\r\n", "\n")
        others = [each for each in draft.edits if each[:2] != (row, column)]
        if len(others) >= MAX_EDITS:
            raise Refusal(
                "edit.too-many", "These are too many single edits.", "Change the file instead."
            )
        if request.form.get("do") != "restore":
            others.append((row, column, value[:MAX_CELL_CHARS]))
        changed = draft.with_(edits=others)
        room.drafts.save(changed)
        return go(_back(), changed)


def _back() -> str:
    """The step to come back to."""
    asked = request.values.get("back", "")
    return asked if asked in RETURNS else RETURNS[0]


def _value(sheet: Sheet, line: int, column: int) -> tuple[int, str]:
    """The row that begins on a line, and its value in a column.

    Raises:
        Refusal: there is none.
    """
    lines = sheet.table.lines
    row = bisect_left(lines, line)
    if row < len(lines) and lines[row] == line:
        (values,) = sheet.edited.values_of([row])
        if 1 <= column <= min(len(values), len(sheet.table.header)):
            return row, values[column - 1]
    raise Refusal("value.none", "There is no such value in this file.", status=404)
