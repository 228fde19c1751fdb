"""Files of refused rows: complete, readable again, and harmless in a spreadsheet program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from elqkit import read_table
from elqkit.table.fixes import Change, FixedRows
from elqkit.table.formulas import guarded, unguarded
from elqkit.table.writing import write_rows
from elqkit_builders import written

if TYPE_CHECKING:
    from elqkit.table.model import Table


def again(table: Table, reasons: dict[int, str], *, safe: bool, delimiter: str = ",") -> Table:
    """The table that the written file is read as."""
    pieces = write_rows(table, reasons, delimiter=delimiter, is_formula_safe=safe)
    return read_table(b"".join(pieces))


def test_the_same_columns_and_two_more() -> None:
    """The line in the first file, and why."""
    table = read_table(b"email,city\nana@example.com,Rome\nbob,Lima\n")
    refused = again(table, {1: "value.email"}, safe=False)
    assert refused.header == ("email", "city", "ElqKit line", "ElqKit reason")
    assert [row.values for row in refused] == [("bob", "Lima", "3", "value.email")]


VALUE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\t\r\n"))


@given(
    st.lists(st.lists(VALUE, min_size=2, max_size=2), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_exact_values_come_back_exactly(rows: list[list[str]], delimiter: str) -> None:
    """Quotes, line ends, formulas and all: what is sent again is what was refused."""
    table = read_table(written([["a", "b"], *([*row[:1], f"x{row[1]}"] for row in rows)]).encode())
    reasons = dict.fromkeys(range(len(table)), "http.400")
    pieces = write_rows(table, reasons, delimiter=delimiter, is_formula_safe=False)
    refused = read_table(b"".join(pieces))
    assert [row.values[:2] for row in refused] == [row.values for row in table]


def test_nothing_in_a_safe_file_is_a_formula() -> None:
    """Not a value, not a column's name; numbers and dates are as they were."""
    signs = ["=1", "+1", "-1", "@a", "\t=1", "＝1"]  # noqa: RUF001 - a full-width sign is one, too
    table = read_table(written([["=name", "n"], *([sign, "7"] for sign in signs)]).encode())
    refused = again(table, dict.fromkeys(range(6), "x"), safe=True)
    assert refused.header[0] == "'=name"
    assert [row.values[:2] for row in refused] == [(f"'{sign}", "7") for sign in signs]


@given(st.text(alphabet="'=+-@a\t", max_size=6))
def test_a_safe_file_can_be_made_exact_again(value: str) -> None:
    """By the named fix, whatever quote marks the value had of its own."""
    assert unguarded(guarded(value)) == value


def test_the_fix_undoes_the_guard_in_a_file() -> None:
    """A safe file that was corrected is sent as it was meant."""
    table = again(read_table(b"a\n=1\n"), {0: "x"}, safe=True)
    assert FixedRows(table, [Change(1, "unguard")]).values_of([0])[0][0] == "=1"


def test_a_second_file_replaces_the_two_columns() -> None:
    """They do not grow with each round."""
    first = again(read_table(b"a\n1\n"), {0: "x"}, safe=False)
    second = again(first, {0: "y"}, safe=False)
    assert (second.header, second[0].values) == (first.header, ("1", "2", "y"))


def test_ragged_rows_keep_all_their_values() -> None:
    """A short one is filled up, so that line and reason stand under their names."""
    table = read_table(b"a,b\n1\n1,2,3\n")
    pieces = list(write_rows(table, {0: "row.short", 1: "row.long"}, is_formula_safe=False))
    lines = b"".join(pieces).decode("utf-8-sig").splitlines()[1:]
    assert lines == ['"1","","2","row.short"', '"1","2","3","3","row.long"']
