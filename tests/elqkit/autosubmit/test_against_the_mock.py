"""The whole way: a file, a form read from the mock, a run over a real connection."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from elqkit import read_table
from elqkit.autosubmit import (
    BatchTransport,
    PublicTransport,
    RestTransport,
    Submission,
    Submissions,
    plan_of,
    prepare,
    suggest,
)
from elqkit.eloqua import RestForm
from elqkit.runs import Ledger, Plan, Progress, Run, Speed
from elqkit_builders import written
from elqkit_eloqua import EMAIL, Pair, pair

if TYPE_CHECKING:
    from elqkit.runs import BatchingTransport, Transport

    Way = Transport[Submission] | BatchingTransport[Submission]

HEADER = ["emailAddress", "comment"]
NAUGHTY = [
    "00123",
    "12345678901234567890",
    "1E5",
    "+49 170",
    "=1+1",
    "a&b=c%20d+e",
    "\"quoted\" 'text'",
    "line\r\nline\n",
    " spaces ",
    "nbsp\u00a0inside",
    "田中さん ßäö 🙂 👩\u200d💻",
    "\u202eright to left",
    "<script>alert(1)</script>",
    "'; DROP TABLE rows;--",
    "null",
    "\ufeffmark",
]


def submissions(two: Pair, values: list[str]) -> tuple[bytes, Submissions]:
    """A file of so many people to the mock's first form, mapped by itself."""
    rows = [[f"p{row}@example.com", value] for row, value in enumerate(values)]
    content = written([HEADER, *rows]).encode()
    table = read_table(content)
    return content, prepare(table, suggest(table.header, two.eloqua.form("1")))


def sent(two: Pair, values: list[str], transport: Way) -> Progress:
    """Run a file to its end."""
    content, rows = submissions(two, values)
    plan: Plan[Submission] = plan_of(content, rows, "1234567", "1")
    assert plan.skipped == {}
    with Ledger.in_memory(plan) as ledger:
        run = Run(plan, ledger, transport, Speed(rows_per_s=500, parallel=4))
        run.start()
        assert run.wait(60)
        return run.progress()


@pytest.mark.parametrize("way", ["public", "rest", "batch"])
def test_naughty_strings_arrive_as_they_are(way: str) -> None:
    """By each way to the form, letter by letter."""
    with pair() as two:
        rest = RestForm(two.eloqua, "1")
        ways: dict[str, Way] = {
            "public": PublicTransport(two.public()),
            "rest": RestTransport(rest),
            "batch": BatchTransport(rest),
        }
        progress = sent(two, NAUGHTY, ways[way])
        arrived = {
            row.values[EMAIL]: [v for id_, v in row.values.items() if id_ != EMAIL and v != "web"]
            for row in two.mock.site.rows.values()
        }
    assert progress.counts.accepted == len(NAUGHTY)
    assert arrived == {f"p{row}@example.com": [value] for row, value in enumerate(NAUGHTY)}


def test_answers_lost_after_the_row_was_stored_make_no_second_row() -> None:
    """With ids, all are accepted once; without, they are unknown and left alone."""
    values = [str(row) for row in range(40)]
    with pair("drop-after-commit@20%", read_s=2.0) as two:
        safe = sent(two, values, BatchTransport(RestForm(two.eloqua, "1")))
        once = Counter(two.stored)
    with pair("drop-after-commit@20%", read_s=2.0) as two:
        plain = sent(two, values, PublicTransport(two.public()))
        also_once = Counter(two.stored)
    assert (safe.counts.accepted, set(once.values()), len(once)) == (40, {1}, 40)
    assert plain.counts.unknown > 0
    assert (plain.is_complete, set(also_once.values()), len(also_once)) == (True, {1}, 40)


def test_a_throttled_run_sends_each_row_once() -> None:
    """429 means not taken: the row waits, and none is unknown."""
    with pair("throttled=1@9:2") as two:
        progress = sent(two, [str(row) for row in range(20)], PublicTransport(two.public()))
        assert Counter(Counter(two.stored).values()) == {1: 20}
    assert (progress.counts.accepted, progress.counts.unknown) == (20, 0)
