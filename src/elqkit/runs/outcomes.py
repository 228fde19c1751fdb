"""What can become of a row, and the counts that have to balance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome(IntEnum):
    """Where a row is. The numbers are those of the ledger's memory."""

    PENDING = 0
    """Still to be sent."""
    IN_FLIGHT = 1
    """Being sent now."""
    ACCEPTED = 2
    REFUSED = 3
    """The far side said no: the row was not taken, and would not be as it is."""
    SKIPPED = 4
    """Left out on purpose, before anything was sent."""
    UNKNOWN = 5
    """Sent, and no answer that tells: it may have arrived."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing more happens to the row by itself."""
        return self > Outcome.IN_FLIGHT


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows became what."""

    read: int
    """The rows of the file, counted where it was read."""
    accepted: int = 0
    refused: int = 0
    skipped: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, read: int, counted: Mapping[Outcome, int]) -> Counts:
        """The counts from how often each outcome stands in the ledger."""
        return cls(
            read,
            counted[Outcome.ACCEPTED],
            counted[Outcome.REFUSED],
            counted[Outcome.SKIPPED],
            counted[Outcome.UNKNOWN],
        )

    @property
    def settled(self) -> int:
        """Rows that have an outcome."""
        return self.accepted + self.refused + self.skipped + self.unknown

    @property
    def left(self) -> int:
        """Rows without an outcome yet."""
        return self.read - self.settled

    @property
    def is_complete(self) -> bool:
        """Whether every row read has exactly one outcome. Only then may a run say complete."""
        return self.left == 0
