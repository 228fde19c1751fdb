"""The profile of each column: how full, how varied, how long, of what kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elqkit.table.kinds import DAY_FIRST, DIGITS, EITHER_FIRST, MONTH_FIRST, WHOLE_NUMBER, kind_of
from elqkit.table.shapes import shape

if TYPE_CHECKING:
    from elqkit.table.limits import Limits
    from elqkit.table.model import Table

MAX_SAMPLES, MAX_SAMPLED = 3, 500
"""Shapes that are shown of a column, and different values that are looked at for them."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a table holds."""

    position: int
    """From 1."""
    name: str
    filled: int
    empty: int
    distinct: int
    """How many different values, the empty one not counted."""
    is_distinct_exact: bool
    """False where the count stopped at a limit: there are at least so many."""
    longest: int
    """Characters of the longest value."""
    kinds: tuple[tuple[str, int], ...]
    """How many values look like what, the most frequent first."""
    samples: tuple[str, ...]
    """The shapes of the first different values, masked."""


class Profile:
    """Looks at the rows of a table block by block. Rows of another width are left out."""

    def __init__(self, table: Table, limits: Limits) -> None:
        self._names = table.header
        self._columns = tuple(_Tally() for _ in table.header[: limits.max_columns])
        self._room = limits.max_distinct

    def see(self, rows: list[list[str]]) -> None:
        """Add a block of rows."""
        width = len(self._names)
        whole = [row for row in rows if len(row) == width]
        for tally, values in zip(self._columns, zip(*whole, strict=True), strict=False):
            self._room -= tally.see(values, self._room)

    def columns(self) -> tuple[Column, ...]:
        """The profile of what was seen."""
        numbered = enumerate(zip(self._names, self._columns, strict=False), 1)
        return tuple(tally.column(position, name) for position, (name, tally) in numbered)


class _Tally:
    """Counts the values of one column."""

    def __init__(self) -> None:
        self.rows = self.filled = self.longest = self.sampled = 0
        self.seen: set[str] = set()
        self.is_exact = True
        self.kinds: Counter[str] = Counter()
        self.samples: list[str] = []

    def see(self, values: tuple[str, ...], room: int) -> int:
        """Add values; return how many new ones are remembered, `room` at most."""
        counts = Counter(values)
        self.rows += len(values)
        self.filled += len(values) - counts.pop("", 0)
        self.longest = max(self.longest, *map(len, counts)) if counts else self.longest
        for value, count in counts.items():
            self.kinds[kind_of(value)] += count
        new = counts.keys() - self.seen
        if len(self.samples) < MAX_SAMPLES and self.sampled < MAX_SAMPLED:
            fresh = [value for value in counts if value in new][: MAX_SAMPLED - self.sampled]
            self.sampled += len(fresh)
            self.samples = list(dict.fromkeys((*self.samples, *map(shape, fresh))))[:MAX_SAMPLES]
        if len(new) > room:
            self.is_exact = False
            return 0
        self.seen |= new
        return len(new)

    def column(self, position: int, name: str) -> Column:
        return Column(
            position=position,
            name=name,
            filled=self.filled,
            empty=self.rows - self.filled,
            distinct=len(self.seen),
            is_distinct_exact=self.is_exact,
            longest=self.longest,
            kinds=_settled(self.kinds),
            samples=tuple(self.samples),
        )


def _settled(kinds: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The kinds, the most frequent first, where one value leaves open what its column settles.

    03/04/2026 may be read in two ways, but not in a column where every other day that can tell
    says which way it is. 12345 is a number, but not in a column with 01234.
    """
    settled = Counter(kinds)
    telling = [kind for kind in (DAY_FIRST, MONTH_FIRST) if settled[kind]]
    if len(telling) == 1:
        settled[telling[0]] += settled.pop(EITHER_FIRST, 0)
    if settled[DIGITS]:
        settled[DIGITS] += settled.pop(WHOLE_NUMBER, 0)
    return tuple((kind, count) for kind, count in settled.most_common() if count)
