"""The sentences that the page and the command line share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.dialects import WORDS
from elqkit.table.encodings import How
from elqkit.table.kinds import WORDS as KINDS
from elqkit.table.shapes import visible
from elqkit.text import DOT, Text, joined, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from elqkit.table.columns import Column
    from elqkit.table.dialects import Dialect
    from elqkit.table.encodings import Encoding
    from elqkit.table.problems import Place
    from elqkit.table.values import Rows

NAME_CHARS = 40


def counted(count: int, noun: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def encoding_words(encoding: Encoding) -> Text:
    """The encoding and what it was taken from."""
    label = encoding.label
    if encoding.how is How.ASSUMED:
        return _assumed_words(encoding)
    if encoding.how is How.WORKBOOK:
        return Text("a workbook's cells, as text")
    if encoding.how is not How.CHOSEN:
        mark = Text("{encoding} with a byte order mark", encoding=label)
        return mark if encoding.has_mark else plain(label)
    if encoding.has_mark:
        return Text("{encoding} with a byte order mark, as chosen", encoding=label)
    return Text("{encoding}, as chosen", encoding=label)


def _assumed_words(encoding: Encoding) -> Text:
    if encoding.bad_byte is None:
        return Text("{encoding}, assumed", encoding=encoding.label)
    return Text(
        "{encoding}, assumed: byte {byte} on line {line} is not UTF-8",
        encoding=encoding.label,
        byte=encoding.bad_byte,
        line=encoding.bad_line,
    )


def delimiter_words(dialect: Dialect) -> Text:
    """The delimiter and what speaks for it."""
    name = WORDS[dialect.name]
    if dialect.is_chosen:
        return Text("{delimiter}, as chosen", delimiter=name)
    evidence = next(one for one in dialect.evidence if one.delimiter == dialect.delimiter)
    if evidence.score == 0.0:
        return Text("none found: one column")
    found = Text(
        "{count} column in {agreeing} of the first {rows} lines",
        "{count} columns in {agreeing} of the first {rows} lines",
        count=evidence.columns,
        agreeing=evidence.agreeing_rows,
        rows=evidence.rows,
    )
    if dialect.is_certain:
        return joined([name, found])
    return Text("{delimiter}, unsure: {evidence}", delimiter=name, evidence=found)


def place_words(place: Place, rows: Rows | None) -> Text:
    """Where a problem is, what was expected and what was found."""
    where = []
    if place.line is not None:
        where.append(Text("line {line}", line=place.line))
    if place.column is not None:
        names = () if rows is None else rows.header[place.column - 1 : place.column]
        column = Text("column {column}", column=place.column)
        if names and names[0]:
            name = visible(names[0], NAME_CHARS)
            column = Text("{column} ({name})", column=column, name=name)
        where.append(column)
    what = []
    if place.expected:
        what.append(expected_words(place))
    if place.found:
        what.append(Text("found {found}", found=place.found))
    if where and what:
        return Text("{where}: {what}", where=joined(where), what=joined(what))
    return joined(where or what)


def expected_words(place: Place) -> Text:
    """What was expected."""
    return Text("expected {expected}", expected=place.expected)


def numbers(values: Iterable[int]) -> Text:
    """Numbers behind each other."""
    return joined(Text("{number}", number=value) for value in values)


def names(values: Iterable[str]) -> Text:
    """Names behind each other, cut and made fit to be shown."""
    return joined(visible(value, NAME_CHARS) for value in values)


def column_kind(column: Column) -> Text:
    """What most of a column's values look like, with the share of them."""
    if not column.kinds:
        return Text("empty")
    kind, count = column.kinds[0]
    if count == column.filled:
        return KINDS[kind]
    # Rounded down: 100 % is said only of all.
    return Text("{kind} {percent} %", kind=KINDS[kind], percent=100 * count // column.filled)


def samples(column: Column) -> Text:
    """The shapes of a column's first values."""
    return joined(column.samples, DOT)


_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_TIMES: tuple[tuple[float, Callable[[int], Text], int, int], ...] = (
    (8, lambda _: Text("a few seconds"), 1, 1),
    (55, lambda n: Text("about {count} second", "about {count} seconds", count=n), 1, 10),
    (90, lambda _: Text("about a minute"), 1, 1),
    (
        57 * _MINUTE_S,
        lambda n: Text("about {count} minute", "about {count} minutes", count=n),
        _MINUTE_S,
        1,
    ),
    (1.5 * _HOUR_S, lambda _: Text("about an hour"), 1, 1),
    (
        2 * _DAY_S,
        lambda n: Text("about {count} hour", "about {count} hours", count=n),
        _HOUR_S,
        1,
    ),
    (7 * _DAY_S, lambda n: Text("about {count} day", "about {count} days", count=n), _DAY_S, 1),
)
"""Up to how many seconds, in which words, seconds of the unit, and its steps."""


def about(seconds: float) -> Text:
    """A time as people say it, rounded more the longer it is."""
    for upto_s, words, unit_s, step in _TIMES:
        if seconds < upto_s:
            return words(round(seconds / unit_s / step) * step)
    return Text("more than a week")
