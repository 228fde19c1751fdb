"""The delimiter: found with its evidence, or said to be unsure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from elqkit import ReadOptions, read_table
from elqkit.table.dialects import DELIMITERS
from elqkit_builders import checked, codes, written


@pytest.mark.parametrize(("name", "character"), DELIMITERS.items())
def test_finds_each_delimiter(name: str, character: str) -> None:
    """Rows that agree on their number of values show it."""
    table = read_table(character.join("abc").encode() + b"\n" + character.join("123").encode())
    assert (table.dialect.name, table.dialect.is_certain, table.header) == (
        name,
        True,
        ("a", "b", "c"),
    )


@given(
    st.sampled_from(list(DELIMITERS.values())),
    st.lists(st.lists(st.text(max_size=5), min_size=3, max_size=3), min_size=1, max_size=6),
)
def test_finds_the_delimiter_of_anything_quoted(delimiter: str, rows: list[list[str]]) -> None:
    """What stands inside quotes does not mislead the search."""
    text = written([["e-mail", "name", "note"], *rows], delimiter)
    try:
        content = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair is no text
        return
    report = checked(content)
    assert report.table is None or report.table.dialect.delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name;price\npen;1,50\nink;2,50\n", "semicolon"),
        ("name,words\nAna,a;b;c\nBo,d\n", "comma"),
        ("name\tfull\nx\tLast, First\ny\tLast, First\n", "tab"),
        ("e-mail|note\na@b.example|x, y; z\n", "pipe"),
        ('a;"x,y";b\n1;"2,3";4\n', "semicolon"),
    ],
)
def test_other_delimiters_inside_values_do_not_win(text: str, name: str) -> None:
    """Commas of prices and names are not taken for columns."""
    dialect = read_table(text.encode()).dialect
    assert (dialect.name, dialect.is_certain) == (name, True)


def test_one_column_is_a_table_too() -> None:
    """Addresses alone have no delimiter; the @ is none."""
    table = read_table(b"email\na@example.com\nb@example.com\n")
    assert (table.header, len(table), table.dialect.is_certain) == (("email",), 2, True)


def test_says_when_two_delimiters_fit() -> None:
    """A guess between equals is a guess, and is said."""
    (problem,) = checked("a,b;c,d\n1,2;3,4\n").problems
    assert (problem.code, problem.blocks, problem.places[0].found) == (
        "dialect.unsure",
        False,
        "comma with 3 columns in 2 of 2 rows, or semicolon with 2 columns in 2 of 2 rows",
    )


def test_faulty_rows_do_not_make_the_only_delimiter_doubtful() -> None:
    """Ragged rows are reported as that, not as a doubt about the delimiter."""
    assert codes(checked("a,b\n1,2,3,4\n5\n")) == ["row.long", "row.short"]


def test_a_delimiter_that_the_header_lacks_is_doubtful() -> None:
    """A header of one name above rows of two."""
    assert "dialect.unsure" in codes(checked("name\nLast, First\n"))


def test_a_chosen_delimiter_is_used() -> None:
    """Whatever the rows look like."""
    table = read_table(b"a,b;c\n1,2;3\n", ReadOptions(delimiter="semicolon"))
    assert (table.header, table.dialect.is_chosen) == (("a,b", "c"), True)


def test_follows_a_sep_line_and_says_so() -> None:
    """The spreadsheet's own note is no header and no row, and the lines still count from it."""
    report = checked("sep=;\r\na;b\r\n1;2\r\n")
    assert report.table is not None
    assert (report.table.header, report.table[0].line) == (("a", "b"), 3)
    assert codes(report) == ["dialect.sep-line"]


def test_the_evidence_can_be_shown() -> None:
    """Each delimiter comes with the columns it would make and the rows that agree."""
    evidence = {one.delimiter: one for one in read_table(b"a,b\n1,2\n3\n").dialect.evidence}
    assert (evidence[","].columns, evidence[","].agreeing_rows, evidence[","].rows) == (2, 2, 3)
    assert evidence[";"].columns == 1


def test_a_row_cut_by_the_sample_is_no_evidence() -> None:
    """Half a row has fewer values than the whole."""
    table = read_table(b"a;b;c\n" + b"x" * 200_000 + b";y;z\n")
    (evidence,) = (one for one in table.dialect.evidence if one.delimiter == ";")
    assert (evidence.agreeing_rows, evidence.rows) == (1, 1)


def test_a_value_cut_by_the_sample_does_not_mislead() -> None:
    """The sample ends inside a long quoted value; what was cut off is not counted."""
    text = "a,b\n" + "1,2\n" * 10 + '"' + "x;y\n" * 50_000 + '",2\n'
    assert read_table(text.encode()).dialect.name == "comma"
