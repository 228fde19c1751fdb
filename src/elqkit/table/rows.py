"""The checks of whole rows: as many values as the header has names, not empty, not there twice."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from elqkit.table.problems import Findings, Place
from elqkit.text import Text

if TYPE_CHECKING:
    from elqkit.table.model import Table

SEEN_BITS = 22
"""Of the table of rows that a stream remembers: three million of them, in 48 MiB."""
_HASH = (1 << 64) - 1


class SeenRows:
    """The lines of rows seen so far, by the hash of their text, in a table of fixed size.

    For files whose rows are not held: two of their hashes of 64 bits are the same by chance in one
    file of a million.
    """

    def __init__(self, bits: int = SEEN_BITS) -> None:
        self._mask = (1 << bits) - 1
        self._hashes = array("Q", bytes(8 << bits))
        self._lines = array("I", bytes(4 << bits))
        self._room = 3 << (bits - 2)

    @property
    def is_full(self) -> bool:
        """Whether rows were seen that could not be remembered."""
        return self._room < 0

    def line_of(self, text: str, line: int) -> int | None:
        """The line of an earlier row of the same text; None for a new one, which is remembered."""
        wanted = (hash(text) & _HASH) or 1
        hashes, at = self._hashes, wanted & self._mask
        while found := hashes[at]:
            if found == wanted:
                return self._lines[at]
            at = (at + 1) & self._mask
        self._room -= 1
        if self._room >= 0:
            hashes[at], self._lines[at] = wanted, line
        else:
            self._room = -1
        return None


class RowChecks:
    """Looks at the rows of a table block by block, in their order.

    Args:
        table: the rows; of a stream, a piece of them.
        findings: what was found.
        seen: the rows of earlier pieces of a stream.
    """

    def __init__(self, table: Table, findings: Findings, seen: SeenRows | None = None) -> None:
        self._table = table
        self._seen = seen
        self._findings = findings
        self._width = len(table.header)
        self._first_by_hash: dict[int, int] = {}
        """Row numbers by the hash of the row's text: the text itself is not held twice."""

    def see(self, first: int, rows: list[list[str]]) -> None:
        """Check a block of rows that begins with row number `first`."""
        for index, values in enumerate(rows, first):
            if len(values) != self._width:
                self._report_width(index, len(values))
            if not any(values):
                self._findings.add("row.empty", Place(self._table.lines[index]))
            else:
                self._see_text(index)

    def _see_text(self, index: int) -> None:
        table = self._table
        text = table.text[table.starts[index] : table.ends[index]]
        if self._seen is not None:
            line = self._seen.line_of(text, table.lines[index])
            if line is not None:
                self._report_duplicate(index, line)
            return
        earlier = self._first_by_hash.setdefault(hash(text), index)
        if earlier == index:
            return
        if text == table.text[table.starts[earlier] : table.ends[earlier]]:
            self._report_duplicate(index, table.lines[earlier])

    def _report_duplicate(self, index: int, line: int) -> None:
        # A number of a line stands as it is here, without thousands apart.
        found = Text("the same as line {line}", line=str(line))
        place = Place(self._table.lines[index], expected=Text("a new row"), found=found)
        self._findings.add("row.duplicate", place)

    def _report_width(self, index: int, width: int) -> None:
        code = "row.long" if width > self._width else "row.short"
        column = min(width, self._width) + 1
        place = Place(self._table.lines[index], column, count_of(self._width), count_of(width))
        self._findings.add(code, place)


def count_of(values: int) -> Text:
    """`1 value`, `3 values`."""
    return Text("{count} value", "{count} values", count=values)
