"""The end of a run: rows by cause, and a reason for each that did not arrive."""

from __future__ import annotations

from elqkit.autosubmit import Choices, groups_of, prepare_sheet, read_sheet, reasons_of
from elqkit.output.words import about
from elqkit.runs import Ledger, Outcome
from elqkit_form_builders import form

LINES = ["E-mail,First name", *(f"p{row}@example.com,P" for row in range(5)), "nobody,N"]


def test_rows_are_grouped_by_cause_and_each_has_a_reason() -> None:
    """Refused ones with Eloqua's words, its ids as names; left out ones with their column."""
    prepared = prepare_sheet(read_sheet("\n".join(LINES).encode(), None), form(), Choices())
    plan = prepared.plan("1")
    with Ledger.in_memory(plan) as ledger:
        ledger.skip_all(plan.skipped)
        for row, outcome, code in (
            (0, Outcome.ACCEPTED, ""),
            (1, Outcome.REFUSED, "eloqua.bad-row"),
            (2, Outcome.REFUSED, "eloqua.bad-row"),
            (3, Outcome.UNKNOWN, "eloqua.connection-lost"),
        ):
            ledger.sending(row, is_safe=False)
            ledger.settle(row, outcome, code)
        groups = groups_of(ledger)
        reasons = reasons_of(
            ledger, prepared.ready, detail=lambda row: "id-firstName: NotNull" * (row == 1)
        )
    assert [(group.outcome.name, group.code, group.rows) for group in groups] == [
        ("PENDING", "", (4,)),
        ("REFUSED", "eloqua.bad-row", (1, 2)),
        ("SKIPPED", "value.email", (5,)),
        ("UNKNOWN", "eloqua.connection-lost", (3,)),
    ]
    assert reasons == {
        1: "refused: Eloqua refuses values of the row. First Name: NotNull [eloqua.bad-row]",
        2: "refused: Eloqua refuses values of the row. [eloqua.bad-row]",
        3: "unknown: The connection ended before the answer. [eloqua.connection-lost]",
        4: "left",
        5: "left out: A value is not an e-mail address. (E-mail) [value.email]",
    }


def test_a_time_is_said_as_people_say_it() -> None:
    """Rounded more the longer it is; never a number without sense."""
    said = [about(seconds) for seconds in (0, 3, 29, 70, 600, 4_000, 20_000, 400_000, 1e9)]
    assert said == [
        "a few seconds",
        "a few seconds",
        "about 30 seconds",
        "about a minute",
        "about 10 minutes",
        "about an hour",
        "about 6 hours",
        "about 5 days",
        "more than a week",
    ]
