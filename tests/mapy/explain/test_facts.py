"""What the rules look at."""

from __future__ import annotations

import gc
from importlib import resources
from weakref import ref

import pytest

from mapy import read
from mapy.explain.facts import LONGEST_SEARCHED, Facts, number_of, said, shown, tag_names
from mapy.explain.rules import findings_of
from mapy_explain_builders import findings, metadata_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Anna\0\0", "Anna"),
        ("  Anna \n Weber ", "Anna Weber"),
        (["Anna", "Ben"], "Anna, Ben"),
        (7, "7"),
        *((nothing, "") for nothing in ("", " ", "0", 0, "None", "UNKNOWN", "----", "\0\0", "inf")),
        (float("nan"), ""),
    ],
)
def test_knows_what_says_nothing(value: object, expected: str) -> None:
    """Blanks, zeros and the words of programs for nobody."""
    [tag] = metadata_of({"X:Y": value})
    assert said(tag) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, 1.0), ("+47.35", 47.35), ("undef", None), ("nan", None), (1e300, None), ("1" * 99, None)],
)
def test_numbers_are_numbers_in_texts_too(value: object, expected: float | None) -> None:
    """XMP has only texts; what no one measures is none."""
    [tag] = metadata_of({"X:Y": value})
    assert number_of(tag) == expected


def test_copies_come_in_the_order_of_the_file() -> None:
    """Whatever their groups; those that say nothing do not come."""
    facts = Facts(metadata_of({"A:Make": "1a", "B:Model": "2b", "C:Make": "3c", "D:Make": "0"}))
    names = tag_names("Model|Make")
    assert [said(tag) for tag in facts.matching(names)] == ["1a", "2b", "3c"]


def test_tags_are_put_in_the_order_of_the_file_and_come_once() -> None:
    """As a rule has them, who may have found one in two ways."""
    metadata = metadata_of({"A:Make": "1a", "B:Model": "2b", "C:Make": "3c"})
    one, two, three = metadata
    assert Facts(metadata).in_order([three, one, two, one]) == [one, two, three]


def test_a_long_text_is_searched_up_to_a_limit() -> None:
    """So that no text costs more than any other."""
    far = " " * LONGEST_SEARCHED + "anna@example.org"
    assert "contact.email" not in findings({"XMP-x:Y": far})
    assert "contact.email" in findings({"XMP-x:Y": far[100:]})


def test_a_value_in_a_sentence_is_one_line_and_short() -> None:
    """With a sign that it was cut."""
    assert shown("a\n" * 200).endswith("…")
    assert len(shown("word " * 200)) <= 121


def test_a_file_is_let_go_with_its_facts() -> None:
    """No ring keeps it in memory until the collector comes by."""
    content = resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
    facts = Facts(read(content), content=content)
    assert facts.previews[0].size
    findings_of(facts)
    last = ref(facts)
    gc.disable()
    try:
        del facts
        assert last() is None
    finally:
        gc.enable()
