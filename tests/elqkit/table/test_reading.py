"""Bytes to a table: rows with their lines, values untouched, and what stops the reading."""

from __future__ import annotations

import gzip
from io import BytesIO
import zipfile

from hypothesis import given
from hypothesis import strategies as st
import pytest

from elqkit import Limits, ReadOptions, Row, UnreadableTable, read_table
from elqkit_builders import checked, codes, places, the_problem, written

UNTOUCHED = [
    "00123",
    "12345678901234567890",
    "1E5",
    "+49 30 1",
    "a\u00a0b",
    "  spaces  ",
    "\u200b",
    "=1+1",
    '"quoted"',
    "line\nbreak",
    "line\r\nbreak",
    "TRUE",
    "null",
    "",
]


@pytest.mark.parametrize("value", UNTOUCHED)
def test_values_are_untouched(value: str) -> None:
    """No value is trimmed, parsed or normalised."""
    table = read_table(written([["a", "b"], [value, "x"]]).encode())
    assert table[0].values == (value, "x")


VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=5))
def test_no_row_is_lost(rows: list[tuple[str, str]]) -> None:
    """Every row that was written is read, in its order, or the file is refused aloud."""
    report = checked(written([("first", "second"), *rows]))
    read = [] if report.table is None else [row.values for row in report.table]
    assert read == rows or "file.not-csv" in codes(report)


def test_rows_keep_their_lines() -> None:
    """Blank lines and values of several lines are counted as an editor counts them."""
    table = read_table(b'a,b\n\n1,"x\ny"\n2,z\n')
    assert [row.line for row in table] == [3, 5]


def test_a_table_is_a_sequence_of_rows() -> None:
    """It has a length, indexes, slices and can be gone through again."""
    table = read_table(b"a\n1\n2\n3\n")
    assert (len(table), table[-1], table[:2]) == (
        3,
        Row(4, ("3",)),
        (Row(2, ("1",)), Row(3, ("2",))),
    )
    assert list(table) == list(table)


def test_neither_table_nor_row_shows_values_by_accident() -> None:
    """What ends up in a log or a trace holds counts and lines."""
    table = read_table(b"secret-name\nsecret-value\n")
    assert (repr(table), repr(table[0])) == ("<Table of 1 rows and 1 columns>", "Row(line=2)")


def test_an_error_holds_no_value() -> None:
    """An exception's text is its code."""
    with pytest.raises(UnreadableTable) as caught:
        read_table(b"%PDF-canary")
    assert (str(caught.value), caught.value.args) == ("file.not-csv", ("file.not-csv",))


@pytest.mark.parametrize("content", [b"", b"\n", b"  \r\n \n", b"\xef\xbb\xbf", b"sep=;\n"])
def test_refuses_an_empty_file(content: bytes) -> None:
    """Nothing, blank lines, a mark alone: there is no table."""
    assert codes(checked(content)) == ["file.empty"]


def test_refuses_a_file_over_the_limit() -> None:
    """One byte more than the limit is too many; the limit itself is not."""
    options = ReadOptions(limits=Limits(max_bytes=6))
    assert codes(checked(b"abc\nde", options)) == []
    assert codes(checked(b"abc\ndef", options)) == ["file.too-large"]


def test_the_limit_is_5_mb_unless_set() -> None:
    """As the documents say."""
    assert Limits().max_bytes == 5_000_000


def zipped(member: str) -> bytes:
    """A ZIP archive of one member."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(member, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(4000), "file.not-csv", "a program"),
        (b"MZ\x90\x00" + bytes(40), "file.not-csv", "a program"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "file.not-csv", "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "file.not-csv", "a JPEG picture"),
        (b"%PDF-1.7\n", "file.not-csv", "a PDF document"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "file.not-csv", "a gzip archive"),
        (zipped("people.csv"), "file.not-csv", "a ZIP archive"),
        (zipped("xl/workbook.xml"), "file.spreadsheet", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "file.spreadsheet", "an Office document"),
        (b"<!DOCTYPE html><p>x", "file.not-csv", "a web page or XML document"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "file.not-csv", "a web page or XML document"),
        (bytes(100), "file.not-csv", "binary content"),
        (bytes(range(256)) * 20, "file.not-csv", "binary content"),
    ],
)
def test_refuses_what_is_no_csv_by_its_bytes(content: bytes, code: str, found: str) -> None:
    """The name of the file does not matter, and what it is instead is said."""
    (problem,) = checked(content).problems
    assert (problem.code, problem.places[0].found) == (code, found)


def test_a_header_that_begins_like_a_signature_is_text() -> None:
    """Two letters are no proof of a program."""
    assert codes(checked(b"MZ,BM\n1,2\n")) == []


def test_a_header_alone_blocks() -> None:
    """There is nothing to send."""
    assert codes(checked(b"a,b\n")) == ["rows.none"]


def test_more_rows_than_the_limit_block() -> None:
    """Those within the limit are read, and that there are more is said."""
    report = checked(b"a\n1\n2\n3\n", ReadOptions(limits=Limits(max_rows=2)))
    assert report.table is not None
    assert (codes(report), len(report.table), report.table.is_whole) == (
        ["rows.too-many"],
        2,
        False,
    )


def test_rows_at_the_limit_do_not_block() -> None:
    """Blank lines among them take nobody's place."""
    report = checked(b"a\n\n1\n\n2\n", ReadOptions(limits=Limits(max_rows=2)))
    assert codes(report) == ["row.blank"]


def test_blank_lines_without_end_are_not_read_without_end() -> None:
    """Room is made for as many blank lines as rows."""
    report = checked(b"a\n1\n" + b"\n" * 9, ReadOptions(limits=Limits(max_rows=2)))
    assert codes(report) == ["rows.too-many", "row.blank"]


def test_says_that_line_ends_are_mixed() -> None:
    """All kinds are read as line ends."""
    report = checked(b"a,b\r\n1,2\n3,4\r5,6")
    assert report.table is not None
    assert (codes(report), len(report.table)) == (["line-ending.mixed"], 3)
    assert the_problem(report, "line-ending.mixed").places[0].found == "1 LF, 1 CRLF, 1 CR"


def test_line_ends_inside_values_are_not_mixed_ones() -> None:
    """A spreadsheet program writes LF into values of files with CR LF."""
    assert codes(checked(b'a,b\r\n"1\n2",3\r\n')) == []


@pytest.mark.parametrize(
    ("text", "code", "place", "blocks"),
    [
        ('a,b\n1,"open\n2,3\n', "quote.unclosed", (2, 2), True),
        ('a,b\n"1"x,2\n', "quote.after", (2, 1), True),
        ('a,b\n1"x,2\n', "quote.stray", (2, 1), False),
    ],
)
def test_names_misplaced_quotes(
    text: str, code: str, place: tuple[int, int], *, blocks: bool
) -> None:
    """With line and column; only those that leave a value uncertain block."""
    report = checked(text)
    assert (places(report, code), the_problem(report, code).blocks) == ([place], blocks)


@pytest.mark.parametrize("blank", ["", "   ", "\t"])
def test_blank_lines_are_counted_aloud(blank: str) -> None:
    """They are no rows, and each is named."""
    report = checked(f"a,b\n1,2\n{blank}\n3,4\n")
    assert report.table is not None
    assert (len(report.table), places(report, "row.blank")) == (2, [(3, None)])


def test_options_that_do_not_exist_are_a_fault_of_the_caller() -> None:
    """They are not read as no choice."""
    with pytest.raises(KeyError):
        read_table(b"a\n1\n", ReadOptions(delimiter=","))
    with pytest.raises(KeyError):
        read_table(b"a\n1\n", ReadOptions(encoding="utf-7"))
