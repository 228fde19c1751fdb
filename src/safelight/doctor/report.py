"""What was found, for a person or for a program."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, TypeAlias

from safelight import __version__
from safelight.doctor.checks import CHECKS
from safelight.doctor.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.api import Json
    from safelight.doctor.model import Check, Finding
    from safelight.doctor.patient import Patient

Results: TypeAlias = "list[tuple[Check, Finding]]"
WIDTH = 100
MARKS = {State.OK: "ok", State.SHORT: "SHORT", State.NOT_APPLICABLE: "n/a"}
MARK_WIDTH = max(map(len, MARKS.values())) + 2
NAME_WIDTH = max(len(check.name) for check in CHECKS) + 2


def examine(patient: Patient) -> Results:
    """What each check finds."""
    return [(check, check.look(patient)) for check in CHECKS]


def shortfalls(results: Results) -> int:
    """How many lines of the checklist do not hold."""
    return sum(finding.state is State.SHORT for _, finding in results)


def as_text(results: Results) -> str:
    """A line or more a check, and a last one that sums up."""
    lines = [line for check, finding in results for line in _lines(check, finding)]
    counts = {state: sum(finding.state is state for _, finding in results) for state in State}
    short = counts[State.SHORT]
    lines.append("")
    lines.append(
        f"{'Falls short' if short else 'All is well'}: {counts[State.OK]} ok,"
        f" {short} short, {counts[State.NOT_APPLICABLE]} not applicable."
    )
    return "\n".join(lines)


def _lines(check: Check, finding: Finding) -> Iterable[str]:
    first = f"{MARKS[finding.state]:{MARK_WIDTH}}{check.name:{NAME_WIDTH}}"
    for text in filter(None, (finding.sentence, finding.mend)):
        yield from textwrap.wrap(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=" " * len(first),
            break_long_words=False,
            break_on_hyphens=False,
        )
        first = " " * len(first)


def as_json(results: Results, url: str) -> str:
    """One object: whether all is well, and each check."""
    checks: list[Json] = [
        {
            "name": check.name,
            "title": check.title,
            "state": finding.state.value,
            "found": finding.sentence,
            "mend": finding.mend,
        }
        for check, finding in results
    ]
    said: dict[str, Json] = {
        "version": __version__,
        "url": url,
        "ok": not shortfalls(results),
        "checks": checks,
    }
    return json.dumps(said, indent=2, ensure_ascii=False)
