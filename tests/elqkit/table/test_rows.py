"""Whole rows: their width, their emptiness, their twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit import Place
from elqkit_builders import checked, codes, places, the_problem

if TYPE_CHECKING:
    import pytest


def test_names_a_row_with_too_many_values() -> None:
    """The column is the first that has no name."""
    (place,) = the_problem(checked("a,b\n1,2\n1,2,3,4\n"), "row.long").places
    assert place == Place(3, 3, "2 values", "4 values")


def test_names_a_row_with_too_few_values() -> None:
    """The column is the first that is missing."""
    (place,) = the_problem(checked("a,b,c\n1,2,3\n1\n"), "row.short").places
    assert place == Place(3, 2, "3 values", "1 value")


def test_ragged_rows_block() -> None:
    """Their values may be in the wrong columns."""
    assert not checked("a,b\n1\n").is_usable


def test_ragged_rows_are_kept() -> None:
    """They are in the table with the values that they have."""
    table = checked("a,b\n1\n2,3,4\n").table
    assert table is not None
    assert [row.values for row in table] == [("1",), ("2", "3", "4")]


def test_names_rows_of_empty_values() -> None:
    """A row of delimiters is a row, unlike a blank line."""
    report = checked('a,b\n,\n1,2\n"",""\n')
    assert report.table is not None
    assert (places(report, "row.empty"), len(report.table)) == ([(2, None), (4, None)], 3)


def test_names_repeated_rows_with_their_first() -> None:
    """The first is no duplicate; each later one points to it."""
    problem = the_problem(checked("a,b\n1,2\n3,4\n1,2\n1,2\n"), "row.duplicate")
    assert [(place.line, place.found) for place in problem.places] == [
        (4, "the same as line 2"),
        (5, "the same as line 2"),
    ]


def test_similar_rows_are_not_duplicates() -> None:
    """One space makes two rows different."""
    assert "row.duplicate" not in codes(checked("a,b\n1,2\n1, 2\n"))


def test_rows_with_the_same_hash_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash alone would call two rows the same that are not."""
    monkeypatch.setattr("elqkit.table.rows.hash", lambda _: 0, raising=False)
    assert places(checked("a\n1\n2\n1\n"), "row.duplicate") == [(4, None)]


def test_counts_all_and_names_the_first() -> None:
    """A file with one fault in each row stays small to report."""
    problem = the_problem(checked("a,b\n" + "1\n" * 5_000), "row.short")
    assert (problem.count, len(problem.places), problem.places[-1].line) == (5_000, 20, 21)
