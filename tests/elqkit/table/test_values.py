"""The check of values: every fault found, grouped, and tied to its row."""

from __future__ import annotations

from elqkit import read_table
from elqkit.table.rules import Email, Length, Required
from elqkit.table.values import Fault, check_values
from elqkit_builders import written


def test_faults_are_grouped_by_cause_with_line_and_column() -> None:
    """With what was expected and the shape of what was found."""
    table = read_table(b"email,city\nana@example.com,Rome\nbob,\n,Lima\n")
    report = check_values(table, {1: (Required(), Email()), 2: (Required(),)})
    told = {
        problem.code: [(p.line, p.column, p.expected, p.found) for p in problem.places]
        for problem in report.problems
    }
    assert told == {
        "value.missing": [(3, 2, "a value", "nothing"), (4, 1, "a value", "nothing")],
        "value.email": [(3, 1, "an e-mail address", "aaa")],
    }
    assert all(problem.blocks for problem in report.problems)


def test_every_fault_is_tied_to_its_row() -> None:
    """More than are shown: the rows are to be left out, or written down."""
    rows = [["x" * 9 if row % 2 else "ok"] for row in range(6_000)]
    table = read_table(written([["name"], *rows]).encode())
    report = check_values(table, {1: (Length(5),)})
    assert (report.problems[0].count, len(report.problems[0].places)) == (3_000, 20)
    assert set(report.faults.rows()) == set(range(1, 6_000, 2))
    assert report.faults.by_row()[5_999] == [Fault(5_999, 1, "value.length")]


def test_a_row_has_all_its_faults_in_the_order_of_its_columns() -> None:
    """And its first one as its reason."""
    table = read_table(b"a,b\nlong,\n")
    report = check_values(table, {2: (Required(),), 1: (Length(2),)})
    assert [fault.column for fault in report.faults.by_row()[0]] == [1, 2]
    assert report.faults.rows() == {0: "value.length"}


def test_rows_of_another_width_are_left_to_the_check_of_rows() -> None:
    """Their values may belong to other columns."""
    table = read_table(b"a,b\n1\n1,2,3\n")
    assert len(check_values(table, {1: (Length(0),)}).faults) == 0


def test_values_stay_out_of_the_report() -> None:
    """Shapes only, wherever the report is printed."""
    report = check_values(read_table(b"email\nsecret-person\n"), {1: (Email(),)})
    assert "secret" not in repr(report)
