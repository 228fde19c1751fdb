"""After a run: what Eloqua really has, beside what its answers said.

The public endpoint answers a row taken for spam like one that was stored, and a lost answer says
nothing. Who is signed in can look: stored rows are found by their correlation id, by Eloqua's own
number, or, where rows carried neither, by their values.

    before = known_ids(eloqua, form.id, started)      # just before the run
    found = reconcile(eloqua, form.id, ledger, submissions, since=started, before=before)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from elqkit.errors import Refused
from elqkit.runs.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from elqkit.autosubmit.submissions import Submission, Submissions
    from elqkit.eloqua.client import Eloqua
    from elqkit.eloqua.models import Submission as Stored
    from elqkit.runs.ledger import Ledger

MARGIN_S = 600
"""How far our clock and Eloqua's may differ."""
FOUND, SPAM = "eloqua.found", "eloqua.spam"
_Values: TypeAlias = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What looking at Eloqua has shown. Rows are numbered from 0."""

    seen: int
    """Accepted rows that are stored."""
    missing: tuple[int, ...]
    """Accepted rows that are not among those that Eloqua shows; it may show them later."""
    found: tuple[int, ...]
    """Rows of unknown outcome that are stored: accepted now."""
    spam: tuple[int, ...]
    """Rows that were taken for spam: refused now."""
    has_spam_list: bool = True
    """Whether Eloqua shows what it takes for spam."""


@dataclass(slots=True)
class _Shelf:
    """Stored rows that no row of ours was matched with yet."""

    by_correlation: dict[str, Stored] = field(default_factory=dict)
    by_number: dict[str, Stored] = field(default_factory=dict)
    by_values: defaultdict[_Values, list[Stored]] = field(default_factory=lambda: defaultdict(list))
    taken: set[str] = field(default_factory=set)

    def put(self, stored: Stored, fields: Collection[str]) -> None:
        if stored.correlation_id:
            self.by_correlation[stored.correlation_id] = stored
        for number in (stored.id, stored.row_id):
            if number:
                self.by_number[number] = stored
        pairs = ((id_, value) for id_, value in stored.values.items() if id_ in fields and value)
        self.by_values[frozenset(pairs)].append(stored)

    def take(self, correlation_id: str, far_id: str, values: _Values | None) -> Stored | None:
        """The stored row that is ours; each is given once."""
        candidates: list[Stored | None] = [
            self.by_correlation.get(correlation_id),
            self.by_number.get(far_id),
            *(self.by_values.get(values, ()) if values is not None else ()),
        ]
        for stored in candidates:
            if stored is not None and stored.id not in self.taken:
                self.taken.add(stored.id)
                return stored
        return None


def known_ids(eloqua: Eloqua, form_id: str, since: int) -> frozenset[str]:
    """Eloqua's numbers of rows that are there already: never taken for a run's own.

    Raises:
        EloquaError: the user may not see what a form has stored.
    """
    return frozenset(each.id for each in eloqua.submissions(form_id, since=since - MARGIN_S))


def reconcile(
    eloqua: Eloqua,
    form_id: str,
    ledger: Ledger,
    submissions: Submissions,
    *,
    since: int,
    before: Collection[str] = frozenset(),
) -> Reconciled:
    """Look up every accepted and unknown row, and correct the ledger by what is there.

    Args:
        eloqua: signed in, with the permission to see submissions.
        form_id: the form.
        ledger: of a run that is over.
        submissions: its rows.
        since: when it began, in seconds since 1970.
        before: numbers that were there before it; see `known_ids`.

    Raises:
        EloquaError: the user may not see what a form has stored.
    """
    fields = _fields(submissions)
    shelf = _shelf(eloqua.submissions(form_id, since=since - MARGIN_S), before, fields)
    accepted, unknown = ledger.rows(Outcome.ACCEPTED), ledger.rows(Outcome.UNKNOWN)
    # What carries a name of ours goes first, so that nothing else is given its place by its values.
    missing = _left(shelf, ledger, submissions, accepted, by_values=False)
    missing = _left(shelf, ledger, submissions, missing, by_values=True)
    still = _left(shelf, ledger, submissions, unknown, by_values=False)
    still = _left(shelf, ledger, submissions, still, by_values=True)
    found = tuple(row for row in unknown if row not in set(still))
    for row in found:
        ledger.settle(row, Outcome.ACCEPTED, FOUND)
    spam, has_list = _spam(eloqua, form_id, submissions, missing, since)
    for row in spam:
        ledger.correct(row, SPAM)
    lost = tuple(row for row in missing if row not in set(spam))
    return Reconciled(len(accepted) - len(missing), lost, found, spam, has_list)


def undo(eloqua: Eloqua, form_id: str, ledger: Ledger, rows: Iterable[int]) -> tuple[int, ...]:
    """Take stored rows back by Eloqua's numbers; return the rows that had none and so stay.

    What their processing steps have done stays, too. The ledger says of each that it was undone.

    Raises:
        EloquaError: Eloqua does not allow it; rows before this one are undone.
    """
    without = []
    for row in rows:
        if not (far_id := ledger.far_id(row)):
            without.append(row)
            continue
        eloqua.delete_submission(form_id, far_id)
        ledger.correct(row, "eloqua.undone")
    return tuple(without)


def _left(
    shelf: _Shelf, ledger: Ledger, submissions: Submissions, rows: Iterable[int], *, by_values: bool
) -> list[int]:
    """The rows that are not on the shelf."""
    return [
        row
        for row in rows
        if shelf.take(
            ledger.correlation_id(row),
            ledger.far_id(row),
            _values(submissions[row]) if by_values else None,
        )
        is None
    ]


def _spam(
    eloqua: Eloqua, form_id: str, submissions: Submissions, rows: Iterable[int], since: int
) -> tuple[tuple[int, ...], bool]:
    """The rows that were taken for spam; they carry no name of ours."""
    fields = _fields(submissions)
    try:
        shelf = _shelf(eloqua.spam(form_id, since=since - MARGIN_S), (), fields)
    except Refused:
        return (), False
    taken = (row for row in rows if shelf.take("", "", _values(submissions[row])) is not None)
    return tuple(taken), True


def _shelf(stored: Iterable[Stored], before: Collection[str], fields: Collection[str]) -> _Shelf:
    shelf = _Shelf()
    for each in stored:
        if each.id not in before:
            shelf.put(each, fields)
    return shelf


def _fields(submissions: Submissions) -> frozenset[str]:
    mapping = submissions.mapping
    columns = (match.field.id for match in mapping.matches)
    return frozenset((*columns, *(each.field.id for each in mapping.constants)))


def _values(submission: Submission) -> _Values:
    return frozenset(submission.by_id)
