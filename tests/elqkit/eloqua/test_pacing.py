"""The pace: never faster than asked, slower when asked."""

from __future__ import annotations

from threading import Event
import time

import pytest

from elqkit.eloqua import Pace


class Clock:
    """Time that passes by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The seconds now."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let so many pass."""
        self.now += seconds


def paced(rate: float) -> tuple[Pace, Clock]:
    """A pace, and its time."""
    clock = Clock()
    return Pace(rate, clock=clock, sleep=clock.sleep), clock


def sent(pace: Pace, clock: Clock, count: int) -> list[float]:
    """When so many calls leave."""
    times = []
    for _ in range(count):
        assert pace.wait()
        times.append(clock.now)
    return times


def test_no_second_holds_more_than_the_rate() -> None:
    """Wherever the second begins."""
    times = sent(*paced(50), 500)
    assert max(sum(start <= each < start + 1 for each in times) for start in times) == 50


def test_idle_time_is_not_saved_up() -> None:
    """No burst after a pause."""
    pace, clock = paced(10)
    sent(pace, clock, 1)
    clock.now += 60
    first, second = sent(pace, clock, 2)
    assert second - first >= 0.1


def test_retry_after_is_kept() -> None:
    """Nothing leaves before."""
    pace, clock = paced(10)
    before = clock.now
    assert pace.throttled(30) == 30
    assert sent(pace, clock, 1)[0] >= before + 30


def test_without_retry_after_each_pause_is_longer() -> None:
    """Up to two minutes."""
    pace, clock = paced(10)
    pauses = []
    for _ in range(12):
        pauses.append(pace.throttled())
        sent(pace, clock, 1)
    assert (pauses[0] < pauses[1] < pauses[2], max(pauses)) == (True, 120.0)


def test_a_429_halves_the_rate_and_answers_give_it_back() -> None:
    """A little each."""
    pace, clock = paced(10)
    pace.throttled(1)
    assert pace.speed.rate == 5
    sent(pace, clock, 1)
    pace.succeeded()
    assert pace.speed.rate == pytest.approx(5.2)
    for _ in range(100):
        pace.succeeded()
    assert (pace.speed.rate, pace.speed.throttled) == (10, 1)


def test_calls_under_way_together_slow_down_once() -> None:
    """Ten 429 at the same time are one."""
    pace, _ = paced(10)
    for _ in range(10):
        pace.throttled(1)
    assert pace.speed.rate == 5


def test_a_cancel_ends_the_wait_at_once() -> None:
    """However long Eloqua's pause is."""
    pace, cancelled = Pace(10), Event()
    pace.throttled(600)
    cancelled.set()
    started = time.monotonic()
    assert not pace.wait(cancelled)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_a_rate_is_more_than_nothing(rate: float) -> None:
    """Else nothing would ever be sent."""
    with pytest.raises(ValueError, match="rate"):
        Pace(rate)
