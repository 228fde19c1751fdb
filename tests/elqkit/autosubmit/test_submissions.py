"""From a file to submissions, rehearsed: what would be sent, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from elqkit import read_table
from elqkit.autosubmit import plan_of, prepare, rehearse, rules_of, suggest
from elqkit.eloqua.models import LENGTH, REQUIRED
from elqkit.table.fixes import Change, FixedRows
from elqkit_builders import written
from elqkit_form_builders import field, form

if TYPE_CHECKING:
    from elqkit.autosubmit.submissions import Submissions


def submissions(content: str) -> Submissions:
    """The submissions of a file to the usual form."""
    table = read_table(content.encode())
    return prepare(table, suggest(table.header, form()))


def test_values_go_out_as_they_are() -> None:
    """Zeros, signs, long numbers, quotes and spaces: nothing is changed on the way."""
    values = ["00123", "+49 170", "12345678901234567890", "1E5", " x ", '"q"', "=1+1", "a\nb", "ñ"]
    content = written([["email", "company"], *(["a@example.com", value] for value in values)])
    assert [dict(each.by_name)["company"] for each in submissions(content)] == values


def test_fields_are_named_for_both_ways() -> None:
    """By HTML name and by id; the row's line goes along, and no values into a repr."""
    (one,) = submissions("email,other\nana@example.com,x\n")
    assert one.line == 2
    assert one.by_name == (("emailAddress", "ana@example.com"),)
    assert one.by_id == (("id-emailAddress", "ana@example.com"),)
    assert "ana" not in repr(one)


def test_an_empty_value_is_not_sent() -> None:
    """It would blank what is stored."""
    (one,) = submissions("email,company\nana@example.com,\n")
    assert [name for name, _ in one.by_name] == ["emailAddress"]


def test_rows_with_faults_are_left_out_and_say_why() -> None:
    """By the form's own rules; rows of another width, too."""
    content = (
        "email,first name,company\n"
        "ana@example.com,Ana,\n"
        "bob,Bob,\n"
        f"cy@example.com,{'C' * 36},\n"
        "dee@example.com\n"
        ",,\n"
        "eve@example.com\u00a0,,\n"
    )
    assert submissions(content).skipped() == {
        1: "value.email",
        2: "value.length",
        3: "row.short",
        4: "value.missing",
        5: "value.email-space",
    }


def test_a_row_without_a_value_is_left_out() -> None:
    """Where nothing is required, an empty row would still be a submission."""
    table = read_table(b"company,x\nAcme,1\n,2\n")
    rows = prepare(table, suggest(table.header, form(field("company"))))
    assert rows.skipped() == {1: "row.nothing-to-send"}


def test_a_rehearsal_counts_and_shows_three_rows_and_sends_nothing() -> None:
    """Read, to send and to skip balance; columns that are not sent are named."""
    rows = "".join(f"p{row}@example.com,x\n" for row in range(5))
    shown = rehearse(submissions(f"email,note\nbad,x\n{rows}"))
    assert (shown.read, shown.would_send, shown.would_skip) == (6, 5, 1)
    assert (shown.skipped, shown.ignored) == ({"value.email": 1}, ("note",))
    assert [(each.line, each.fields) for each in shown.payloads] == [
        (3 + row, (("emailAddress", f"p{row}@example.com"),)) for row in range(3)
    ]
    assert "example.com" not in repr(shown)


def test_nothing_is_prepared_without_the_required_fields() -> None:
    """A page may not go on by mistake."""
    table = read_table(b"company\nAcme\n")
    with pytest.raises(ValueError, match="required"):
        prepare(table, suggest(table.header, form()))


def test_a_fix_reaches_what_is_sent() -> None:
    """And clears the fault that it was chosen for."""
    table = read_table("email\nana@example.com\u00a0\n".encode())
    fixed = FixedRows(table, [Change(1, "drop-hidden")])
    rows = prepare(fixed, suggest(fixed.header, form()))
    assert (rows.skipped(), rows[0].by_name) == ({}, (("emailAddress", "ana@example.com"),))


def test_a_plan_leaves_the_same_rows_out_and_knows_its_mapping() -> None:
    """Another mapping of the same file is another plan; another form another run."""
    content = "email,company\nbad,x\nana@example.com,y\n"
    table = read_table(content.encode())
    both = prepare(table, suggest(table.header, form()))
    one = prepare(table, suggest(["email", "x"], form()))
    plans = [plan_of(content.encode(), rows, "1", "7", "utf-8") for rows in (both, one)]
    key = bytes(32)
    assert plans[0].skipped == {0: "value.email"}
    assert plans[0].name(key) == plans[1].name(key)
    assert plans[0].shape(key) != plans[1].shape(key)
    assert plan_of(content.encode(), both, "1", "8").name(key) != plans[0].name(key)


def test_a_columns_rules_come_from_its_field() -> None:
    """Those of the form, what its kind asks for, and Eloqua's own longest value."""
    fields = form(
        field("a", "", REQUIRED, LENGTH, "PreventUrlCondition", "PreventXSSCondition"),
        field("b", data_type="numeric"),
        field("c", data_type="largeText"),
        field("d", option_list_id="9")._replace(options=("x", "y")),
        field("e", option_list_id="8"),
        field("f")._replace(display_type="multiSelect", options=("x", "y")),
        field("when", data_type="date"),
    )
    found = rules_of(
        suggest(["a", "b", "c", "d", "e", "f", "when"], fields),
        {"when": "YYYY-MM-DD"},
    )
    told = {
        column: [rule.code.removeprefix("value.") for rule in rules]
        for column, rules in found.items()
    }
    assert told == {
        1: ["cell.nul", "missing", "length", "url", "html"],
        2: ["cell.nul", "number", "length"],
        3: ["cell.nul", "length"],
        4: ["cell.nul", "choice", "length"],
        5: ["cell.nul", "length"],
        6: ["cell.nul", "length"],
        7: ["cell.nul", "date", "length"],
    }
    assert [found[column][-1].expected for column in (2, 3)] == [
        "at most 100 characters",
        "at most 1,000 characters",
    ]
