"""Sentences that can be translated."""

from __future__ import annotations

from mapy.text import Text

GERMAN = {
    "Taken near {place}.": "Aufgenommen bei {place}.",
    "an unknown place": "einem fremden Ort",
}


def test_is_english_by_itself() -> None:
    """`str()` fills in the values."""
    assert str(Text("Taken near {place}.", {"place": "Arezzo"})) == "Taken near Arezzo."


def test_is_translated_with_the_sentences_inside_it() -> None:
    """A text among the values is translated, too."""
    text = Text("Taken near {place}.", {"place": Text("an unknown place")})
    assert text.translated(lambda it: GERMAN[it]) == "Aufgenommen bei einem fremden Ort."


def test_a_value_is_never_a_template() -> None:
    """What a file says cannot ask for other values."""
    assert str(Text("By {name}.", {"name": "{secret}"})) == "By {secret}."
