"""The check as a whole: what a person gets for a file."""

from __future__ import annotations

import re
import time

import pytest

from elqkit import Report, Severity, check_file
from elqkit_builders import checked, codes

GOOD = b"email,name\na@example.com,A\n"


def test_a_good_file_is_in_order() -> None:
    """Nothing found, and it can be used."""
    report = checked(GOOD)
    assert (report.is_usable, report.problems, report.size_bytes) == (True, (), len(GOOD))


@pytest.mark.parametrize("name", ["a.exe", "people", "people.csv.exe", "people.xlsx", "", "csv"])
def test_refuses_other_names(name: str) -> None:
    """The ending must agree with the content, whatever the content is."""
    assert codes(check_file(GOOD, name)) == ["file.extension"]


@pytest.mark.parametrize("name", ["people.csv", "PEOPLE.CSV", "a.b.tsv", "x.txt", ".csv", None])
def test_takes_the_names_of_csv_files(name: str | None) -> None:
    """In any case; content without a name is judged by itself."""
    assert codes(check_file(GOOD, name)) == []


def test_what_blocks_comes_first() -> None:
    """A person sees what has to be done before what may be done."""
    severities = [problem.cause.severity for problem in checked("a,b\n 1,2\n1\n=x,\x00\n").problems]
    assert severities == sorted(severities, key=lambda severity: severity is Severity.LOOK)


def test_the_name_is_made_safe_to_show() -> None:
    """Control and direction characters are written out, and it is cut."""
    assert check_file(GOOD, "x\u202e\x00.csv").name == "x<U+202E><U+0000>.csv"
    assert len(check_file(GOOD, "n" * 5_000 + ".csv").name) == 123


def test_shows_the_first_rows_only() -> None:
    """Ten, to judge the reading by."""
    rows = checked("a\n" + "".join(f"{row}\n" for row in range(50))).first_rows
    assert [row.values[0] for row in rows] == [str(row) for row in range(10)]


HOSTILE = {
    "rows": b"email\n" + b"a@b.co\n" * 140_000,
    "blank lines": b"a\n1\n" + b"\n" * 1_000_000,
    "one long row": b"a,b\n" + b"," * 1_000_000,
    "columns": b"," * 1_000_000,
    "quotes": b'"' * 1_000_000,
    "open quotes": b"a\n" + b'"\n' * 500_000,
    "plus signs": b"a\n" + b"+" * 1_000_000,
    "signed numbers": b"a\n" + b"+1," * 330_000,
    "no-break spaces": b"a,b\n" + b"\xc2\xa0," * 330_000,
    "faults in each value": b"a,b\n" + b" =x ,#REF!\n" * 90_000,
    "one e-mail address": b"a\n" + b"a@a." * 250_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_megabyte_is_answered_soon(content: bytes) -> None:
    """Time is linear, whatever the file holds: a second on a slow machine, not minutes."""
    began = time.process_time()
    report = check_file(content, "x.csv")
    assert isinstance(report, Report)
    assert time.process_time() - began < 5


def test_650_000_rows_are_refused_soon() -> None:
    """5 MB of short rows start nothing; the rows beyond the limit are not even looked at."""
    began = time.process_time()
    assert "rows.too-many" in codes(checked(b"email\n" + b"a@b.co\n" * 650_000))
    assert time.process_time() - began < 5


def test_neither_name_nor_column_is_shown_by_accident() -> None:
    """What ends up in a log or a trace holds counts and codes."""
    report = check_file(b"secret,secret\nhidden,x\n", "private.csv")
    assert not re.search("secret|hidden|private", repr(report))
