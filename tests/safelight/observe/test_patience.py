"""Asking something that may hang."""

from __future__ import annotations

import threading

import pytest

from safelight.observe.patience import Patience

LONG_S = 5


def test_an_answer_is_given() -> None:
    """A new one each time."""
    answers = [2, 1]
    ask = Patience(answers.pop)
    assert (ask(), ask()) == (1, 2)


def test_what_asking_raises_is_raised() -> None:
    """And can be asked again."""
    ask = Patience([7].pop)
    assert ask() == 7
    for _ in range(2):
        with pytest.raises(IndexError):
            ask()


def test_who_does_not_answer_is_not_waited_for() -> None:
    """And is not asked again meanwhile: hung questions must not heap up."""
    go_on, asked = threading.Event(), []

    def hang() -> str:
        asked.append(1)
        go_on.wait(LONG_S)
        return "late"

    ask = Patience(hang, 0.05)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            ask()
    assert asked == [1]
    go_on.set()
    assert Patience(ask, LONG_S)() == "late"
