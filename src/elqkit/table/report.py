"""A CSV file checked as a whole: what it is, what is in it, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from elqkit.errors import UnreadableTable
from elqkit.table import cells, signatures
from elqkit.table.causes import CAUSES
from elqkit.table.columns import Column, Profile
from elqkit.table.limits import NAME_CHARS, PREVIEW_ROWS, Limits
from elqkit.table.model import BLOCK_ROWS, Row, Table
from elqkit.table.problems import Findings, Place, Problem
from elqkit.table.reading import ReadOptions, read_table
from elqkit.table.rows import RowChecks
from elqkit.table.shapes import visible


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check. Made for every input: a file that holds no table has a report too."""

    name: str = field(repr=False)
    """The file's name, made safe to show."""
    size_bytes: int
    table: Table | None
    """None where there was nothing to read."""
    columns: tuple[Column, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    """What blocks first."""
    streamed_rows: int | None = None
    """How many rows were read, where `table` holds the beginning of a stream only."""

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        if self.streamed_rows is not None:
            return self.streamed_rows
        return 0 if self.table is None else len(self.table)

    @property
    def is_usable(self) -> bool:
        """Whether nothing blocks the file from being sent."""
        return not any(problem.blocks for problem in self.problems)

    @property
    def first_rows(self) -> tuple[Row, ...]:
        """The rows that a person is shown to judge the reading by."""
        return () if self.table is None else self.table[:PREVIEW_ROWS]


def check_file(content: bytes, name: str | None, options: ReadOptions | None = None) -> Report:
    """Check a CSV file. Its name must fit too; None where it has none.

    Raises:
        TakesLonger: it is a workbook, and the caller has less patience than it takes.
    """
    options = options or ReadOptions()
    shown = visible(name or "", NAME_CHARS)
    try:
        table = _read(content, name, options)
    except UnreadableTable as refusal:
        place = Place(expected=refusal.expected, found=refusal.found)
        problem = Problem(CAUSES[refusal.code], 1, (place,))
        return Report(shown, len(content), None, (), (problem,))
    return check_table(table, shown, len(content), options.limits)


def check_table(table: Table, shown: str, size_bytes: int, limits: Limits) -> Report:
    """Check a table that was read already, from a file of that name and size."""
    columns, found = check_rows(table, limits)
    problems = sorted((*table.problems, *found), key=lambda problem: not problem.blocks)
    return Report(shown, size_bytes, table, columns, tuple(problems))


def _read(content: bytes, name: str | None, options: ReadOptions) -> Table:
    """The table of a CSV file; of a workbook, where the name says that it is one.

    Raises:
        UnreadableTable: it is neither.
    """
    if name is not None and name.lower().endswith(signatures.WORKBOOK):
        # Its reader builds on this package; only workbooks pay for it.
        from elqkit.workbooks.reading import read_workbook  # noqa: PLC0415

        return read_workbook(content, options)
    if name is not None:
        signatures.refuse_other_names(name)
    return read_table(content, options)


def check_rows(table: Table, limits: Limits) -> tuple[tuple[Column, ...], tuple[Problem, ...]]:
    """Check every row and value of a table; return its columns and what is wrong."""
    findings = Findings()
    rows, profile = RowChecks(table, findings), Profile(table, limits)
    for first in range(0, len(table), BLOCK_ROWS):
        block = table.values_of(range(first, min(first + BLOCK_ROWS, len(table))))
        rows.see(first, block)
        profile.see(block)
    cells.check(table, limits, findings)
    return profile.columns(), findings.problems(CAUSES)
