"""The sentences that the page and the command line share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.encodings import How
from elqkit.table.shapes import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from elqkit.table.columns import Column
    from elqkit.table.dialects import Dialect
    from elqkit.table.encodings import Encoding
    from elqkit.table.problems import Place
    from elqkit.table.values import Rows

NAME_CHARS = 40


def counted(count: int, noun: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def encoding_words(encoding: Encoding) -> str:
    """The encoding and what it was taken from."""
    if encoding.how is How.ASSUMED:
        where = (
            ""
            if encoding.bad_byte is None
            else (f": byte {encoding.bad_byte:,} on line {encoding.bad_line:,} is not UTF-8")
        )
        return f"{encoding.label}, assumed{where}"
    if encoding.how is How.WORKBOOK:
        return "a workbook's cells, as text"
    mark = " with a byte order mark" if encoding.has_mark else ""
    chosen = ", as chosen" if encoding.how is How.CHOSEN else ""
    return f"{encoding.label}{mark}{chosen}"


def delimiter_words(dialect: Dialect) -> str:
    """The delimiter and what speaks for it."""
    if dialect.is_chosen:
        return f"{dialect.name}, as chosen"
    evidence = next(one for one in dialect.evidence if one.delimiter == dialect.delimiter)
    if evidence.score == 0.0:
        return "none found: one column"
    sure = "" if dialect.is_certain else "unsure: "
    return (
        f"{dialect.name}, {sure}{evidence.columns} columns in {evidence.agreeing_rows} of the "
        f"first {evidence.rows} lines"
    )


def place_words(place: Place, rows: Rows | None) -> str:
    """Where a problem is, what was expected and what was found."""
    where = []
    if place.line is not None:
        where.append(f"line {place.line:,}")
    if place.column is not None:
        names = () if rows is None else rows.header[place.column - 1 : place.column]
        named = f" ({visible(names[0], NAME_CHARS)})" if names and names[0] else ""
        where.append(f"column {place.column:,}{named}")
    what = []
    if place.expected:
        what.append(f"expected {place.expected}")
    if place.found:
        what.append(f"found {place.found}")
    return ": ".join(part for part in (", ".join(where), ", ".join(what)) if part)


def column_kind(column: Column) -> str:
    """What most of a column's values look like, with the share of them."""
    if not column.kinds:
        return "empty"
    kind, count = column.kinds[0]
    if count == column.filled:
        return kind
    # Rounded down: 100 % is said only of all.
    return f"{kind} {100 * count // column.filled} %"


_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_TIMES = (
    (8, "a few seconds", 1, 1),
    (55, "about {} seconds", 1, 10),
    (90, "about a minute", 1, 1),
    (57 * _MINUTE_S, "about {} minutes", _MINUTE_S, 1),
    (1.5 * _HOUR_S, "about an hour", 1, 1),
    (2 * _DAY_S, "about {} hours", _HOUR_S, 1),
    (7 * _DAY_S, "about {} days", _DAY_S, 1),
)
"""Up to how many seconds, in which words, seconds of the unit, and its steps."""


def about(seconds: float, say: Callable[[str], str] = str) -> str:
    """A time as people say it, rounded more the longer it is.

    Args:
        seconds: how long it is.
        say: puts a sentence, with its `{}`, into the reader's language.
    """
    for upto_s, words, unit_s, step in _TIMES:
        if seconds < upto_s:
            return say(words).format(round(seconds / unit_s / step) * step)
    return say("more than a week")
