"""The profile of a column."""

from __future__ import annotations

import pytest

from elqkit import Limits, ReadOptions
from elqkit_builders import checked


def test_counts_filled_empty_different_and_longest() -> None:
    """What a person wants to know of a column at a glance."""
    (column, _) = checked("a,b\nxx,1\n,1\nxx,1\nyyy,1\n").columns
    assert (column.position, column.name, column.filled, column.empty) == (1, "a", 3, 1)
    assert (column.distinct, column.is_distinct_exact, column.longest) == (2, True, 3)


def test_counts_across_blocks_of_rows() -> None:
    """A value seen in the first thousand rows is not new in the last."""
    (column,) = checked("a\n" + "".join(f"{row % 3_000}\n" for row in range(7_000))).columns
    assert (column.filled, column.distinct) == (7_000, 3_000)


def test_says_when_it_stopped_counting() -> None:
    """Different values are remembered up to a limit; the count is then a lower bound."""
    report = checked(
        "a\n" + "".join(f"{row}\n" for row in range(5_000)),
        ReadOptions(limits=Limits(max_distinct=2_000)),
    )
    assert (report.columns[0].distinct, report.columns[0].is_distinct_exact) == (2_000, False)


def test_leaves_out_rows_of_another_width() -> None:
    """Their values may belong to other columns."""
    (first, _) = checked("a,b\n1,2\nx,y,z\n").columns
    assert (first.filled, first.kinds) == (1, (("whole number", 1),))


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        (["13/01/2026", "01/02/2026"], (("date (DD/MM/YYYY)", 2),)),
        (["01/13/2026", "01/02/2026"], (("date (MM/DD/YYYY)", 2),)),
        (["03/04/2026", "01/02/2026"], (("date (DD/MM or MM/DD)", 2),)),
        (["01234", "12345"], (("digits", 2),)),
        (["1", "2", "x"], (("whole number", 2), ("text", 1))),
        ([""], ()),
    ],
)
def test_a_column_settles_what_one_value_leaves_open(
    values: list[str], kinds: tuple[tuple[str, int], ...]
) -> None:
    """The order of day and month, and whether digits are a number."""
    (column, _) = checked("a,b\n" + "".join(f"{value},x\n" for value in values)).columns
    assert column.kinds == kinds


def test_samples_are_shapes() -> None:
    """Up to three different ones, without a value."""
    (column,) = checked("a\nAna\nBob\nx1\n77\nz@example.com\n").columns
    assert column.samples == ("Aaa", "a9", "99")


def test_profiles_no_more_columns_than_the_limit() -> None:
    """A file of a million columns does not make a report of a million lines."""
    report = checked("a,b,c\n1,2,3\n", ReadOptions(limits=Limits(max_columns=2)))
    assert [column.name for column in report.columns] == ["a", "b"]
