"""How much of all requests together may be in memory."""

from __future__ import annotations


class MemoryBudget:
    """Bytes in flight. Used from the event loop alone, so it needs no lock."""

    def __init__(self, total: int) -> None:
        self._total = total
        self.used = 0

    def has_room(self, size: int) -> bool:
        """Whether `size` more bytes would fit."""
        return self.used + size <= self._total

    def take(self, size: int) -> None:
        """Count bytes that are there. An answer is, whether it fits or not."""
        self.used += size

    def give_back(self, size: int) -> None:
        """Count bytes no longer."""
        self.used -= size
