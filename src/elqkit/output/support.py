"""What may be shown to others to get help: shapes, counts and codes. No name, no value, no address.

Names of files, columns, forms and fields may tell of people and of plans, so they are shapes too.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
import json
import platform
from typing import TYPE_CHECKING

from elqkit.autosubmit.results import groups_of
from elqkit.autosubmit.side_effects import notices, side_effects
from elqkit.table.shapes import shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elqkit.autosubmit.preparing import Prepared
    from elqkit.eloqua.models import Form
    from elqkit.output.json import Json
    from elqkit.runs.ledger import Ledger
    from elqkit.table.problems import Problem
    from elqkit.table.report import Report

DISTRIBUTION = "safelight"


def support(
    report: Report,
    prepared: Prepared | None = None,
    ledger: Ledger | None = None,
    settings: Iterable[str] = (),
) -> dict[str, Json]:
    """All that is known, without anything of anybody.

    Args:
        report: of the file.
        prepared: the file on its way to a form.
        ledger: of its run.
        settings: the names of the settings that are set.
    """
    found: dict[str, Json] = {
        "versions": {
            DISTRIBUTION: _version(),
            "python": platform.python_version(),
            "system": platform.system(),
        },
        "settings": [*sorted(settings)],
        "file": _file(report),
        "problems": [_problem(problem) for problem in report.problems],
    }
    if prepared is not None:
        mapping = prepared.mapping
        found["form"] = _form(prepared.form)
        found["mapping"] = {
            "columns": [{"column": each.column, "why": each.why.name} for each in mapping.matches],
            "constants": len(mapping.constants),
            "ignored": list(mapping.ignored),
            "missing": len(mapping.missing),
        }
        if prepared.submissions is not None:
            problems = prepared.submissions.report.problems
            found["value_problems"] = [_problem(problem) for problem in problems]
    if ledger is not None:
        found["run"] = [
            {"outcome": group.outcome.name, "code": group.code, "rows": len(group.rows)}
            for group in groups_of(ledger)
        ]
    return found


def dumps(found: dict[str, Json]) -> bytes:
    """The same as a document."""
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def _version() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # run from its source, not installed
        return "?"


def _file(report: Report) -> Json:
    table = report.table
    found: dict[str, Json] = {"size_bytes": report.size_bytes, "rows": report.rows}
    if table is not None:
        found |= {
            "encoding": table.encoding.name,
            "encoding_how": table.encoding.how.value,
            "delimiter": table.dialect.name,
            "line_endings": dict(table.line_endings),
            "columns": [
                {
                    "name": shape(column.name),
                    "filled": column.filled,
                    "empty": column.empty,
                    "distinct": column.distinct,
                    "longest": column.longest,
                    "kinds": dict(column.kinds),
                    "samples": list(column.samples),
                }
                for column in report.columns
            ],
        }
    return found


def _problem(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "count": problem.count,
        "places": [
            {
                "line": place.line,
                "column": place.column,
                "expected": place.expected,
                "found": place.found,
            }
            for place in problem.places
        ],
    }


def _form(form: Form) -> Json:
    return {
        "is_read": bool(form.id),
        "fields": [
            {
                "data_type": each.data_type,
                "display_type": each.display_type,
                "has_default": bool(each.default),
                "has_option_list": bool(each.option_list_id),
                "rules": [
                    {"type": rule.condition, "minimum": rule.minimum, "maximum": rule.maximum}
                    for rule in each.validations
                ],
            }
            for each in form.fields
        ],
        "steps": [{"type": step.type, "execute": step.execute} for step in form.steps],
        "effects": [effect.effect.name for effect in side_effects(form)],
        "notices": [notice.name for notice in notices(form, is_public=True)],
    }
