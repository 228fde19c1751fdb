"""From a draft to rows, mapping and submissions: what every step after the first looks at."""

from __future__ import annotations

from dataclasses import dataclass
import json
from typing import TYPE_CHECKING

from elqkit.autosubmit.mapping import Mapping, check_mapping, suggest, with_constants
from elqkit.autosubmit.plan import plan_of
from elqkit.autosubmit.submissions import Submissions, prepare
from elqkit.table.edits import EditedRows
from elqkit.table.fixes import Change, DateForm, Fix, FixedRows, Split
from elqkit.table.reading import ReadOptions, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.models import Form
    from elqkit.runs.plan import Plan
    from elqkit.table.limits import Limits
    from elqkit.table.model import Table as CsvTable
    from elqkit.web.autosubmit.drafts import Draft
    from safelight.api import Json

ROW_FAULTS = frozenset({"row.short", "row.long"})
"""What is wrong with single rows: they are left out. Anything else that blocks is of the file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a draft, as they would be sent."""

    table: CsvTable
    """The file as it is."""
    edited: EditedRows
    """With the edits."""
    rows: FixedRows
    """With the edits and fixes."""
    fixes: tuple[Fix, ...]
    reading: tuple[str, ...]
    """What makes these rows of the file: for the plan of a run."""

    @property
    def blocking(self) -> tuple[str, ...]:
        """The messages of what is wrong with the file as a whole."""
        return tuple(
            problem.cause.message
            for problem in self.table.problems
            if problem.blocks and problem.code not in ROW_FAULTS
        )

    def origin(self, column: int) -> int:
        """The column of the file that a column of the rows comes from, both from 1."""
        widths = dict.fromkeys(range(1, len(self.table.header) + 1), 1)
        for fix in self.fixes:
            if fix.names:
                widths[fix.column] = len(fix.names)
        at = 0
        for origin, width in widths.items():
            at += width
            if column <= at:
                return origin
        return column


def sheet_of(draft: Draft, content: bytes, limits: Limits) -> Sheet:
    """Read the file of a draft.

    Raises:
        UnreadableTable: there is nothing to show.
    """
    options = ReadOptions(draft.encoding or None, draft.delimiter or None, limits)
    table = read_table(content, options)
    fixes = tuple(fix_of(each) for each in draft.fixes)
    edited = EditedRows(table, edits_of(draft))
    rows = FixedRows(edited, fixes)
    changes = json.dumps([draft.fixes, sorted(draft.edits)]) if draft.fixes or draft.edits else ""
    reading = (table.encoding.name, table.dialect.delimiter, *filter(None, (changes,)))
    return Sheet(table, edited, rows, fixes, reading)


def edits_of(draft: Draft) -> dict[tuple[int, int], str]:
    """The edits of a draft by row and column."""
    return {(row, column): value for row, column, value in draft.edits}


def fix_of(stored: Table[str, Json]) -> Fix:
    """A fix as a draft keeps it.

    Raises:
        ValueError: it is none.
        KeyError: the same.
    """
    column, way = int(str(stored["column"])), str(stored["way"])
    if way == "date":
        return DateForm(column, str(stored["before"]), str(stored["after"]))
    if way == "split":
        names = stored["names"]
        pair = tuple(str(name) for name in names) if isinstance(names, list) else ()
        return Split(column, str(stored["separator"]), pair)
    return Change(column, way)


def mapping_of(draft: Draft, sheet: Sheet, form: Form) -> Mapping:
    """Where the columns go: as chosen, or as their names suggest."""
    if draft.columns is None:
        return with_constants(suggest(sheet.rows.header, form), form, {})
    chosen = {
        int(column): name
        for column, name in draft.columns.items()
        if int(column) <= len(sheet.rows.header)
    }
    return mapping_with(sheet, form, chosen, draft.constants)


def mapping_with(
    sheet: Sheet, form: Form, chosen: dict[int, str], constants: Table[str, str]
) -> Mapping:
    """The mapping of chosen fields by column, and of constants where no column goes.

    Raises:
        ValueError: a field is there twice, or not at all.
    """
    mapping = check_mapping(sheet.rows.header, form, chosen)
    free = {field.html_name for field in form.fields} - set(chosen.values())
    wanted = {name: value for name, value in constants.items() if name in free}
    return with_constants(mapping, form, wanted)


def submissions_of(sheet: Sheet, mapping: Mapping) -> Submissions:
    """Check every value, and make the submissions.

    Raises:
        ValueError: the mapping is not ready.
    """
    return prepare(sheet.rows, mapping)


def plan_for(
    content: bytes, sheet: Sheet, submissions: Submissions, site_id: str, form: Form
) -> Plan[Submission]:
    """The plan of a draft's run. A form that nobody signed in to is known by its HTML name."""
    return plan_of(content, submissions, site_id, form.id or form.html_name, *sheet.reading)
