"""Named fixes: the only ways in which a value is ever changed, each chosen and previewed first.

A fix leaves the file and its table as they are: `FixedRows` shows the rows as they would be sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import re
from typing import TYPE_CHECKING, Protocol

from elqkit.table.dates import DATE_FORMATS
from elqkit.table.formulas import unguarded
from elqkit.table.model import BLOCK_ROWS
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from elqkit.table.values import Rows

MAX_PREVIEWED = 5
_HIDDEN = re.compile("[\u00a0\u2007\u202f\u00ad\u180e\u200b\u2060\ufeff]")


class Fix(Protocol):
    """A change of one column."""

    @property
    def column(self) -> int:
        """The column's number in the file, from 1."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that stand in its place; empty: its own."""

    def apply(self, value: str, /) -> tuple[str, ...]:
        """The values that stand in the value's place; a value that does not fit stays."""


WAYS: dict[str, tuple[Text, Callable[[str], str]]] = {
    "trim": (Text("Remove spaces at both ends"), str.strip),
    "drop-hidden": (
        Text("Remove spaces and marks that cannot be seen"),
        lambda value: _HIDDEN.sub("", value),
    ),
    "no-break": (
        Text("Turn non-breaking spaces into spaces"),
        lambda value: value.translate({0xA0: " ", 0x2007: " ", 0x202F: " "}),
    ),
    "unguard": (
        Text("Remove the quote mark before = + - @ that made a file formula-safe"),
        unguarded,
    ),
}
"""The fixes without settings: name, what it does in words, and how."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fix without settings."""

    column: int
    way: str
    """A key of `WAYS`."""
    names: tuple[str, ...] = ()

    def apply(self, value: str) -> tuple[str, ...]:
        """The value, changed."""
        return (WAYS[self.way][1](value),)


@dataclass(frozen=True, slots=True)
class DateForm:
    """Writes dates in another way."""

    column: int
    before: str
    """A key of `elqkit.table.dates.DATE_FORMATS`."""
    after: str = "YYYY-MM-DD"
    names: tuple[str, ...] = ()

    def apply(self, value: str) -> tuple[str, ...]:
        """The same day; a value that is no date of that form stays."""
        day = DATE_FORMATS[self.before].parts(value)
        return (value if day is None else DATE_FORMATS[self.after].written(day),)


@dataclass(frozen=True, slots=True)
class Split:
    """Two columns out of one, at the first separator."""

    column: int
    separator: str
    names: tuple[str, ...]
    """The names of the two."""

    def __post_init__(self) -> None:
        if not self.separator or len(self.names) != 2:  # noqa: PLR2004 - first and second
            raise ValueError("a separator and two names")

    def apply(self, value: str) -> tuple[str, ...]:
        """What is before and behind; a value without a separator stays in the first."""
        first, _, second = value.partition(self.separator)
        return first, second


class FixedRows:
    """Rows as they are with fixes. Those with another number of values than the header stay."""

    def __init__(self, rows: Rows, fixes: Sequence[Fix]) -> None:
        """Prepare; nothing is changed until rows are asked for.

        Raises:
            ValueError: a fix names a column that there is not.
        """
        self._rows = rows
        self._width = len(rows.header)
        self._fixes: dict[int, list[Fix]] = {}
        for fix in fixes:
            if not 1 <= fix.column <= self._width:
                raise ValueError("a column of the file")
            self._fixes.setdefault(fix.column, []).append(fix)
        header: list[str] = []
        for column, name in enumerate(rows.header, 1):
            named = [fix.names for fix in self._fixes.get(column, ()) if fix.names]
            header.extend(named[-1] if named else (name,))
        self.header = tuple(header)
        self.lines = rows.lines

    def __len__(self) -> int:
        return len(self._rows)

    def values_of(self, indices: Sequence[int]) -> list[list[str]]:
        """The values of some rows, with the fixes."""
        return [self._fixed(values) for values in self._rows.values_of(indices)]

    def _fixed(self, values: list[str]) -> list[str]:
        if len(values) != self._width:
            return values
        fixed: list[str] = []
        for column, value in enumerate(values, 1):
            fixed.extend(self._applied(column, value))
        return fixed

    def _applied(self, column: int, value: str) -> tuple[str, ...]:
        done: tuple[str, ...] = (value,)
        for fix in self._fixes.get(column, ()):
            # What stands behind a split is not reached by a later fix of the same column.
            done = (*fix.apply(done[0]), *done[1:])
        return done


@dataclass(frozen=True, slots=True)
class Previewed:
    """One value before and after."""

    line: int
    before: str = field(repr=False)
    after: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a fix would do."""

    changed: int
    """Values that would become others."""
    unchanged: int
    """Filled values that would stay."""
    first: tuple[Previewed, ...]


def preview(rows: Rows, fix: Fix) -> Preview:
    """Try a fix on the whole file and change nothing."""
    changed = unchanged = 0
    first: list[Previewed] = []
    for begin in range(0, len(rows), BLOCK_ROWS):
        block = rows.values_of(range(begin, min(begin + BLOCK_ROWS, len(rows))))
        for row, values in enumerate(block, begin):
            before = values[fix.column - 1] if len(values) == len(rows.header) else ""
            if not before:
                continue
            after = fix.apply(before)
            if after[0] == before and not any(after[1:]):
                unchanged += 1
                continue
            changed += 1
            if len(first) < MAX_PREVIEWED:
                first.append(Previewed(rows.lines[row], before, after))
    return Preview(changed, unchanged, tuple(first))
