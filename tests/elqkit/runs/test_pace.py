"""The pace, on a clock of the test's own."""

from __future__ import annotations

import math

import pytest

from elqkit.runs.pace import MAX_HOLD_S, MIN_HOLD_S, WINDOW_S, Pace, Speed


def test_slots_are_evenly_apart() -> None:
    """Ten a second: a tenth between them, and no burst after a rest."""
    pace = Pace(Speed(rows_per_s=10))
    waits = [round(pace.slot(100.0), 3) for _ in range(4)]
    assert waits == [0.0, 0.1, 0.2, 0.3]
    assert [round(pace.slot(200.0), 3) for _ in range(2)] == [0.0, 0.1]


def test_those_who_are_late_together_do_not_leave_together() -> None:
    """The limit holds for the moments of sending, whatever delayed them."""
    pace = Pace(Speed(rows_per_s=3))
    waits = [pace.depart(50.0) for _ in range(4)]
    assert waits == [0.0, 0.0, 0.0, pytest.approx(WINDOW_S)]
    assert pace.depart(50.0 + WINDOW_S) == 0.0


def test_a_hold_is_as_long_as_asked() -> None:
    """For rows that are about to leave, and for all slots after."""
    pace = Pace(Speed(rows_per_s=10))
    pace.slot(0.0)
    assert pace.hold(0.0, 7.0) == 7.0
    assert (pace.depart(0.0), pace.slot(1.0), pace.held_s(2.0)) == (7.0, 6.0, 5.0)


@pytest.mark.parametrize(
    ("asked_s", "wait_s"),
    [(0.0, MIN_HOLD_S), (-5.0, MIN_HOLD_S), (1e300, MAX_HOLD_S), (math.inf, 1.0), (math.nan, 1.0)],
)
def test_a_hold_has_bounds(asked_s: float, wait_s: float) -> None:
    """Whatever a far side asks for."""
    assert Pace(Speed()).hold(0.0, asked_s) == wait_s


def test_a_hold_without_a_time_doubles_until_rows_go_through() -> None:
    """Calls in flight together that are turned away together double it once."""
    pace = Pace(Speed())
    assert [pace.hold(now, None) for now in (0.0, 10.0, 10.1, 30.0)] == [1.0, 2.0, 4.0, 4.0]
    pace.went_through()
    assert pace.hold(60.0, None) == 1.0


@pytest.mark.parametrize("speed", [(0.0, 1), (math.nan, 1), (2_000.0, 1), (1.0, 0), (1.0, 65)])
def test_a_speed_has_bounds(speed: tuple[float, int]) -> None:
    """A rate above 0 and a number of calls that one machine can make."""
    with pytest.raises(ValueError, match=r"rows_per_s|parallel"):
        Speed(*speed)


def test_a_refusal_halves_the_rate_and_rows_give_it_back() -> None:
    """As the far side asked for less; slowly, and never above what was set."""
    pace = Pace(Speed(rows_per_s=10))
    pace.hold(0.0, 1.0)
    pace.slot(10.0)
    assert pace.slot(10.0) == pytest.approx(0.2)
    for _ in range(100):
        pace.went_through()
    pace.slot(100.0)
    assert pace.slot(100.0) == pytest.approx(0.1)


def test_a_rate_has_a_floor() -> None:
    """However often the far side refuses."""
    pace = Pace(Speed(rows_per_s=16))
    for now in range(0, 100, 10):
        pace.hold(float(now), 1.0)
    pace.slot(1_000.0)
    assert pace.slot(1_000.0) == pytest.approx(1.0)


def test_rows_that_go_together_count_each() -> None:
    """For the slots and for the limit of a second."""
    pace = Pace(Speed(rows_per_s=10))
    assert [pace.slot(0.0, 5), pace.slot(0.0, 5)] == [0.0, pytest.approx(0.5)]
    assert [pace.depart(0.0, 6), pace.depart(0.0, 4)] == [0.0, 0.0]
    assert pace.depart(0.5, 1) == pytest.approx(WINDOW_S - 0.5)
    assert pace.depart(WINDOW_S, 10) == 0.0
