"""Policies in words."""

from __future__ import annotations

import pytest

from mapy.clean.policy import (
    DEFAULT_KEEP,
    EVERYTHING,
    PRESETS,
    Coarsen,
    Keep,
    Policy,
    UnknownChoice,
    policy_of,
)
from mapy.explain.finding import Subject


def test_removes_everything_by_default() -> None:
    """Only which side is up and the colours stay."""
    assert Policy(DEFAULT_KEEP, EVERYTHING, None) == policy_of()
    assert {Keep.ORIENTATION, Keep.COLOUR} == DEFAULT_KEEP


def test_reads_words() -> None:
    """Lists with commas, blanks and capitals as people write them."""
    expected = Policy(
        frozenset({Keep.COPYRIGHT}), frozenset({Subject.PLACE, Subject.TIME}), Coarsen.CITY
    )

    assert expected == policy_of("", " Copyright", "place, TIME", "city")


def test_an_option_changes_a_preset() -> None:
    """What a preset does not fit, an option mends."""
    assert PRESETS["press"].policy._replace(coarsen=Coarsen.COUNTRY) == policy_of(
        "press", coarsen="country"
    )
    assert policy_of("press", coarsen="none").coarsen is None
    assert policy_of("press", remove="everything").remove is EVERYTHING


def test_none_is_nothing() -> None:
    """`none` keeps nothing, and takes nothing."""
    assert (frozenset(), frozenset()) == policy_of(keep="none", remove="none")[:2]


@pytest.mark.parametrize(
    "choices",
    [
        {"preset": "party"},
        {"keep": "orientation,colours"},
        {"remove": "places"},
        {"coarsen": "street"},
        {"coarsen": "km,city"},
    ],
)
def test_names_a_word_that_is_no_choice(choices: dict[str, str]) -> None:
    """The option, the word and the choices there are."""
    with pytest.raises(UnknownChoice, match=rf"{next(iter(choices))} has no choice .* It takes: "):
        policy_of(**choices)


def test_evidence_changes_nothing() -> None:
    """The one preset that makes no copy."""
    assert [name for name, each in PRESETS.items() if each.policy.changes_nothing] == ["evidence"]
