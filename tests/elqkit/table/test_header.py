"""The header: each column has a name, and one of its own."""

from __future__ import annotations

import pytest

from elqkit import Limits, ReadOptions
from elqkit_builders import checked, codes, places, the_problem


@pytest.mark.parametrize(
    ("header", "code", "place"),
    [
        ("a,,c", "header.empty", (1, 2)),
        ("a, ,c", "header.empty", (1, 2)),
        ("a,b,a", "header.duplicate", (1, 3)),
        ("a,b,a ", "header.duplicate", (1, 3)),
        ("Name,b,name", "header.similar", (1, 3)),
        ("a,x@example.com,c", "header.data", (1, 2)),
    ],
)
def test_names_the_column(header: str, code: str, place: tuple[int, int]) -> None:
    """Each fault of a name comes with its column."""
    assert places(checked(f"{header}\n1,2,3\n"), code) == [place]


def test_missing_and_repeated_names_block() -> None:
    """A value could go to the wrong field. Names that are only alike may be meant."""
    assert not checked("a,a\n1,2\n").is_usable
    assert not checked("a,\n1,2\n").is_usable
    assert checked("a,A\n1,2\n").is_usable


def test_says_which_column_has_the_name_already() -> None:
    """Both are wanted to mend it."""
    (place,) = the_problem(checked("a,b,a\n1,2,3\n"), "header.duplicate").places
    assert place.found == "the name of column 1"


def test_two_columns_without_a_name_are_not_duplicates() -> None:
    """Each is told once, as what it is."""
    assert codes(checked(",,c\n1,2,3\n")) == ["header.empty"]


def test_counts_the_header_line() -> None:
    """A header below blank lines has the line that it stands on."""
    assert places(checked("\n\na,a\n1,2\n"), "header.duplicate") == [(3, 2)]


def test_too_many_columns_block() -> None:
    """And the names beyond the limit are not looked at."""
    report = checked("a,b,a,a\n1,2,3,4\n", ReadOptions(limits=Limits(max_columns=3)))
    assert codes(report) == ["header.duplicate", "columns.too-many"]
    assert the_problem(report, "header.duplicate").count == 1
