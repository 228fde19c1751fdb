"""How far a run is, how fast, and how long it will take: a number only where there is one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from elqkit.runs.outcomes import Counts

WINDOW_S = 30.0
FIRST_S, FIRST_ROWS = 2.0, 5
"""Before so much time and so many rows, a rate would be chance."""
MAX_ETA_S = 7 * 24 * 3_600.0
"""What is longer is no estimate."""
_BUCKET_S = 0.25


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run."""

    state: str
    """A value of `elqkit.runs.State`."""
    reason: str
    """Why the run stopped by itself: a code, or empty."""
    counts: Counts
    rows_per_s: float | None
    eta_s: float | None
    """Seconds until the last row; None where nobody can tell: just begun, paused, or stalled."""
    held_s: float
    """Seconds for which the far side asked to send nothing."""
    in_flight: int = 0
    """Rows that are being sent at this moment."""

    @property
    def is_complete(self) -> bool:
        """Whether every row read has an outcome."""
        return self.counts.is_complete


class Estimate:
    """The rate of the last half minute, from the times at which rows were settled."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._latest = 0.0
        self._buckets: deque[tuple[float, int]] = deque()
        self._settled = 0

    def begin(self, now: float) -> None:
        """Forget the past: time spent paused is no time of sending."""
        self._began = self._latest = now
        self._buckets.clear()
        self._settled = 0

    def settle(self, now: float, count: int = 1) -> None:
        """Note that rows were settled."""
        now = self._forward(now)
        if self._buckets and now - self._buckets[-1][0] < _BUCKET_S:
            at, rows = self._buckets[-1]
            self._buckets[-1] = (at, rows + count)
        else:
            self._buckets.append((now, count))
        self._settled += count
        self._drop_old(now)

    def rate(self, now: float) -> float | None:
        """Rows a second; None where that would be chance, 0.0 where nothing moves."""
        if self._began is None:
            return None
        now = self._forward(now)
        elapsed = now - self._began
        if elapsed < FIRST_S or self._settled < FIRST_ROWS:
            return None
        self._drop_old(now)
        return sum(rows for _, rows in self._buckets) / min(elapsed, WINDOW_S)

    def eta_s(self, now: float, left: int, held_s: float = 0.0) -> float | None:
        """Seconds for the rows that are left; None where nobody can tell."""
        if left <= 0:
            return 0.0
        rate = self.rate(now)
        if not rate:
            return None
        eta_s = left / rate + held_s
        return eta_s if eta_s <= MAX_ETA_S else None

    def _forward(self, now: float) -> float:
        """Time that never runs back."""
        self._latest = max(self._latest, now)
        return self._latest

    def _drop_old(self, now: float) -> None:
        while self._buckets and now - self._buckets[0][0] > WINDOW_S:
            self._buckets.popleft()
