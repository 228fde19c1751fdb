"""The dry run: what would be sent, counted, and three rows exactly as they would go. No connection.

The payloads hold people's values: they are for the person who has the file, and for no log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from elqkit.autosubmit.submissions import Submissions

PAYLOADS = 3


@dataclass(frozen=True, slots=True)
class Payload:
    """One row as it would go out."""

    line: int
    fields: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a run would do."""

    read: int
    """Rows of the file."""
    would_send: int
    would_skip: int
    skipped: dict[str, int]
    """How many rows would be left out for what: codes of causes."""
    payloads: tuple[Payload, ...]
    """The first rows that would be sent."""
    ignored: tuple[str, ...]
    """The columns that are not sent, by name."""


def rehearse(submissions: Submissions) -> Rehearsal:
    """Count and show; nothing is sent, written or changed."""
    skipped = submissions.skipped()
    reasons: dict[str, int] = {}
    for code in skipped.values():
        reasons[code] = reasons.get(code, 0) + 1
    rows = (row for row in range(len(submissions)) if row not in skipped)
    first = (submissions[row] for row in islice(rows, PAYLOADS))
    mapping = submissions.mapping
    return Rehearsal(
        read=len(submissions),
        would_send=len(submissions) - len(skipped),
        would_skip=len(skipped),
        skipped=reasons,
        payloads=tuple(Payload(each.line, each.by_name) for each in first),
        ignored=tuple(mapping.header[column - 1] for column in mapping.ignored),
    )
