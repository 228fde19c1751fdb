"""A report as lines for a terminal. Names from the file have what cannot be seen written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.output.words import column_kind, counted, delimiter_words, encoding_words, place_words
from elqkit.table.limits import NAME_CHARS
from elqkit.table.shapes import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.table.columns import Column
    from elqkit.table.model import Table
    from elqkit.table.problems import Problem
    from elqkit.table.report import Report
    from elqkit.table.values import Rows

MAX_LINES = 5
"""The places of a problem that are listed; --json lists more."""
MAX_COLUMN_LINES = 50
NAME_WIDTH = 24


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    table = report.table
    yield report.name or "(no name)"
    if table is not None:
        sizes = ((report.rows, "row"), (len(table.header), "column"), (report.size_bytes, "byte"))
        yield f"  {', '.join(counted(count, noun) for count, noun in sizes)}"
        if table.sheet:
            yield f"  Sheet      {visible(table.sheet, NAME_CHARS)}{_others(table)}"
        yield f"  Encoding   {encoding_words(table.encoding)}"
        yield f"  Delimiter  {delimiter_words(table.dialect)}"
        yield f"  Lines end  {', '.join(table.line_endings) or 'nowhere'}"
    for problem in report.problems:
        yield ""
        yield from problem_lines(problem, table)
    if report.columns:
        yield ""
        yield "Columns"
        for column in report.columns[:MAX_COLUMN_LINES]:
            yield _column(column)
        if len(report.columns) > MAX_COLUMN_LINES:
            yield f"  and {len(report.columns) - MAX_COLUMN_LINES:,} more; --json shows them"
    yield ""
    yield "Nothing blocks this file." if report.is_usable else "This file can't be used yet."


def _others(table: Table) -> str:
    """The sheets that could be read instead."""
    others = [visible(name, NAME_CHARS) for name in table.sheets if name != table.sheet]
    return f"  (others: {', '.join(others)})" if others else ""


def problem_lines(problem: Problem, rows: Rows | None) -> Iterator[str]:
    """A cause with its first places and what to do."""
    word = "ERROR" if problem.blocks else "LOOK "
    count = f" ({problem.count:,} times)" if problem.count > 1 else ""
    yield f"{word}  {problem.cause.message}{count}"
    shown = problem.places[:MAX_LINES]
    for place in shown:
        words = place_words(place, rows)
        if words:
            yield f"       {words}"
    if problem.count > len(shown) > 0:
        yield f"       and {problem.count - len(shown):,} more"
    yield f"       {problem.cause.hint}  [{problem.code}]"


def _column(column: Column) -> str:
    name = visible(column.name, NAME_WIDTH)
    more = "" if column.is_distinct_exact else "+"
    return (
        f"  {column.position:>3}  {name:<{NAME_WIDTH}}  {column.filled:>7,} filled"
        f"  {column.distinct:>7,}{more} different  longest {column.longest:>5,}"
        f"  {column_kind(column)}"
    )
