"""Rows as a file again: the same columns, and two that say which line it was and why.

UTF-8 with its mark, so that spreadsheet programs read it right too; every value in quotes, so that
what is in it stays what it is (RFC 4180).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from elqkit.table.formulas import guarded
from elqkit.table.model import BLOCK_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from elqkit.table.values import Rows

LINE_COLUMN, REASON_COLUMN = "ElqKit line", "ElqKit reason"
"""The two columns that are added. No mapping sends them."""
ADDED_COLUMNS = frozenset({LINE_COLUMN, REASON_COLUMN})
_MARK = "\ufeff"


def write_rows(
    rows: Rows, reasons: Mapping[int, str], *, delimiter: str = ",", is_formula_safe: bool
) -> Iterator[bytes]:
    """A CSV file of some rows, in pieces: a header, then each row with its line and its reason.

    With `is_formula_safe`, a quote mark stands before what a spreadsheet program would run: for
    people to open. Without, the values are exactly those of the file: for programs, and to send
    again. The two columns of an earlier file of this kind are replaced.
    """

    def line(values: Sequence[str]) -> str:
        *own, number, reason = values
        shown = map(guarded, own) if is_formula_safe else own
        quoted = (value.replace('"', '""') for value in (*shown, number, reason))
        return '"' + f'"{delimiter}"'.join(quoted) + '"\r\n'

    texts = map(line, rows_with_reasons(rows, reasons))
    yield (_MARK + next(texts)).encode()
    while block := "".join(islice(texts, BLOCK_ROWS)):
        yield block.encode()


def rows_with_reasons(rows: Rows, reasons: Mapping[int, str]) -> Iterator[list[str]]:
    """The header, then some rows, each with its line and its reason, exactly as they are.

    The two columns of an earlier file of this kind are replaced.
    """
    width = len(rows.header)
    kept = [at for at, name in enumerate(rows.header) if name not in ADDED_COLUMNS]
    yield [*(rows.header[at] for at in kept), LINE_COLUMN, REASON_COLUMN]
    numbers = list(reasons)
    for first in range(0, len(numbers), BLOCK_ROWS):
        block = numbers[first : first + BLOCK_ROWS]
        for row, values in zip(block, rows.values_of(block), strict=True):
            whole = [*values, *[""] * (width - len(values))]
            own = [whole[at] for at in kept] + whole[width:]
            yield [*own, str(rows.lines[row]), reasons[row]]
