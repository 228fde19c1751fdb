"""Records: exact values, exact lines, and quotes gone wrong."""

from __future__ import annotations

import csv
from io import StringIO
import re
import time

from hypothesis import given
from hypothesis import strategies as st
import pytest

from elqkit.table.scanner import Records, scan, split, split_all
from elqkit_builders import written

ANY_COUNT = 10**9

# Everything that ends a value, a line or a quote somewhere, and some that only look like it.
TRICKY = st.text(alphabet='a,;"\n\r\t |\x0b\x0c\x1c\x85\u2028\x00é\U0001f600', max_size=6)
GRIDS = st.lists(st.lists(TRICKY, min_size=1, max_size=4), min_size=1, max_size=5)
DELIMITERS = st.sampled_from([",", ";", "\t", "|"])


def records_of(text: str, delimiter: str = ",") -> list[str]:
    """The text of each record."""
    found = scan(text, delimiter, ANY_COUNT)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    """The values of each record."""
    return [split(record, delimiter) for record in records_of(text, delimiter)]


def faults_of(found: Records) -> list[tuple[str, int, int]]:
    """Code, line and column of each fault."""
    return [(fault.code, fault.line, fault.column) for fault in found.faults]


@given(GRIDS, DELIMITERS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_reads_back_what_was_written(rows: list[list[str]], delimiter: str, ending: str) -> None:
    """Every value comes back exactly, whatever dialect it was written in."""
    assert rows_of(written(rows, delimiter, ending), delimiter) == rows


@given(GRIDS, DELIMITERS)
def test_reads_back_what_was_quoted_only_where_needed(
    rows: list[list[str]], delimiter: str
) -> None:
    """Rows with some values in quotes come back as exactly."""
    text = written(rows, delimiter, is_all_quoted=False)
    assert rows_of(text, delimiter) == rows


@given(st.text(alphabet='a,"\n\r', max_size=30))
def test_splits_faulty_text_as_csv_does(text: str) -> None:
    """Text that no writer made is split as by Python's reader, blank lines aside."""
    expected = [row for row in csv.reader(StringIO(text, newline="")) if row]
    assert [row for row in rows_of(text) if row != [""]] == [r for r in expected if r != [""]]


@given(st.text(alphabet='a,"\n\r', max_size=30))
def test_splits_many_as_one_by_one(text: str) -> None:
    """The fast way and the plain way give the same values."""
    records = [record for record in records_of(text) if record]
    assert split_all(records, ",") == [split(record, ",") for record in records]


@given(st.text(alphabet='a,"\n\r', max_size=30))
def test_knows_the_line_of_every_record(text: str) -> None:
    """A record's line is one more than the line ends before it, those in quotes among them."""
    found = scan(text, ",", ANY_COUNT)
    expected = [1 + len(re.findall("\r\n?|\n", text[:start])) for start in found.starts]
    assert list(found.lines) == expected


def test_counts_the_lines_inside_quotes() -> None:
    """A row after a value of three lines begins on the line that an editor shows."""
    found = scan('a,b\n"1\n2\r\n3",x\nlast,row\n', ",", ANY_COUNT)
    assert list(found.lines) == [1, 2, 5]


def test_ends_lines_at_line_ends_only() -> None:
    """What `str.splitlines` takes for line ends stays in its value."""
    assert rows_of("a\x0bb\x0cc\x1cd\x85e\u2028f\n2") == [["a\x0bb\x0cc\x1cd\x85e\u2028f"], ["2"]]


@pytest.mark.parametrize("around", [8_192, 100_000, 131_072])
def test_long_records_are_read_as_short_ones(around: int) -> None:
    """The limits of the fast ways, of ours and of csv, change no value and no line."""
    for length in range(around - 20, around + 4):
        rows = [["x" * length, 'say "hi"'], ["next", ""]]
        text = written(rows)
        found = scan(text, ",", ANY_COUNT)
        assert (split_all(records_of(text), ","), list(found.lines)) == (rows, [1, 2])


def test_counts_how_records_end() -> None:
    """Line ends inside quotes belong to a value and are not counted."""
    found = scan('a,"1\n2"\r\nb,"x"\n"c"\rd', ",", ANY_COUNT)
    assert found.endings == {"\n": 1, "\r\n": 1, "\r": 1}


def test_names_where_an_unclosed_quote_begins() -> None:
    """Not the end of the file, where it is noticed, but the line and field that opened it."""
    found = scan('a,b\n1,2\n3,"never\nclosed,5\n', ",", ANY_COUNT)
    assert faults_of(found) == [("quote.unclosed", 3, 2)]


def test_names_text_after_a_closing_quote() -> None:
    """The fault is named where the text stands, with the line that opened the quote."""
    found = scan('a,"left open\nb,"x",y\n', ",", ANY_COUNT)
    assert (faults_of(found), found.faults[0].opened_line) == ([("quote.after", 2, 2)], 1)


def test_names_a_stray_quote_and_keeps_it() -> None:
    """A quote inside a value without quotes is part of the value."""
    text = 'size,name\n5" pipe,x\n'
    assert (faults_of(scan(text, ",", 9)), rows_of(text)[1]) == (
        [("quote.stray", 2, 1)],
        ['5" pipe', "x"],
    )


def test_counts_all_faults_and_keeps_the_first() -> None:
    """A file of faults does not fill the memory with them."""
    found = scan('x"\n' * 1_000, ",", ANY_COUNT)
    assert (found.fault_counts, len(found.faults)) == ({"quote.stray": 1_000}, 20)


@pytest.mark.parametrize("text", ["a\n" * 50, '"a"\n' * 50, 'x"\n' * 50])
def test_stops_at_the_number_of_records_asked_for(text: str) -> None:
    """And says that these were not all."""
    found = scan(text, ",", 10)
    assert (len(found), found.is_whole) == (10, False)


@pytest.mark.parametrize(
    "text",
    ['"' * 400_000, '"\n' * 200_000, 'a"b\n' * 100_000, '"a"b' * 100_000, '""' * 200_001, '"a,'],
    ids=["quotes", "quoted newlines", "stray", "after", "pairs", "one open"],
)
def test_hostile_quotes_cost_linear_time(text: str) -> None:
    """Hundreds of thousands of quotes take a second at most, not minutes."""
    began = time.process_time()
    scan(text, ",", ANY_COUNT)
    assert time.process_time() - began < 5
