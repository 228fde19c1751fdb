"""Sentences that can be translated."""

from __future__ import annotations

import pickle
from typing import ClassVar

import pytest

from mapy.text import English, Number, Text, listed, plain, sentences


class German(English):
    """A language of a few sentences."""

    known: ClassVar = {
        "Taken near {place}.": "Aufgenommen bei {place}.",
        "an unknown place": "einem fremden Ort",
        "{count} tag": "{count} Angabe",
        "{count} tags": "{count} Angaben",
        "{list} and {last}": "{list} und {last}",
    }

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """The German template."""
        template = super().__call__(one, many, count)
        return self.known.get(template, template)

    def number(self, value: float, /) -> str:
        """With points between thousands."""
        return super().number(value).translate(str.maketrans(",.", ".,"))


def test_is_english_by_itself() -> None:
    """`str()` fills in the values."""
    assert str(Text("Taken near {place}.", {"place": "Arezzo"})) == "Taken near Arezzo."


def test_is_translated_with_the_sentences_inside_it() -> None:
    """A text among the values is translated, too."""
    text = Text("Taken near {place}.", {"place": Text("an unknown place")})
    assert text.translated(German()) == "Aufgenommen bei einem fremden Ort."


@pytest.mark.parametrize(
    ("count", "english", "german"), [(1, "1 tag", "1 Angabe"), (2, "2 tags", "2 Angaben")]
)
def test_a_count_chooses_the_form(count: int, english: str, german: str) -> None:
    """One has its own template in English, and others where the language has them."""
    text = Text("{count} tag", {"count": count}, "{count} tags")
    assert (str(text), text.translated(German())) == (english, german)


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [
        (Number(1234), "1,234", "1.234"),
        (Number(1234, "d"), "1234", "1.234"),
        (Number(2.34, ".1f"), "2.3", "2,3"),
    ],
)
def test_a_number_is_written_as_the_language_does(
    number: Number, english: str, german: str
) -> None:
    """Its signs are another's; English writes it as it is told to."""
    text = Text("{count} tags", {"count": number})
    assert (str(text), text.translated(German())) == (f"{english} tags", f"{german} Angaben")


@pytest.mark.parametrize(
    "text", [Text("Taken near {place}.", {"place": "A"}), Number(1234), Text("{count}")]
)
def test_a_copy_can_still_be_translated(text: Text) -> None:
    """It goes to another process whole."""
    copy = pickle.loads(pickle.dumps(text))  # noqa: S301 - made a moment ago
    assert (copy, copy.translated(German())) == (text, text.translated(German()))


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
    assert listed([plain("A"), plain("B")]).translated(German()) == "A und B"


def test_puts_sentences_behind_each_other() -> None:
    """Those that are not said leave no trace."""
    assert str(sentences(Text("One."), None, Text("Two."))) == "One. Two."
    assert str(sentences(None)) == ""
