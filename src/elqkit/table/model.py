"""The table: what a CSV file holds, each row with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from elqkit.table.scanner import split, split_all

if TYPE_CHECKING:
    from array import array

    from elqkit.table.dialects import Dialect
    from elqkit.table.encodings import Encoding
    from elqkit.table.problems import Problem

BLOCK_ROWS = 2_000
"""How many rows are split at a time where all are looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    """The line of the file that it begins on, from 1."""
    values: tuple[str, ...] = field(repr=False)
    """Exactly as written, without the quotes around them. As many as the row has."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table(Sequence[Row]):
    """The rows of a CSV file, without its header and its blank lines. Made by `read_table`.

    Holds the text once and the place of each row; values are split when a row is asked for, so a
    table costs little more than its file.
    """

    text: str
    """The whole file, without its byte order mark."""
    encoding: Encoding
    dialect: Dialect
    line_endings: dict[str, int]
    """How many records end in which way: LF, CRLF, CR."""
    header: tuple[str, ...]
    header_line: int
    problems: tuple[Problem, ...]
    """What was wrong with characters, quotes, lines and header. Rows: `check_rows`."""
    is_whole: bool
    """False where the file holds more rows than the limit, and those were left out."""
    starts: array[int]
    """Where each row begins in the text."""
    ends: array[int]
    """Where each row ends, without its line ending."""
    lines: array[int]
    """The line that each row begins on."""
    sheet: str = ""
    """The sheet of a workbook that was read."""
    sheets: tuple[str, ...] = ()
    """The sheets of a workbook that can be seen."""

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        return Row(self.lines[index], tuple(self.values(index)))

    def __iter__(self) -> Iterator[Row]:
        return (self[index] for index in range(len(self)))

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows and {len(self.header)} columns>"

    def name_of(self, column: int | None) -> str | None:
        """The name of a column by its number, from 1; None where there is no such column."""
        if column is None or not 0 < column <= len(self.header):
            return None
        return self.header[column - 1]

    def values(self, index: int) -> list[str]:
        """The values of a row, without its line."""
        return split(self.text[self.starts[index] : self.ends[index]], self.dialect.delimiter)

    def values_of(self, indices: Sequence[int]) -> list[list[str]]:
        """The values of many rows: faster than one by one."""
        text, starts, ends = self.text, self.starts, self.ends
        records = [text[starts[index] : ends[index]] for index in indices]
        return split_all(records, self.dialect.delimiter)
