"""What tags mean, in a sentence each."""

from __future__ import annotations

from importlib.resources import files

import pytest

from mapy.tags.meanings import meaning_of

LINES = files("mapy.tags").joinpath("meanings.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


def test_the_table_has_a_sentence_for_each_name() -> None:
    """Short, plain, and each name once."""
    names = [name for keys, _ in ROWS for name in keys.split(" ")]
    assert len(names) == len(set(names)) > 250
    assert [meaning for _, meaning in ROWS if not meaning.endswith(".") or len(meaning) > 120] == []


@pytest.mark.parametrize(
    ("group", "name", "words"),
    [
        ("GPS", "GPSLatitude", "north or south"),
        ("IFD1", "Compression", "preview"),
        ("IFD0", "Compression", "picture data"),
        ("IFD7", "Unheard", "form of TIFF"),
        ("XMP-crs", "Unheard", "raw converter"),
        ("XMP-acme", "Unheard", "XMP block"),
        ("ICC-header", "Unheard", "colour profile"),
        ("Nikon", "Unheard", "maker's camera"),
    ],
)
def test_the_nearest_row_counts(group: str, name: str, words: str) -> None:
    """That of group and name, else of the name, else of the group, else of its family."""
    assert words in meaning_of(group, name)


def test_of_what_nobody_knows_nothing_is_said() -> None:
    """No sentence is better than a made-up one."""
    assert meaning_of("Unheard", "Of") == ""
