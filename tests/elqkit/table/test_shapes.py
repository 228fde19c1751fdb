"""Shapes tell how a value looks without telling it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from elqkit.table.shapes import shape, visible


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ana 42", "Aaa 99"),
        ("Ärger", "Aaaaa"),
        ("東京", "aa"),
        ("a@b.example", "a@a.aaaaaaa"),
        ("\u00a0x\x00", "<U+00A0>a<U+0000>"),
        (" x ", "<space>a<space>"),
        (" ", "<space>"),
        ("€5", "*9"),
        ("x" * 50, "a" * 40 + "... (50 characters)"),
    ],
)
def test_masks(value: str, expected: str) -> None:
    """Letters, digits and what cannot be seen each become a sign."""
    assert shape(value) == expected


@given(st.text())
def test_a_shape_holds_no_letter_or_digit_of_the_value(value: str) -> None:
    """Nothing but a, A, 9, ASCII signs and numbers of characters that cannot be seen."""
    assert shape(value).isascii()


def test_what_cannot_be_seen_is_written_out() -> None:
    """A name cannot reverse or break the text around it."""
    assert visible("gpj.\u202eexe\n\x00", 50) == "gpj.<U+202E>exe<U+000A><U+0000>"


def test_long_names_are_cut() -> None:
    """To the length asked for."""
    assert visible("n" * 5_000, 10) == "n" * 10 + "..."
