"""The named fixes: chosen, previewed, and nothing else is ever changed."""

from __future__ import annotations

import pytest

from elqkit import read_table
from elqkit.table.fixes import Change, DateForm, Fix, FixedRows, Split, preview


def fixed(content: str, *fixes: Fix) -> list[list[str]]:
    """Header and rows of a file with fixes."""
    rows = FixedRows(read_table(content.encode()), fixes)
    return [list(rows.header), *rows.values_of(range(len(rows)))]


@pytest.mark.parametrize(
    ("way", "before", "after"),
    [
        ("trim", " \t x y \u00a0", "x y"),
        ("drop-hidden", "\ufeffana\u00a0@example.com\u200b", "ana@example.com"),
        ("no-break", "12\u00a0345\u202f6", "12 345 6"),
        ("unguard", "'=1+1", "=1+1"),
        ("unguard", "'quoted'", "'quoted'"),
    ],
)
def test_a_change(way: str, before: str, after: str) -> None:
    """Does what its name says to its column, and leaves the other as it is."""
    rows = fixed(f'a,b\n"{before}","{before}"\n', Change(1, way))
    assert rows == [["a", "b"], [after, before]]


def test_dates_are_written_in_another_way() -> None:
    """Days that there are; anything else stays for the check to find."""
    rows = fixed("d\n5/2/2026\n31.12.2026\n31/02/2026\n", DateForm(1, "DD/MM/YYYY"))
    assert rows[1:] == [["2026-02-05"], ["31.12.2026"], ["31/02/2026"]]


def test_a_column_is_split_in_two() -> None:
    """At the first separator; the columns behind it move on."""
    rows = fixed("name,city\nAna Maria Lee,Rome\nBob,Lima\n", Split(1, " ", ("first", "last")))
    assert rows == [
        ["first", "last", "city"],
        ["Ana", "Maria Lee", "Rome"],
        ["Bob", "", "Lima"],
    ]


def test_fixes_of_one_column_follow_each_other() -> None:
    """In the order in which they were chosen."""
    rows = fixed("n\n  Ana Lee  \n", Change(1, "trim"), Split(1, " ", ("first", "last")))
    assert rows[1] == ["Ana", "Lee"]


def test_a_row_of_another_width_stays() -> None:
    """It is an error of its own, and its values may belong elsewhere."""
    assert fixed("a,b\n x \n", Change(1, "trim"))[1] == [" x "]


def test_lines_are_those_of_the_file() -> None:
    """A message about a mended row names the line that a person finds."""
    table = read_table(b'a\n"1\n2"\n x\n')
    assert list(FixedRows(table, [Change(1, "trim")]).lines) == [2, 4]


def test_a_preview_counts_and_shows_and_changes_nothing() -> None:
    """The first few, before and after; people's values stay out of its repr."""
    table = read_table(b"n\n a\nb\n c\n")
    shown = preview(table, Change(1, "trim"))
    assert (shown.changed, shown.unchanged) == (2, 1)
    assert [(one.line, one.before, one.after) for one in shown.first] == [
        (2, " a", ("a",)),
        (4, " c", ("c",)),
    ]
    assert "' a'" not in repr(shown)
    assert table[0].values == (" a",)


def test_a_fix_of_no_column_is_refused() -> None:
    """At once, not at the first row."""
    with pytest.raises(ValueError, match="column"):
        FixedRows(read_table(b"a\n1\n"), [Change(2, "trim")])


def test_a_split_needs_a_separator_and_two_names() -> None:
    """Otherwise nobody knows what comes of it."""
    with pytest.raises(ValueError, match="separator"):
        Split(1, "", ("a", "b"))


@pytest.mark.parametrize(
    ("before", "value", "after", "written"),
    [
        ("DD.MM.YYYY", "5.3.2026", "seconds", "1772668800"),
        ("seconds", "1772668800", "YYYY-MM-DD", "2026-03-05"),
        ("YYYY-MM-DD", "1969-12-31", "seconds", "-86400"),
        ("seconds", "-86400", "YYYY-MM-DD", "1969-12-31"),
        ("seconds", "1772668801", "YYYY-MM-DD", "1772668801"),
        ("seconds", "999999999999", "YYYY-MM-DD", "999999999999"),
    ],
)
def test_a_day_may_be_seconds_since_1970(before: str, value: str, after: str, written: str) -> None:
    """As Eloqua's REST takes days; what is no midnight stays as it is."""
    assert DateForm(1, before, after).apply(value) == (written,)
