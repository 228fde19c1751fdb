"""How fast calls are made: never faster than asked, and slower when Eloqua asks for it.

Eloqua publishes no rate for forms and no header that tells one, so the pace feels its way: a 429
halves it and pauses, each answer after that gives a little back. Calls are spaced evenly, without
bursts, so that no second holds more than the rate says.
"""

from __future__ import annotations

import random
from threading import Event, Lock
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_RATE = 10.0
SLOWEST_RATE = 0.2
HEADROOM = 1.02
"""Two calls leave a little further apart than they must: what is late by a few milliseconds on its
way
still makes no second too full."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 120.0
LONGEST_RETRY_AFTER_S = 3600.0
"""A longer pause than that is a date in a wrong zone, or a fault."""
RECOVERY = 0.02
"""Part of the asked rate that an answer gives back."""


class Speed(NamedTuple):
    """What a page shows."""

    rate: float
    """Calls a second at the most, now."""
    asked_rate: float
    paused_s: float
    """How long the pause goes on that Eloqua asked for; 0 if there is none."""
    throttled: int
    """How often it was slowed down: Eloqua asked for it, or failed."""


class Pace:
    """Spaces calls, for any number of threads.

    Args:
        rate: calls a second at the most.
        clock: seconds, growing; another one in tests.
        sleep: waits for so many seconds; ends early as it likes.
    """

    def __init__(
        self,
        rate: float = DEFAULT_RATE,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        if not rate > 0:
            raise ValueError("A rate is more than 0 calls a second.")
        self._asked = self._rate = rate
        self._clock, self._sleep = clock, sleep
        self._next = self._paused_until = clock()
        self._row = self._throttled = 0
        self._lock = Lock()

    def wait(self, cancelled: Event | None = None) -> bool:
        """Wait for the next call's turn; whether it may be made. A cancel ends the wait at once."""
        stop = cancelled or Event()
        while not stop.is_set():
            with self._lock:
                now = self._clock()
                left = max(self._next, self._paused_until) - now
                if left <= 0:
                    self._next = now + HEADROOM / self._rate
                    return True
            (self._sleep or stop.wait)(left)
        return False

    def throttled(self, retry_after_s: float | None = None) -> float:
        """Slow down after a 429, and tell for how many seconds nothing is sent.

        A pause that Eloqua names is kept, up to an hour; else it doubles with each 429 in a row, up
        to two minutes.
        """
        with self._lock:
            if retry_after_s is None:
                spread = random.uniform(1.0, 1.25)  # noqa: S311 - no secret
                pause = min(FIRST_PAUSE_S * 2.0 ** min(self._row, 16) * spread, LONGEST_PAUSE_S)
            else:
                pause = min(retry_after_s, LONGEST_RETRY_AFTER_S)
            now = self._clock()
            if now >= self._paused_until:  # one slowing for the calls that were under way together
                self._row += 1
                self._rate = max(min(SLOWEST_RATE, self._asked), self._rate / 2)
            self._throttled += 1
            self._paused_until = max(self._paused_until, now + pause)
            return pause

    def succeeded(self) -> None:
        """Give a little speed back."""
        with self._lock:
            self._row = 0
            self._rate = min(self._asked, self._rate + self._asked * RECOVERY)

    @property
    def speed(self) -> Speed:
        """How fast it goes."""
        with self._lock:
            paused = max(0.0, self._paused_until - self._clock())
            return Speed(self._rate, self._asked, paused, self._throttled)
