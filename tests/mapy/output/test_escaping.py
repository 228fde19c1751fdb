"""Any text is harmless where it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from mapy.output.escaping import FORMULA, cell, markup, visible
from mapy_fact_builders import HOSTILE


@pytest.mark.parametrize("sign", FORMULA)
def test_a_cell_that_begins_like_a_formula_is_a_text(sign: str) -> None:
    """Each sign that starts a formula gets a quote mark in front, behind blanks too."""
    assert cell(f"{sign}1+1").startswith("'")
    assert cell(f"  {sign}1+1").startswith("'")


def test_the_guard_of_a_cell_can_be_taken_away() -> None:
    """A text that begins with the quote mark itself is guarded too, so one quote mark is one."""
    assert [cell("'=1"), cell("=1"), cell("a=1"), cell("")] == ["''=1", "'=1", "a=1", ""]


@given(st.text())
def test_the_way_back_from_a_cell_is_sure(text: str) -> None:
    """Taking one quote mark away gives the text, whatever it is."""
    written = cell(text)

    assert written.removeprefix("'") if written != visible(text) else written == visible(text)


def test_markup_holds_no_sign_of_markup() -> None:
    """Nothing that opens an element, ends an attribute or closes a CDATA section is left."""
    written = markup(HOSTILE)

    assert not set("<>\"'\x00\x1b\u202e\ud800") & set(written)
    assert "]]>" not in written


def test_markup_keeps_what_people_write() -> None:
    """Letters of any script, new lines and tabs stay."""
    assert markup("Übergröße\n\t東京 \u05d0") == "Übergröße\n\t東京 \u05d0"
