"""From a draft to what ElqKit's library works with: the same for every step, and for the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.autosubmit.preparing import Choices, Prepared, Sheet, prepare_sheet
from elqkit.table.edits import EditedRows
from elqkit.table.fix_words import fixes_of
from elqkit.table.fixes import FixedRows
from elqkit.table.reading import ReadOptions, read_table
from elqkit.table.report import Report
from elqkit.web.autosubmit.files import workbook_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elqkit.eloqua.models import Form
    from elqkit.table.fixes import Fix
    from elqkit.table.limits import Limits
    from elqkit.table.model import Table
    from elqkit.table.values import Rows
    from elqkit.web.autosubmit.drafts import Draft


def options_of(draft: Draft, limits: Limits) -> ReadOptions:
    """How the file of a draft is to be read."""
    return ReadOptions(draft.encoding or None, draft.delimiter or None, limits)


def sheet_of(draft: Draft, kept: bytes, limits: Limits) -> Sheet:
    """The file of a draft with its edits and fixes, without the checks that only its page shows.

    Args:
        draft: what was decided.
        kept: what is kept of its file.
        limits: what a file may hold.

    Raises:
        UnreadableTable: there is nothing to show.
        BadFix: a fix is not understood.
    """
    if draft.is_workbook:
        content, table = workbook_of(kept, limits)
    else:
        content, table = kept, read_table(kept, options_of(draft, limits))
    report = Report(draft.name, len(content), table, (), table.problems)
    fixes = fixes_of(draft.fixes, table.header)
    edits = edits_of(draft)
    rows: Rows = EditedRows(table, edits) if edits else table
    return Sheet(content, report, FixedRows(rows, fixes) if fixes else rows, fixes)


def table_of(sheet: Sheet) -> Table:
    """The file as it is. A sheet that `sheet_of` made has one."""
    if sheet.report.table is None:
        raise LookupError("table")
    return sheet.report.table


def rows_of(sheet: Sheet) -> Rows:
    """The rows as they would be sent."""
    return table_of(sheet) if sheet.rows is None else sheet.rows


def edited(sheet: Sheet, draft: Draft) -> Rows:
    """The rows with the edits, and without the fixes."""
    return EditedRows(table_of(sheet), edits_of(draft))


def edits_of(draft: Draft) -> dict[tuple[int, int], str]:
    """The edits of a draft by row and column."""
    return {(row, column): value for row, column, value in draft.edits}


def origin(fixes: Sequence[Fix], columns: int, column: int) -> int:
    """The column of the file, out of so many, that a column of the rows comes from; all from 1."""
    widths = dict.fromkeys(range(1, columns + 1), 1)
    for fix in fixes:
        if fix.names:
            widths[fix.column] = len(fix.names)
    at = 0
    for number, width in widths.items():
        at += width
        if column <= at:
            return number
    return column


def choices_of(draft: Draft, sheet: Sheet) -> Choices:
    """The choices of a draft as the library takes them: each column by its name."""
    header = rows_of(sheet).header
    columns = draft.columns
    chosen = (
        {}
        if columns is None
        else {name: columns.get(str(number), "") for number, name in enumerate(header, 1)}
    )
    return Choices(
        fixes=tuple(draft.fixes),
        edits=edits_of(draft),
        columns=chosen,
        constants=draft.constants,
    )


def prepare(draft: Draft, sheet: Sheet, form: Form) -> Prepared:
    """The rows of a draft as submissions of its form.

    Raises:
        BadChoice: a column or a field that there is not.
    """
    return prepare_sheet(sheet, form, choices_of(draft, sheet))
