"""What may happen to a row, and how a journal tells of it.

A record is one event or more, `;` between them: `s 17`, `a 17 #900`, `r 18 eloqua.bad-row`. Those
of one record happened together: a journal has all of them or none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from elqkit.runs.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

PENDING, IN_FLIGHT, UNKNOWN = Outcome.PENDING, Outcome.IN_FLIGHT, Outcome.UNKNOWN
MAX_FAR_ID_CHARS = 40

_FAR_ID = re.compile(rf"[0-9A-Za-z-]{{1,{MAX_FAR_ID_CHARS}}}")
_EVENT = re.compile(
    r"(?P<letter>[a-z]) (?P<row>[0-9]{1,9})(?: (?P<code>[a-z0-9.-]{1,64}))?"
    rf"(?: #(?P<far_id>{_FAR_ID.pattern}))?"
)


class Event(NamedTuple):
    """One thing that may happen to a row."""

    before: frozenset[Outcome]
    after: Outcome


# In flight stands beside unknown where a journal is read back: its run died there.
EVENTS = {
    "s": Event(frozenset({PENDING}), IN_FLIGHT),  # sent: a second time would be a second row
    "i": Event(frozenset({PENDING, IN_FLIGHT, UNKNOWN}), IN_FLIGHT),  # sent, known by its id
    "n": Event(frozenset({IN_FLIGHT}), PENDING),  # it certainly did not arrive
    "a": Event(frozenset({IN_FLIGHT, UNKNOWN}), Outcome.ACCEPTED),
    "r": Event(frozenset({IN_FLIGHT, UNKNOWN}), Outcome.REFUSED),
    "u": Event(frozenset({IN_FLIGHT}), UNKNOWN),
    "k": Event(frozenset({PENDING}), Outcome.SKIPPED),
    "c": Event(frozenset({IN_FLIGHT, UNKNOWN}), PENDING),  # consent to send it again
    "x": Event(frozenset({Outcome.ACCEPTED}), Outcome.REFUSED),  # found not to be kept after all
}
LETTERS = {
    Outcome.ACCEPTED: "a",
    Outcome.REFUSED: "r",
    Outcome.SKIPPED: "k",
    Outcome.UNKNOWN: "u",
}


class Entry(NamedTuple):
    """An event of one row."""

    letter: str
    """A key of `EVENTS`."""
    row: int
    code: str = ""
    far_id: str = ""
    """The far side's name of the row; of a row about to be sent, the number of its batch."""


def record_of(entries: Iterable[Entry]) -> bytes:
    """Events as the journal keeps them. A far id of another form is left out."""
    return ";".join(map(_told, entries)).encode("ascii")


def entries_of(record: bytes) -> list[Entry] | None:
    """The events of a record; None where it is none."""
    entries = []
    for told in record.decode("ascii", "replace").split(";"):
        event = _EVENT.fullmatch(told)
        if event is None or event["letter"] not in EVENTS:
            return None
        if event["letter"] == "i" and event["far_id"] and not event["far_id"].isdecimal():
            return None
        entries.append(
            Entry(event["letter"], int(event["row"]), event["code"] or "", event["far_id"] or "")
        )
    return entries


def _told(entry: Entry) -> str:
    code = f" {entry.code}" if entry.code else ""
    far_id = f" #{entry.far_id}" if _FAR_ID.fullmatch(entry.far_id) else ""
    return f"{entry.letter} {entry.row}{code}{far_id}"
