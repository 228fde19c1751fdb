"""Foreign names made fit to be shown."""

from __future__ import annotations

import pytest

from safelight.web.text import MAX_SHOWN, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("holiday.jpg", "holiday.jpg"),
        ("Müller 東京 😀.jpg", "Müller 東京 😀.jpg"),
        ("gpj.\u202eexe", "gpj.<U+202E>exe"),
        ("a\x00b\tc\n", "a<U+0000>b<U+0009>c<U+000A>"),
        ("a\u200bb\ufeff", "a<U+200B>b<U+FEFF>"),
        ("\ud800", "<U+D800>"),
        ("", ""),
    ],
)
def test_hidden_characters_are_written_out(text: str, shown: str) -> None:
    """Controls, bidi overrides, zero widths and half characters; letters stay letters."""
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["n" * 5000 + ".jpg", "\u202e" * 5000, "n" * 121])
def test_a_long_name_is_cut_in_its_middle(text: str) -> None:
    """A page stays a page."""
    shown = visible(text)
    assert len(shown) <= MAX_SHOWN
    assert "\N{HORIZONTAL ELLIPSIS}" in shown
