"""What each rule looks for, in words that hold nothing of any file. The only words a log gets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Mapping

INCOMPLETE = "file.incomplete"
"""The rule of a file that could not be read to its end: what is there nobody knows."""


class Described(NamedTuple):
    """A rule for a reader of a report."""

    name: str
    subject: str
    weight: Weight
    """The highest that a finding of it may have."""
    summary: str
    why: str
    removal: str


@cache
def described() -> Mapping[str, Described]:
    """Every rule that can give a result, by name."""
    from mapy.explain.rule import REMOVALS  # noqa: PLC0415 - reading a policy may do without it
    from mapy.explain.rules import RULES  # noqa: PLC0415 - as above

    rows = [
        Described(
            rule.name,
            rule.subject.value,
            rule.weights[0],
            rule.summary,
            str(rule.why),
            str(rule.removal or REMOVALS[rule.subject]),
        )
        for rule in RULES
    ]
    return {row.name: row for row in (*rows, _UNREAD_PLACES)}


_UNREAD_PLACES = Described(
    INCOMPLETE,
    "file",
    Weight.LOOK,
    "Some places of the file could not be read.",
    "What stands there may give something away, and cannot be checked.",
    "Save the picture anew with a program that can open it, or look at it with mapy show.",
)
