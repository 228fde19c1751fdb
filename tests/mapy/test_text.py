"""Sentences that can be translated."""

from __future__ import annotations

import pytest

from mapy.text import Text, listed, plain, sentences

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


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["EXIF"], "EXIF"),
        (["EXIF", "XMP"], "EXIF and XMP"),
        (["EXIF", "XMP", "IPTC"], "EXIF, XMP and IPTC"),
    ],
)
def test_lists_items_as_a_sentence_does(items: list[str], expected: str) -> None:
    """Commas, and a word in front of the last; the word is translated."""
    assert str(listed([plain(item) for item in items])) == expected
    german = listed([plain("A"), plain("B")]).translated(lambda it: it.replace(" and ", " und "))
    assert german == "A und B"


def test_puts_sentences_behind_each_other() -> None:
    """Those that are not said leave no trace."""
    assert str(sentences(Text("One."), None, Text("Two."))) == "One. Two."
    assert str(sentences(None)) == ""
