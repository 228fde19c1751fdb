"""A report as JSON: the same object for the command line and the API.

Problems and columns hold shapes and counts. `first_rows` alone holds values, so that a person can
judge the reading; each is cut to 200 characters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from elqkit.table.dialects import Dialect, Evidence, name_of
from elqkit.table.limits import PREVIEW_CHARS, PREVIEW_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elqkit.table.columns import Column
    from elqkit.table.encodings import Encoding
    from elqkit.table.model import Table
    from elqkit.table.problems import Place, Problem
    from elqkit.table.report import Report

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def as_object(report: Report) -> dict[str, Json]:
    """The report as an object that `json` can write."""
    table = report.table
    return {
        "file": report.name,
        "size_bytes": report.size_bytes,
        "usable": report.is_usable,
        "rows": None if table is None else report.rows,
        "sheet": cut(table.sheet) if table is not None and table.sheet else None,
        "sheets": [] if table is None else [cut(name) for name in table.sheets],
        "encoding": None if table is None else _encoding(table.encoding),
        "dialect": None if table is None else _dialect(table),
        "problems": [_problem(problem, table) for problem in report.problems],
        "columns": [_column(column) for column in report.columns],
        "first_rows": [
            {"line": row.line, "values": _cut_all(row.values)} for row in report.first_rows
        ],
    }


def dumps(report: Report) -> str:
    """The report as a JSON document."""
    return json.dumps(as_object(report), ensure_ascii=False, indent=2)


def cut(value: str) -> str:
    """A value as far as it is shown; an ellipsis says that there is more."""
    return value if len(value) <= PREVIEW_CHARS else value[:PREVIEW_CHARS] + ELLIPSIS


def _cut_all(values: Iterable[str]) -> list[Json]:
    return [cut(value) for value, _ in zip(values, range(PREVIEW_COLUMNS), strict=False)]


def _encoding(encoding: Encoding) -> Json:
    return {
        "name": encoding.name,
        "label": encoding.label,
        "certain": encoding.is_certain,
        "how": encoding.how.value,
        "byte_order_mark": encoding.has_mark,
        "first_byte_not_utf8": encoding.bad_byte,
        "first_line_not_utf8": encoding.bad_line,
    }


def _dialect(table: Table) -> Json:
    dialect: Dialect = table.dialect
    return {
        "delimiter": dialect.name,
        "certain": dialect.is_certain,
        "chosen": dialect.is_chosen,
        "line_endings": dict(table.line_endings),
        "evidence": [_evidence(evidence) for evidence in dialect.evidence],
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "delimiter": name_of(evidence.delimiter),
        "columns": evidence.columns,
        "header_columns": evidence.header_columns,
        "agreeing_rows": evidence.agreeing_rows,
        "rows": evidence.rows,
        "score": round(evidence.score, 3),
    }


def _problem(problem: Problem, table: Table | None) -> Json:
    return {
        "code": problem.code,
        "severity": problem.cause.severity.value,
        "message": problem.cause.message,
        "hint": problem.cause.hint,
        "count": problem.count,
        "places": [_place(place, table) for place in problem.places],
    }


def _place(place: Place, table: Table | None) -> Json:
    name = None if table is None else table.name_of(place.column)
    return {
        "line": place.line,
        "column": place.column,
        "name": None if name is None else cut(name),
        "expected": place.expected,
        "found": place.found,
    }


def _column(column: Column) -> Json:
    return {
        "position": column.position,
        "name": cut(column.name),
        "filled": column.filled,
        "empty": column.empty,
        "distinct": column.distinct,
        "distinct_is_exact": column.is_distinct_exact,
        "longest": column.longest,
        "kinds": dict(column.kinds),
        "samples": list(column.samples),
    }
