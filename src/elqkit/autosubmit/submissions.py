"""Rows as submissions: the values of mapped columns, each with the name of its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from elqkit.autosubmit.rules import rules_of
from elqkit.table.model import BLOCK_ROWS
from elqkit.table.values import ValueReport, check_values

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from elqkit.autosubmit.mapping import Mapping
    from elqkit.table.rules import Rule
    from elqkit.table.values import Rows

SHORT, LONG, NOTHING = "row.short", "row.long", "row.nothing-to-send"


@dataclass(frozen=True, slots=True)
class Submission:
    """One row on its way to a form."""

    line: int
    """The line of the file that the row begins on."""
    by_name: tuple[tuple[str, str], ...] = field(repr=False)
    """HTML names of fields, and values: for the public endpoint."""
    by_id: tuple[tuple[str, str], ...] = field(repr=False)
    """Ids of fields, and values: for REST."""


class Submissions(Sequence[Submission]):
    """The submissions of all rows, each made when it is asked for."""

    def __init__(self, rows: Rows, mapping: Mapping, report: ValueReport) -> None:
        self.rows = rows
        self.mapping = mapping
        self.report = report
        self._skipped: dict[int, str] | None = None
        self._columns = [(m.column - 1, m.field.html_name, m.field.id) for m in mapping.matches]
        self._constants = [(c.field.html_name, c.field.id, c.value) for c in mapping.constants]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Submission: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Submission, ...]: ...
    def __getitem__(self, index: int | slice) -> Submission | tuple[Submission, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        (values,) = self.rows.values_of([index])
        # An empty value is left out: it would blank what Eloqua has, and skip the form's default.
        sent = [(name, id_, values[at]) for at, name, id_ in self._columns if values[at]]
        sent += self._constants
        return Submission(
            self.rows.lines[index],
            tuple((name, value) for name, _, value in sent),
            tuple((id_, value) for _, id_, value in sent),
        )

    def __repr__(self) -> str:
        return f"<Submissions of {len(self)} rows>"

    def skipped(self) -> dict[int, str]:
        """The rows that cannot be sent as they are, each with the code of its first fault."""
        if self._skipped is None:
            self._skipped = self._found_faulty()
        return self._skipped

    def _found_faulty(self) -> dict[int, str]:
        width = len(self.rows.header)
        reasons = self.report.faults.rows()
        positions = [at for at, _, _ in self._columns]
        for first in range(0, len(self), BLOCK_ROWS):
            block = self.rows.values_of(range(first, min(first + BLOCK_ROWS, len(self))))
            for row, values in enumerate(block, first):
                if len(values) != width:
                    reasons[row] = SHORT if len(values) < width else LONG
                elif not any(values[at] for at in positions):
                    reasons.setdefault(row, NOTHING)
        return dict(sorted(reasons.items()))


def prepare(
    rows: Rows, mapping: Mapping, rules: Table[int, Sequence[Rule]] | None = None
) -> Submissions:
    """Check all values against the form's rules, and make the submissions of a mapping.

    Raises:
        ValueError: a required field is not mapped, or nothing is.
    """
    if not mapping.is_ready:
        raise ValueError("A required field has no column, or no column has a field.")
    report = check_values(rows, rules_of(mapping) if rules is None else rules)
    return Submissions(rows, mapping, report)
