"""What became of a run's rows: by cause, and row by row as a file to correct and send again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elqkit.output.codes import said
from elqkit.runs.outcomes import Outcome
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from elqkit.autosubmit.submissions import Submissions
    from elqkit.runs.ledger import Ledger

LEFT = (Outcome.REFUSED, Outcome.SKIPPED, Outcome.UNKNOWN, Outcome.PENDING)
"""The outcomes of rows that did not arrive, or not for certain."""
WORDS = {
    Outcome.PENDING: Text("left"),
    Outcome.IN_FLIGHT: Text("left"),
    Outcome.ACCEPTED: Text("accepted"),
    Outcome.REFUSED: Text("refused"),
    Outcome.SKIPPED: Text("left out"),
    Outcome.UNKNOWN: Text("unknown"),
}
"""Each outcome as people read it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that became the same for the same cause."""

    outcome: Outcome
    code: str
    rows: tuple[int, ...]
    """From 0, in the order of the file."""

    @property
    def words(self) -> str:
        """The cause in a sentence."""
        return said(self.code).message if self.code else ""


def groups_of(ledger: Ledger) -> tuple[Group, ...]:
    """All rows but those simply accepted, by outcome and cause; the largest groups first."""
    found: dict[tuple[Outcome, str], list[int]] = {}
    for row in range(len(ledger)):
        key = ledger.outcome(row), ledger.code(row)
        if key != (Outcome.ACCEPTED, ""):
            found.setdefault(key, []).append(row)
    groups = (Group(outcome, code, tuple(rows)) for (outcome, code), rows in found.items())
    return tuple(sorted(groups, key=lambda each: (each.outcome, -len(each.rows))))


def reasons_of(
    ledger: Ledger,
    submissions: Submissions,
    outcomes: Iterable[Outcome] = LEFT,
    detail: Callable[[int], str] = lambda _: "",
) -> dict[int, Text]:
    """Why each row of some outcomes is where it is, for the second column of a file of them.

    The arguments are those of `places_of`.
    """
    places = places_of(ledger, submissions, outcomes, detail)
    return {
        row: reason_of(ledger.outcome(row), ledger.code(row), place)
        for row, place in places.items()
    }


def reason_of(outcome: Outcome, code: str, place: str) -> Text:
    """Why a row is where it is: its outcome, the cause with its place, and the cause's code."""
    if not code:
        return WORDS[outcome]
    words = {"outcome": WORDS[outcome], "cause": Text(said(code).message), "code": code}
    if place:
        return Text("{outcome}: {cause} {place} [{code}]", place=place, **words)
    return Text("{outcome}: {cause} [{code}]", **words)


def places_of(
    ledger: Ledger,
    submissions: Submissions,
    outcomes: Iterable[Outcome] = LEFT,
    detail: Callable[[int], str] = lambda _: "",
) -> dict[int, str]:
    """What of each row of some outcomes is to blame: a column, or what Eloqua says of it.

    Args:
        ledger: what became of the rows.
        submissions: the rows, and what was wrong with them before anything was sent.
        outcomes: which rows are wanted.
        detail: Eloqua's own words on a row.
    """
    wanted = set(outcomes)
    faults = submissions.report.faults.by_row()
    header = submissions.rows.header
    names = {match.field.id: match.field.name for match in submissions.mapping.matches}
    places: dict[int, str] = {}
    for row in range(len(ledger)):
        outcome, code = ledger.outcome(row), ledger.code(row)
        if outcome not in wanted:
            continue
        columns = [header[fault.column - 1] for fault in faults.get(row, ()) if fault.code == code]
        places[row] = f"({columns[0]})" if columns else _named(detail(row), names)
    return places


def _named(words: str, names: dict[str, str]) -> str:
    """Eloqua's words with a field's name in place of its id."""
    id_, colon, rest = words.partition(":")
    return f"{names[id_]}{colon}{rest}" if colon and id_ in names else words
