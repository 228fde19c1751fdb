"""JUnit's XML, which build servers show: a test case a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.check.policy import Level
from mapy.output.escaping import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapy.check.judge import Outcome


def pieces(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """One suite. A failure is a finding that fails, an error a file that could not be read."""
    errors = sum(outcome.error is not None for outcome in outcomes)
    failures = sum(outcome.fails for outcome in outcomes) - errors
    counts = f'tests="{len(outcomes)}" failures="{failures}" errors="{errors}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites {counts}>\n<testsuite name="mapy check" {counts} skipped="0">\n'
    for outcome in outcomes:
        yield _case(outcome)
    yield "</testsuite>\n</testsuites>\n"


def _case(outcome: Outcome) -> str:
    """A file: no child if it passes; warnings are what it printed."""
    children = []
    if outcome.error is not None:
        children.append(_child("error", outcome.error.code, str(outcome.error)))
    failing = [each for each in outcome.results if each.level is Level.FAIL]
    if failing:
        rules = ", ".join(dict.fromkeys(each.rule for each in failing))
        children.append(_child("failure", rules, _lines(each.sentence for each in failing)))
    warnings = [each for each in outcome.results if each not in failing]
    if warnings:
        lines = _lines(f"{each.rule}: {each.sentence}" for each in warnings)
        children.append(f"<system-out>{markup(lines)}</system-out>")
    name = markup(outcome.name)
    return f'<testcase classname="mapy.check" name="{name}">{"".join(children)}</testcase>\n'


def _lines(sentences: Iterable[str]) -> str:
    return "\n".join(sentences)


def _child(element: str, kind: str, text: str) -> str:
    first = text.partition("\n")[0]
    return f'<{element} type="{markup(kind)}" message="{markup(first)}">{markup(text)}</{element}>'
