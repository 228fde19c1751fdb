"""The lines of `mapy check`, for people and for logs: no value of a file stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.check.policy import Level
from mapy.output.table import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapy.check.judge import Outcome

_WORDS = {Level.FAIL: "FAIL", Level.WARN: "WARN"}


def lines(outcome: Outcome) -> Iterator[str]:
    """A file that does not pass without a word: its name, then a line a result.

    No line begins with the name, which could read like a command to the program that keeps the log.
    """
    name = shown(outcome.name)
    if outcome.error is not None:
        yield f"UNREAD  {name}: {outcome.error}"
    elif outcome.results:
        yield f"{'FAIL' if outcome.fails else 'WARN'}  {name}"
        for result in outcome.results:
            yield f"  {_WORDS[result.level]}  {result.rule}: {shown(result.sentence)}"


def ending(outcomes: Sequence[Outcome]) -> str:
    """The counts in a sentence."""
    unread = sum(outcome.error is not None for outcome in outcomes)
    failing = sum(outcome.fails for outcome in outcomes) - unread
    warning = sum(bool(outcome.results) for outcome in outcomes) - failing
    return (
        f"Files checked: {len(outcomes)}. Failing: {failing}. Passing with a warning: {warning}."
        f" Unreadable: {unread}."
    )
