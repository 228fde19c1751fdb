"""The report for a terminal."""

from __future__ import annotations

import codecs

import pytest

from elqkit import ReadOptions, check_file
from elqkit.output.text import lines
from elqkit_builders import checked


def text_of(content: str | bytes, options: ReadOptions | None = None) -> str:
    """All lines."""
    return "\n".join(lines(checked(content, options)))


def test_says_what_where_and_what_to_do() -> None:
    """The parts of a problem, on lines of their own."""
    assert (
        "ERROR  A row has fewer values than the header has columns.\n"
        "       line 3, column 2 (name): expected 2 values, found 1 value\n"
        "       Add the missing delimiters, or join the row with the one that it was torn from."
        "  [row.short]"
    ) in text_of("e-mail,name\n1,2\n3\n")


def test_lists_the_first_places_and_counts_the_rest() -> None:
    """A fault in every row does not flood the terminal."""
    text = text_of("a,b\n" + "".join(f"{row}\n" for row in range(100)))
    assert ("(100 times)" in text, text.count("expected"), "and 95 more" in text) == (True, 5, True)


def test_lists_the_first_columns_and_counts_the_rest() -> None:
    """Neither do a hundred columns."""
    names = ",".join(f"c{number}" for number in range(80))
    text = text_of(f"{names}\n{names}\n")
    assert ("c49" in text, "c50" in text, "and 30 more" in text) == (True, False, True)


def test_control_characters_of_the_file_do_not_reach_the_terminal() -> None:
    """A column's name may hold an escape sequence."""
    assert "\x1b" not in text_of("a\x1b[2J,b\n1\n \x1b[2J,x\n")


def test_counts_in_words_that_agree() -> None:
    """One row, two rows."""
    assert "  1 row, 2 columns, 8 bytes" in text_of("a,b\n1,2\n")


def test_ends_with_the_outcome() -> None:
    """In a sentence."""
    assert text_of("a\n1\n").endswith("Nothing blocks this file.")
    assert text_of("a\n").endswith("This file can't be used yet.")


def test_a_file_without_a_table_is_told_as_short() -> None:
    """Name, reason, remedy, outcome."""
    assert list(lines(check_file(b"%PDF-", "a.csv"))) == [
        "a.csv",
        "",
        "ERROR  This is not a CSV file.",
        "       expected CSV text, found a PDF document",
        "       Choose a text file with rows.  [file.not-csv]",
        "",
        "This file can't be used yet.",
    ]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"a,b\n1,2\n", None, "UTF-8\n"),
        (codecs.BOM_UTF8 + b"a,b\n1,2\n", None, "UTF-8 with a byte order mark"),
        (b"a,b\n1,\xfc\n", None, "assumed: byte 6 on line 2 is not UTF-8"),
        (b"a,b\n1,2\n", ReadOptions(encoding="cp1252"), "(cp1252), as chosen"),
        (b"a,b\n1,2\n", ReadOptions(delimiter="tab"), "tab, as chosen"),
        (b"a,b\n1,2\n", None, "comma, 2 columns in 2 of the first 2 lines"),
        (b"a,b;c\n1,2;3\n", None, "comma, unsure: 2 columns in 2 of the first 2 lines"),
        (b"a\n1\n", None, "none found: one column"),
    ],
)
def test_says_how_sure_the_reading_is(
    content: bytes, options: ReadOptions | None, words: str
) -> None:
    """What was found, what was chosen and what was assumed are told apart."""
    assert words in text_of(content, options)


def test_a_share_of_all_is_said_of_all_only() -> None:
    """999 of 1,000 are 99 %, not 100 %."""
    assert "whole number 99 %" in text_of("a\n" + "1\n" * 999 + "x\n")
