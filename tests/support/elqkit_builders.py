"""Small CSV files for the tests, and short ways to ask what was found in them."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Literal

import elqkit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from elqkit import Problem, ReadOptions, Report


def written(
    rows: Iterable[Sequence[str]],
    delimiter: str = ",",
    ending: str = "\r\n",
    *,
    is_all_quoted: bool = True,
) -> str:
    """Rows as Python's own writer puts them down."""
    target = StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if is_all_quoted else csv.QUOTE_MINIMAL
    csv.writer(target, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(rows)
    return target.getvalue()


def checked(content: str | bytes, options: ReadOptions | None = None) -> Report:
    """The report of a file with a good name; text is written in UTF-8."""
    as_bytes = content.encode() if isinstance(content, str) else content
    return elqkit.check_file(as_bytes, "people.csv", options)


def codes(report: Report) -> list[str]:
    """The codes of all that was found."""
    return [problem.code for problem in report.problems]


def the_problem(report: Report, code: str) -> Problem:
    """The one problem of a code."""
    (problem,) = (problem for problem in report.problems if problem.code == code)
    return problem


def places(report: Report, code: str) -> list[tuple[int | None, int | None]]:
    """Line and column of each place of a problem."""
    return [(place.line, place.column) for place in the_problem(report, code).places]
