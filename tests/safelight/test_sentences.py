"""Sentences with values: English for programs, another language for people."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest

from mapy.text import Text
from safelight.sentences import Sentence, packed, sentence, unpacked
from safelight.speaking import Language, Speech

if TYPE_CHECKING:
    from safelight.sentences import Said


class Catalogue(dict[str, str]):
    """What a few templates are in German."""

    def gettext(self, one: str) -> str:
        """The translation."""
        return self.get(one, one)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """That of the form for a count."""
        return self.gettext(one if count == 1 else many)


GERMAN = Speech(
    Language("de", "Deutsch", signs=".,"),
    Catalogue(  # type: ignore[arg-type]  # as much of a catalogue as is asked
        {
            "At most {most}.": "Höchstens {most}.",
            "{count} file": "{count} Datei",
            "{count} files": "{count} Dateien",
            "Send {kind}.": "Senden Sie {kind}.",
        }
    ),
)


def of(count: int) -> Said:
    """Some files."""
    return sentence("{count} file", "{count} files", count=count)


@pytest.mark.parametrize(
    ("said", "english", "german"),
    [
        (of(1), "1 file", "1 Datei"),
        (of(1200), "1,200 files", "1.200 Dateien"),
        (sentence("At most {most}.", most=of(2)), "At most 2 files.", "Höchstens 2 Dateien."),
        (sentence("Send {kind}.", kind="{x}"), "Send {x}.", "Senden Sie {x}."),
        (sentence("{braces} stay"), "{braces} stay", "{braces} stay"),
    ],
)
def test_a_sentence_is_english_and_can_be_said_otherwise(
    said: Said, english: str, german: str
) -> None:
    """With its count, its numbers and what is said within it; a value is never a template."""
    assert (said, said.translated(GERMAN)) == (english, german)


@pytest.mark.parametrize("said", [of(3), sentence("At most {most}.", most=of(1))])
def test_a_sentence_survives_its_storage(said: Said) -> None:
    """A copy and what a job's record keeps of it are said in each language, too."""
    for again in (
        pickle.loads(pickle.dumps(said)),  # noqa: S301 - made a moment ago
        unpacked(json.loads(json.dumps(packed(said)))),
    ):
        assert isinstance(again, Sentence)
        assert (again, again.translated(GERMAN)) == (said, said.translated(GERMAN))


def test_a_sentence_of_a_tool_is_stored_too() -> None:
    """By its template and values; a plain one as it is."""
    text = Text("{count} file", {"count": 2}, "{count} files")
    again = unpacked(packed(text))
    assert isinstance(again, Sentence)
    assert (again, again.translated(GERMAN)) == ("2 files", "2 Dateien")
    assert packed("Send it once.") == unpacked("Send it once.") == "Send it once."
