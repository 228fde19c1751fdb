"""The check of values against rules: the whole file, before anything is sent."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from elqkit.table.causes import CAUSES
from elqkit.table.model import BLOCK_ROWS
from elqkit.table.problems import NOTHING, Findings, Place, Problem
from elqkit.table.shapes import shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from elqkit.table.rules import Rule

_CODES = tuple(CAUSES)
_NUMBER_OF = {code: number for number, code in enumerate(_CODES)}


class Rows(Protocol):
    """Rows that can be asked for by number: a table, or one with fixes."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""

    @property
    def lines(self) -> Sequence[int]:
        """The line of the file that each row begins on."""

    def __len__(self) -> int: ...

    def values_of(self, indices: Sequence[int], /) -> list[list[str]]:
        """The values of some rows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that breaks one rule."""

    row: int
    """From 0."""
    column: int
    """From 1."""
    code: str


class Faults:
    """Every fault of a file, in the order of its rows; a few bytes each."""

    def __init__(self) -> None:
        self._rows, self._columns, self._codes = array("I"), array("H"), array("H")

    def add(self, fault: Fault) -> None:
        """Keep a fault."""
        self._rows.append(fault.row)
        self._columns.append(fault.column)
        self._codes.append(_NUMBER_OF[fault.code])

    def __len__(self) -> int:
        return len(self._rows)

    def by_row(self) -> dict[int, list[Fault]]:
        """The faults of each row that has any, the rows in their order."""
        found: dict[int, list[Fault]] = {}
        for row, column, code in zip(self._rows, self._columns, self._codes, strict=True):
            found.setdefault(row, []).append(Fault(row, column, _CODES[code]))
        return {row: found[row] for row in sorted(found)}

    def rows(self) -> dict[int, str]:
        """Each row that has a fault, with the code of its first."""
        first: dict[int, str] = {}
        for row, code in zip(self._rows, self._codes, strict=True):
            first.setdefault(row, _CODES[code])
        return first


@dataclass(frozen=True, slots=True)
class ValueReport:
    """What is wrong with the values of a file."""

    problems: tuple[Problem, ...]
    """Grouped by cause, with the first places."""
    faults: Faults
    """All of them, to leave the rows out or to write them down."""


def check_values(rows: Rows, rules: Mapping[int, Sequence[Rule]]) -> ValueReport:
    """Check all rows; `rules` are by the number of the column, from 1.

    Rows with more or fewer values than the header are passed over: `check_rows` tells of them.
    """
    findings, faults = Findings(), Faults()
    width = len(rows.header)
    for first in range(0, len(rows), BLOCK_ROWS):
        block = rows.values_of(range(first, min(first + BLOCK_ROWS, len(rows))))
        numbers = [n for n, values in enumerate(block, first) if len(values) == width]
        columns = list(zip(*(block[n - first] for n in numbers), strict=True))
        if not columns:
            continue
        found = [
            (numbers[at], column, rule, columns[column - 1][at])
            for column, wanted in rules.items()
            for rule in wanted
            for at in rule.faults(columns[column - 1])
        ]
        # By row and column; the rules of one column stay in their order.
        for row, column, rule, value in sorted(found, key=lambda fault: fault[:2]):
            faults.add(Fault(row, column, rule.code))
            if findings.count(rule.code):
                seen = shape(value) if value else NOTHING
                place = Place(rows.lines[row], column, rule.expected, seen)
                findings.place(rule.code, place)
    return ValueReport(findings.problems(CAUSES), faults)
