"""Named fixes of a column, each shown before it counts, and single values typed anew."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from flask import request

from elqkit.table.dates import DATE_FORMATS
from elqkit.table.fix_words import DATE, SPLIT, BadFix, fixes_of
from elqkit.table.fixes import WAYS, Change, DateForm, preview
from elqkit.table.limits import MAX_CELL_CHARS
from elqkit.text import Text
from elqkit.web.autosubmit.drafts import MAX_EDITS, MAX_FIXES
from elqkit.web.autosubmit.prepared import edited, table_of
from elqkit.web.autosubmit.workroom import go, typed
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.autosubmit.preparing import Sheet
    from elqkit.table.fixes import Fix
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom

SEPARATORS = {"space": " ", "comma": ",", "semicolon": ";", "dash": "-", "slash": "/"}
_SEPARATOR_WORDS = {
    "space": Text("space"),
    "comma": Text("comma"),
    "semicolon": Text("semicolon"),
    "dash": Text("dash"),
    "slash": Text("slash"),
}
REMEDIES = {
    "cell.spaces": "trim",
    "cell.non-breaking-space": "no-break",
    "cell.invisible": "drop-hidden",
    "value.email-space": "drop-hidden",
    "value.email": "trim",
    "value.choice": "trim",
    "value.date": DATE,
}
"""The fix that is offered for a cause."""
RETURNS = ("file", "checks")
"""The steps that a fix or an edit may have come from."""
_SETTINGS = ("before", "after", "separator", "first", "second")


def add(pages: Blueprint, room: Workroom) -> None:
    """Serve the pages."""
    _add_fixes(pages, room)
    _add_edits(pages, room)


def fix_words(fix: Fix) -> Text:
    """What a fix does, in a sentence."""
    match fix:
        case Change():
            return WAYS[fix.way][0]
        case DateForm():
            return Text("Dates {before} become {after}", before=fix.before, after=fix.after)
    first, second = fix.names
    return Text("Becomes the columns {first} and {second}", first=first, second=second)


def _add_fixes(pages: Blueprint, room: Workroom) -> None:
    def fix_page(
        draft: Draft, column: int, way: str, refusal: Refusal | None = None
    ) -> ResponseReturnValue:
        sheet = room.sheet(draft)
        header = table_of(sheet).header
        if not 1 <= column <= len(header):
            raise Refusal("column.none", "There is no such column.", status=404)
        shown = None
        if refusal is None and (way in WAYS or request.method == "POST"):
            (fix,) = fixes_of([_written(column, way, header)], header)
            shown = preview(edited(sheet, draft), fix)
        return room.page(
            "fix.html",
            _back(),
            draft,
            refusal,
            column=column,
            name=header[column - 1],
            way=way,
            chosen={name: typed(name) for name in _SETTINGS},
            shown=shown,
            ways={key: words for key, (words, _) in WAYS.items()},
            date_formats=tuple(DATE_FORMATS),
            separators=_SEPARATOR_WORDS,
            back_to=_back(),
        )

    @pages.get("/autosubmit/<draft_id>/fix/<int:column>/")
    def fix(draft_id: str, column: int) -> ResponseReturnValue:
        """What a fix of a column would do."""
        way = request.args.get("way", "trim")
        return fix_page(room.draft(draft_id), column, way if way in WAYS or way == DATE else "trim")

    @pages.post("/autosubmit/<draft_id>/fix/<int:column>/")
    def apply_fix(draft_id: str, column: int) -> ResponseReturnValue:
        """Show it once more with other settings, or let it count from now on."""
        draft, way = room.draft(draft_id), typed("way", 20)
        header = table_of(room.sheet(draft)).header
        try:
            written = _written(column, way, header)
            fixes_of([written], header)
        except BadFix:
            refusal = Refusal(
                "fix.not-understood",
                "This fix lacks a setting, so nothing was changed.",
                "Choose how dates are written, or name the two columns.",
                status=422,
            )
            return fix_page(draft, column, way, refusal)
        if request.form.get("do") != "apply":
            return fix_page(draft, column, way)
        if len(draft.fixes) >= MAX_FIXES:
            raise Refusal("fix.too-many", "These are too many fixes.", "Change the file instead.")
        kept = None if way == SPLIT else draft.columns  # a split gives the columns other numbers
        changed = draft.with_(fixes=[*draft.fixes, written], columns=kept)
        room.drafts.save(changed)
        return go(_back(), changed)

    @pages.post("/autosubmit/<draft_id>/fix/undo/")
    def undo_fix(draft_id: str) -> ResponseReturnValue:
        """Take a fix back: the values are the file's again."""
        draft = room.draft(draft_id)
        number = typed("number", 4)
        left = [each for at, each in enumerate(draft.fixes) if str(at) != number]
        splits = any(each.startswith(SPLIT) for each in draft.fixes)
        changed = draft.with_(fixes=left, columns=None if splits else draft.columns)
        room.drafts.save(changed)
        return go("file", changed)


def _written(column: int, way: str, header: Sequence[str]) -> str:
    """A fix of a column as `elqkit.table.fix_words` reads it, with the settings of the form."""
    name = str(column)
    if name in header:  # a column may be called by a number: then names go before numbers
        name = header[column - 1]
    if way == DATE:
        return f"{DATE}:{name}={typed('before', 20)}>{typed('after', 20)}"
    if way == SPLIT:
        separator = SEPARATORS.get(typed("separator", 20), "")
        return f"{SPLIT}:{name}={separator}>{typed('first')}|{typed('second')}"
    return f"{way}:{name}"


def _add_edits(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/<draft_id>/line/<int:line>/<int:column>/")
    def edit(draft_id: str, line: int, column: int) -> ResponseReturnValue:
        """One value, to be typed anew."""
        draft = room.draft(draft_id)
        sheet = room.sheet(draft)
        _, value = _value(sheet, draft, line, column)
        return room.page(
            "edit.html",
            _back(),
            draft,
            line=line,
            column=column,
            name=table_of(sheet).header[column - 1],
            value=value,
            most=MAX_CELL_CHARS,
            back_to=_back(),
        )

    @pages.post("/autosubmit/<draft_id>/line/<int:line>/<int:column>/")
    def save_edit(draft_id: str, line: int, column: int) -> ResponseReturnValue:
        """Send what was typed in place of the file's value."""
        draft = room.draft(draft_id)
        row, _ = _value(room.sheet(draft), draft, line, column)
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


def _value(sheet: Sheet, draft: Draft, line: int, column: int) -> tuple[int, str]:
    """The row that begins on a line, and its value in a column.

    Raises:
        Refusal: there is none.
    """
    lines = table_of(sheet).lines
    row = bisect_left(lines, line)
    if row < len(lines) and lines[row] == line:
        (values,) = edited(sheet, draft).values_of([row])
        if 1 <= column <= min(len(values), len(table_of(sheet).header)):
            return row, values[column - 1]
    raise Refusal("value.none", "There is no such value in this file.", status=404)
