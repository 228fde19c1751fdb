"""What stops a run before or while it sends. None holds anything of a row."""

from __future__ import annotations

from elqkit.errors import ElqError


class LedgerInUse(ElqError):  # noqa: N818 - a state, read as a claim
    """Another process works with this ledger: two of them would send rows twice."""

    def __init__(self) -> None:
        super().__init__("ledger.in-use")


class LedgerDamaged(ElqError):  # noqa: N818 - as above
    """A line of the ledger, and not its last, is not as it was written. Nothing is guessed."""

    def __init__(self, line: int) -> None:
        super().__init__("ledger.damaged")
        self.line = line
        """From 1."""


class LedgerFailed(ElqError):  # noqa: N818 - as above
    """The ledger cannot be written any more: the disk is full, or gone. Nothing more is sent."""

    def __init__(self) -> None:
        super().__init__("ledger.failed")


class LedgerMisused(ElqError):  # noqa: N818 - as above
    """A row may not become what was asked for: an accepted one is never sent again."""

    def __init__(self, row: int) -> None:
        super().__init__("ledger.misused")
        self.row = row


class PlanChanged(ElqError):  # noqa: N818 - as above
    """This file was begun with other columns mapped or read in another way."""

    def __init__(self) -> None:
        super().__init__("plan.changed")
