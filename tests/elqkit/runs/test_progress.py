"""The estimate, on a clock of the test's own: a number only where there is one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from elqkit.runs.progress import MAX_ETA_S, Estimate


def steady(rows: int, gap_s: float) -> Estimate:
    """An estimate after rows at even times, from 0."""
    estimate = Estimate()
    estimate.begin(0.0)
    for row in range(1, rows + 1):
        estimate.settle(row * gap_s)
    return estimate


def test_a_steady_run_has_its_rate_and_its_end() -> None:
    """Ten rows a second, 100 left: ten seconds."""
    estimate = steady(100, 0.1)
    assert round(estimate.rate(10.0) or 0, 1) == 10.0
    assert round(estimate.eta_s(10.0, 100) or 0, 1) == 10.0


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    """A run that became slow says so."""
    estimate = steady(1_000, 0.1)
    for second in range(30):
        estimate.settle(101.0 + second)
    assert 0.9 < (estimate.rate(130.5) or 0) < 1.4


def test_too_little_is_no_estimate() -> None:
    """Neither one row in a moment nor many at once."""
    assert Estimate().eta_s(5.0, 10) is None
    assert steady(4, 0.1).eta_s(9.0, 10) is None
    assert steady(50, 0.01).eta_s(0.5, 10) is None


def test_a_stalled_run_has_no_end() -> None:
    """A rate of nothing: no trillions of minutes."""
    estimate = steady(100, 0.1)
    assert (estimate.rate(100.0), estimate.eta_s(100.0, 10)) == (0.0, None)


def test_a_time_beyond_a_week_is_no_estimate() -> None:
    """It would be wrong, and helps nobody."""
    assert steady(100, 0.1).eta_s(10.0, 10**9) is None


def test_nothing_left_takes_no_time() -> None:
    """Even before there is a rate."""
    assert Estimate().eta_s(0.0, 0) == 0.0


def test_a_pause_is_no_slow_time() -> None:
    """After it the estimate begins anew."""
    estimate = steady(100, 0.1)
    estimate.begin(1_000.0)
    assert estimate.eta_s(1_001.0, 10) is None
    for row in range(30):
        estimate.settle(1_001.0 + row * 0.1)
    assert round(estimate.rate(1_004.0) or 0, 1) == 7.5


def test_waiting_as_asked_counts_as_time() -> None:
    """What the far side asked to wait comes before the rest."""
    assert round(steady(100, 0.1).eta_s(10.0, 100, held_s=60.0) or 0) == 70


@given(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=60),
    st.integers(0, 10**9),
    st.floats(-1e6, 1e9, allow_nan=False),
)
def test_an_estimate_is_never_nonsense(steps: list[float], left: int, later: float) -> None:
    """Whatever the clock does: none, or a number from 0 to a week."""
    estimate, now = Estimate(), 0.0
    estimate.begin(now)
    for step in steps:
        now += step
        estimate.settle(now)
    eta_s = estimate.eta_s(now + later, left)
    assert eta_s is None or 0.0 <= eta_s <= MAX_ETA_S
