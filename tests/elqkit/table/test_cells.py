"""Single values: what cannot be seen, and what a spreadsheet program has done."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from elqkit import Limits, ReadOptions, Table, read_table
from elqkit.table.causes import CAUSES
from elqkit.table.cells import _check_row, check
from elqkit.table.dialects import DELIMITERS
from elqkit.table.problems import Findings
from elqkit_builders import checked, codes, places, the_problem, written

FOUND = [
    ("x\x00y", "cell.nul"),
    ("x\x07y", "cell.control"),
    ("x\x85y", "cell.control"),
    ("a@example.com\u00a0", "cell.non-breaking-space"),
    ("1\u202f000", "cell.non-breaking-space"),
    ("\ufeffx", "cell.invisible"),
    ("x\u200by", "cell.invisible"),
    ("x\u202ey", "cell.invisible"),
    ("M\ufffdller", "cell.replacement"),
    (" x", "cell.spaces"),
    ("x ", "cell.spaces"),
    ("x\t", "cell.spaces"),
    ("=1+1", "cell.formula"),
    ("@SUM(1)", "cell.formula"),
    ("+cmd|x", "cell.formula"),
    ("-x", "cell.formula"),
    ("1.23457E+15", "cell.scientific"),
    ("1,23457E+15", "cell.scientific"),
    ("#REF!", "cell.spreadsheet-error"),
    ("#N/A", "cell.spreadsheet-error"),
]
NOT_FOUND = [
    "x",
    "a b",
    "00123",
    "1E5",
    "12345678901234567890",
    "+49 (30) 123-45/6",
    "-5",
    "-1.5",
    "-",
    "+",
    "a=b",
    "#1",
    "x\ny",
    "Müller",
    "\U0001f600",
    "E+",
]


@pytest.mark.parametrize(("value", "code"), FOUND)
@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("position", [(2, 1), (2, 3), (4, 2), (6, 1), (6, 3)])
def test_finds_it_wherever_it_stands(
    value: str, code: str, position: tuple[int, int], *, quoted: bool
) -> None:
    """First or last row, first or last column, in quotes or not."""
    rows = [["a", "b", "c"], *(["1", f"n{line}", "z"] for line in range(2, 7))]
    line, column = position
    rows[line - 1][column - 1] = value
    text = written(rows, ";") if quoted else "\n".join(map(";".join, rows))
    assert places(checked(text), code) == [position]


@pytest.mark.parametrize("value", NOT_FOUND)
def test_leaves_ordinary_values_alone(value: str) -> None:
    """Telephone numbers, negative numbers, codes and words are nothing to look at."""
    assert codes(checked(written([["a", "b"], ["1", value], ["2", "y"]]))) == []


@given(
    st.lists(
        st.tuples(st.text(alphabet='a 1,;"=+-@#E\n\r\t\u00a0', max_size=6), st.sampled_from("x-")),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["comma", "semicolon", "tab"]),
    st.booleans(),
)
def test_the_fast_search_misses_nothing(
    rows: list[tuple[str, str]],
    delimiter: str,
    is_all_quoted: bool,
) -> None:
    """Looking at the signs in the text finds what looking at every value finds."""
    grid = [("first", "second"), *rows]
    text = written(grid, DELIMITERS[delimiter], is_all_quoted=is_all_quoted)
    table = read_table(text.encode(), ReadOptions(delimiter=delimiter))
    assert by_search(table) == by_value(table)


def by_search(table: Table) -> list[tuple[str, int]]:
    """What the check finds."""
    findings = Findings()
    check(table, Limits(), findings)
    return [(problem.code, problem.count) for problem in findings.problems(CAUSES)]


def by_value(table: Table) -> list[tuple[str, int]]:
    """What looking at each value finds."""
    findings = Findings()
    _check_row(1, list(table.header), Limits(), findings)
    for row in table:
        _check_row(row.line, list(row.values), Limits(), findings)
    return [(problem.code, problem.count) for problem in findings.problems(CAUSES)]


def test_looks_at_the_header_too() -> None:
    """A name with a space at its end fits no field."""
    assert places(checked("a ,b\n1,2\n"), "cell.spaces") == [(1, 1)]


def test_only_nul_and_too_long_values_block() -> None:
    """The rest may be as it should be."""
    blocking = {code for value, code in FOUND if not checked(written([["a"], [value]])).is_usable}
    assert blocking == {"cell.nul"}


def test_a_value_longer_than_any_field_blocks() -> None:
    """And the limit itself does not."""
    options = ReadOptions(limits=Limits(max_cell_chars=5))
    report = checked("a,b\n12345,x\ny,123456\nx,y\n", options)
    assert (places(report, "cell.long"), report.is_usable) == ([(3, 2)], False)


def test_values_beyond_the_last_column_are_not_looked_at() -> None:
    """A row of a million values is a fault of the row."""
    report = checked("a\nx\n" + "=x," * 9 + "\ny\n", ReadOptions(limits=Limits(max_columns=3)))
    assert the_problem(report, "cell.formula").count == 3


def test_shows_a_shape_and_never_the_value() -> None:
    """What was found is told without telling it."""
    (place,) = the_problem(checked("a\nAna7@example.com\u00a0\n"), "cell.non-breaking-space").places
    assert place.found == "Aaa9@aaaaaaa.aaa<U+00A0>"
