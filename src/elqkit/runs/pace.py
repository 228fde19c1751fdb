"""How fast rows go out: evenly, never above the limit, and not at all while the far side asks so.

Nothing here waits: each question is answered with the seconds to wait, so that whoever waits can be
woken.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
import math
from threading import Lock

WINDOW_S = 1.1
"""A second, and room for calls that take unlike times to arrive: the far side counts, too."""

MAX_RATE = 1_000.0
MAX_PARALLEL = 64
MIN_HOLD_S, MAX_HOLD_S = 0.5, 3_600.0
"""Whatever the far side asks for: `Retry-After: 0` is no leave to knock without end."""
FIRST_HOLD_S, LONGEST_OWN_HOLD_S = 1.0, 60.0
"""Where the far side names no time: doubled with each refusal in a row."""
SLOWEST_SHARE, RECOVERY = 1 / 16, 0.02
"""Each refusal halves the rate, down to this share; each row that gets through gives so much of
the whole back."""


@dataclass(frozen=True, slots=True)
class Speed:
    """What a person sets."""

    rows_per_s: float = 10.0
    parallel: int = 4
    """Calls at the same time."""

    def __post_init__(self) -> None:
        if not 0.0 < self.rows_per_s <= MAX_RATE:
            raise ValueError(f"rows_per_s: above 0, at most {MAX_RATE:g}")
        if not 1 <= self.parallel <= MAX_PARALLEL:
            raise ValueError(f"parallel: 1 to {MAX_PARALLEL}")


class Pace:
    """Keeps one speed for all threads of a run."""

    def __init__(self, speed: Speed) -> None:
        self._full = self._rate = speed.rows_per_s
        self._burst = max(1, int(speed.rows_per_s))
        self._window_s = max(WINDOW_S, 1.0 / self._full)
        self._next_slot = -math.inf
        self._departures: deque[float] = deque(maxlen=self._burst)
        self._held_until = -math.inf
        self._holds = 0
        self._lock = Lock()

    @property
    def most_at_once(self) -> int:
        """The most rows that may leave together."""
        return self._burst

    def slot(self, now: float, rows: int = 1) -> float:
        """Take the next slot; return the seconds until it. Slots are evenly apart."""
        with self._lock:
            at = max(now, self._next_slot, self._held_until)
            self._next_slot = at + rows / self._rate
            return at - now

    def depart(self, now: float, rows: int = 1) -> float:
        """Ask to send at once; 0.0 is a yes, and counts. Otherwise the seconds to wait.

        Slots alone are not enough: threads that were late may stand here together.
        """
        with self._lock:
            wait_s = self._held_until - now
            too_many = len(self._departures) + min(rows, self._burst) - self._burst
            if too_many > 0:
                wait_s = max(wait_s, self._departures[too_many - 1] + self._window_s - now)
            if wait_s > 0.0:
                return wait_s
            self._departures.extend([now] * rows)
            return 0.0

    def hold(self, now: float, asked_s: float | None) -> float:
        """The far side turned a row away: let nothing go for a while; return how long."""
        with self._lock:
            if asked_s is None or not math.isfinite(asked_s):
                asked_s = min(FIRST_HOLD_S * 2.0**self._holds, LONGEST_OWN_HOLD_S)
            wait_s = min(max(asked_s, MIN_HOLD_S), MAX_HOLD_S)
            # Calls made together are turned away together: that is one refusal, not many.
            if now >= self._held_until:
                self._holds = min(self._holds + 1, 10)
                self._rate = max(self._rate / 2, self._full * SLOWEST_SHARE)
            self._held_until = max(self._held_until, now + wait_s)
            return wait_s

    def went_through(self, rows: int = 1) -> None:
        """The far side takes rows again."""
        with self._lock:
            self._holds = 0
            self._rate = min(self._full, self._rate + self._full * RECOVERY * rows)

    def held_s(self, now: float) -> float:
        """How long nothing goes yet because the far side asked so."""
        with self._lock:
            return max(0.0, self._held_until - now)
