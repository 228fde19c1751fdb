"""What became of one row, as far as the answer tells."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from elqkit.errors import Fault


class Outcome(Enum):
    """What became of a row. Every send ends as one of these, or as an error that says: not sent."""

    ACCEPTED = "accepted"
    REDIRECTED = "redirected"
    """Accepted; the form then leads to another page."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Sent; it may be stored or not. Sent again, it might be stored twice."""

    @property
    def is_accepted(self) -> bool:
        """Whether Eloqua took the row."""
        return self in (Outcome.ACCEPTED, Outcome.REDIRECTED)


class Receipt(NamedTuple):
    """The outcome of one send. Holds nothing of the row."""

    outcome: Outcome
    code: str = ""
    """Why, if it was not simply accepted: a row of the client's reference."""
    status: int | None = None
    location: str = ""
    """Where a redirect leads, without its query."""
    submission_id: str = ""
    """Eloqua's name of the stored row, from REST."""
    faults: tuple[Fault, ...] = ()
    seen: tuple[str, ...] = ()
    """The form's own messages that the answer shows."""
