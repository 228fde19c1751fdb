"""The checks of whole rows: as many values as the header has names, not empty, not there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.problems import Findings, Place

if TYPE_CHECKING:
    from elqkit.table.model import Table


class RowChecks:
    """Looks at the rows of a table block by block, in their order."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self._table = table
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
        earlier = self._first_by_hash.setdefault(hash(text), index)
        if earlier == index:
            return
        if text == table.text[table.starts[earlier] : table.ends[earlier]]:
            found = f"the same as line {table.lines[earlier]}"
            self._findings.add(
                "row.duplicate", Place(table.lines[index], expected="a new row", found=found)
            )

    def _report_width(self, index: int, width: int) -> None:
        code = "row.long" if width > self._width else "row.short"
        column = min(width, self._width) + 1
        place = Place(self._table.lines[index], column, count_of(self._width), count_of(width))
        self._findings.add(code, place)


def count_of(values: int) -> str:
    """`1 value`, `3 values`."""
    return "1 value" if values == 1 else f"{values:,} values"
