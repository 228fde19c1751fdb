"""When a picture was taken and what happened to it since: every moment that the file tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.clock import Role, moment_text, offset_text
from mapy.explain.timeline import Standing
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.explain.facts import Facts
    from mapy.explain.timeline import Entry
    from mapy.web.listing import Evidence, Listing

ROLES = {
    Role.TAKEN: Text("Taken"),
    Role.DIGITISED: Text("Digitised or created"),
    Role.MODIFIED: Text("Last saved"),
    Role.DESCRIBED: Text("Description changed"),
    Role.SATELLITE: Text("Satellites' time"),
}
STANDINGS = {
    Standing.CLAIMED: Text("claimed"),
    Standing.SIGNED: Text("signed, not validated"),
    Standing.VALIDATED: Text("validated"),
}
_NO_ZONE = Text("no time zone")


class Clock(NamedTuple):
    """A moment as the file tells it."""

    role: Text
    moment: str
    zone: Text | str
    evidence: tuple[Evidence, ...]


class Step(NamedTuple):
    """A step of the history."""

    moment: str
    what: Text
    software: str
    standing: Text
    is_signed: bool
    evidence: tuple[Evidence, ...]


def clocks(facts: Facts, listing: Listing) -> tuple[Clock, ...]:
    """Every moment, the most trusted of its kind first."""
    return tuple(
        Clock(
            ROLES[claim.role],
            moment_text(claim.local),
            _NO_ZONE if claim.offset is None else offset_text(claim.offset),
            listing.evidence(claim.evidence),
        )
        for claim in facts.claims
    )


def steps(facts: Facts, listing: Listing) -> tuple[Step, ...]:
    """The history, in its order where the file tells moments."""
    return tuple(_step(entry, listing) for entry in facts.timeline)


def _step(entry: Entry, listing: Listing) -> Step:
    when = entry.when
    moment = ""
    if when is not None:
        offset = when.utcoffset()
        moment = moment_text(when) + (f" {offset_text(offset)}" if offset is not None else "")
    return Step(
        moment,
        entry.what,
        entry.software,
        STANDINGS[entry.standing],
        entry.standing is not Standing.CLAIMED,
        listing.evidence(entry.evidence),
    )
