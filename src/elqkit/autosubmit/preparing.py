"""From a file and a person's choices to what would be sent: one way for the page and the command.

sheet = read_sheet(content, "people.csv", choices)
prepared = prepare_sheet(sheet, form, choices)
print(prepared.rehearsal.would_send)          # nothing is sent
plan = prepared.plan(site_id)                 # for elqkit.runs
"""

from __future__ import annotations

from dataclasses import dataclass, field
import json
from typing import TYPE_CHECKING

from elqkit.autosubmit.mapping import (
    Mapping,
    check_mapping,
    from_saved,
    suggest,
    with_constants,
)
from elqkit.autosubmit.plan import plan_of
from elqkit.autosubmit.rehearsal import Rehearsal, rehearse
from elqkit.autosubmit.submissions import LONG, SHORT, Submissions, prepare
from elqkit.table.edits import EditedRows
from elqkit.table.fix_words import fixes_of
from elqkit.table.fixes import FixedRows
from elqkit.table.reading import ReadOptions
from elqkit.table.report import Report, check_file

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Sequence

    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.models import Form
    from elqkit.runs.plan import Plan
    from elqkit.table.fixes import Fix
    from elqkit.table.problems import Problem
    from elqkit.table.values import Rows


ROW_FAULTS = frozenset({SHORT, LONG, "cell.nul", "cell.long"})
"""What is wrong with single rows: they are left out. What else blocks is of the file as a whole."""


class BadChoice(ValueError):  # noqa: N818 - what it is, read as a claim
    """A column or a field that there is not, with what to do."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about a file."""

    reading: ReadOptions = field(default_factory=ReadOptions)
    fixes: tuple[str, ...] = ()
    """As `elqkit.table.fix_words` reads them."""
    edits: Table[tuple[int, int], str] = field(default_factory=dict, repr=False)
    """New values of single cells, by row from 0 and column from 1."""
    columns: Table[str, str] = field(default_factory=dict)
    """Fields by columns, each by its name or number; an empty field sends the column nowhere. The
    other columns go as suggested."""
    constants: Table[str, str] = field(default_factory=dict, repr=False)
    """Values that go with every row, by field."""
    saved_map: Table[str, object] | None = None
    """A mapping that was saved: see `Mapping.saved`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read, checked and changed by fixes and edits."""

    content: bytes = field(repr=False)
    report: Report
    rows: Rows | None
    """As they would be sent; None where the file holds no table."""
    fixes: tuple[Fix, ...] = ()

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What keeps all of the file from being sent."""
        return tuple(
            problem
            for problem in self.report.problems
            if problem.blocks and problem.code not in ROW_FAULTS
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is decided before anything is sent."""

    sheet: Sheet
    form: Form
    mapping: Mapping
    is_map_current: bool
    """False where a saved mapping was made for the form as it was before."""
    submissions: Submissions | None = None
    """None where a required field has no column, or no column has a field."""
    reading: tuple[str, ...] = field(default=(), repr=False)

    @property
    def rehearsal(self) -> Rehearsal:
        """What a run would do.

        Raises:
            ValueError: the mapping is not ready.
        """
        return rehearse(self.ready)

    def plan(self, site_id: str) -> Plan[Submission]:
        """What the run engine sends.

        Raises:
            ValueError: the mapping is not ready.
        """
        form_id = self.form.id or self.form.html_name
        return plan_of(self.sheet.content, self.ready, site_id, form_id, *self.reading)

    @property
    def ragged(self) -> int:
        """How many rows have too few values or too many.

        A lost quote or delimiter may have shifted other rows, too: leaving these out takes a
        person's word.

        Raises:
            ValueError: the mapping is not ready.
        """
        return sum(code in (SHORT, LONG) for code in self.ready.skipped().values())

    @property
    def ready(self) -> Submissions:
        """The submissions.

        Raises:
            ValueError: the mapping is not ready.
        """
        if self.submissions is None:
            raise ValueError("A required field has no column, or no column has a field.")
        return self.submissions


def read_sheet(content: bytes, name: str | None, choices: Choices | None = None) -> Sheet:
    """Read and check a file, and lay fixes and edits over its rows.

    Raises:
        BadFix: a fix is not understood.
        BadChoice: an edit is of a cell that there is not.
    """
    choices = choices or Choices()
    report = check_file(content, name, choices.reading)
    if report.table is None:
        return Sheet(content, report, None)
    fixes = fixes_of(choices.fixes, report.table.header)
    rows: Rows = report.table
    try:
        if choices.edits:
            rows = EditedRows(rows, choices.edits)
    except ValueError:
        raise BadChoice("A correction is of a cell that the file does not have.") from None
    return Sheet(content, report, FixedRows(rows, fixes) if fixes else rows, fixes)


def prepare_sheet(sheet: Sheet, form: Form, choices: Choices | None = None) -> Prepared:
    """Map the columns to a form's fields, and check all values against its rules.

    Raises:
        BadChoice: a column or a field that there is not.
        ValueError: the file holds no table.
    """
    choices = choices or Choices()
    if sheet.rows is None or sheet.report.table is None:
        raise ValueError("The file holds no table.")
    mapping, is_current = map_columns(sheet.rows.header, form, choices)
    table = sheet.report.table
    edits = json.dumps(sorted(choices.edits.items())) if choices.edits else ""
    reading = (table.sheet, table.encoding.name, table.dialect.delimiter, *choices.fixes, edits)
    submissions = prepare(sheet.rows, mapping) if mapping.is_ready else None
    return Prepared(sheet, form, mapping, is_current, submissions, tuple(filter(None, reading)))


def map_columns(header: Sequence[str], form: Form, choices: Choices) -> tuple[Mapping, bool]:
    """Map columns without a look at their values: as saved or suggested, and as chosen.

    Returns:
        The mapping, and whether a saved one was made for the form as it is now.

    Raises:
        BadChoice: a column or a field that there is not.
    """
    is_current = True
    if choices.saved_map is None:
        mapping = suggest(header, form)
    else:
        mapping, is_current = from_saved(header, form, dict(choices.saved_map))
    chosen = {match.column: match.field.html_name for match in mapping.matches}
    for column_name, field_name in choices.columns.items():
        column = _column(header, column_name)
        wanted = _field(form, field_name) if field_name else ""
        chosen = {at: name for at, name in chosen.items() if name != wanted and at != column}
        if wanted:
            chosen[column] = wanted
    constants = {_field(form, name): value for name, value in choices.constants.items()}
    chosen = {at: name for at, name in chosen.items() if name not in constants}
    return with_constants(check_mapping(header, form, chosen), form, constants), is_current


def _column(header: Sequence[str], name: str) -> int:
    """The number of a column by its name, or by its number."""
    if name in header:
        return header.index(name) + 1
    if name.isascii() and name.isdecimal() and 1 <= int(name[:9]) <= len(header):
        return int(name)
    raise BadChoice(f"The file has no column {name!r}. It has: {', '.join(header)}.")


def _field(form: Form, name: str) -> str:
    """The HTML name of a field by that name, its name, or its id.

    A field of a form that nobody could read is taken by its HTML name.
    """
    for field_ in form.fields:
        if name in (field_.html_name, field_.name, field_.id):
            return field_.html_name
    names = ", ".join(each.html_name for each in form.fields)
    raise BadChoice(f"The form has no field {name!r}. It has: {names}.")
