"""The bars of a run, in small: `make bench-elqkit` measures them in full."""

from __future__ import annotations

import time

import pytest

from elqkit.autosubmit import Access, Connection, Sending, Way, prepare_sheet, read_sheet
from elqkit.mock import ACCOUNT, Mock, serving
from elqkit.mock.site import SITE_ID
from elqkit.runs import Ledger, Progress, Speed
from elqkit_builders import written
from elqkit_eloqua import EMAIL
from elqkit_naughty import NAUGHTY
from elqkit_schedules import WAYS, lived, quick


def send(mock: Mock, content: bytes, speed: Speed, way: Way) -> tuple[Progress, float]:
    """Send a file, and tell how long it took."""
    with (
        serving(mock) as address,
        Connection(Access.to_mock(address, ACCOUNT, SITE_ID)) as connection,
    ):
        form = connection.form("newsletter")
        plan = prepare_sheet(read_sheet(content, None), form).plan(connection.site_id)
        with Ledger.in_memory(plan) as ledger:
            sending = Sending(plan, ledger, connection, form, way, speed=speed)
            begun = time.monotonic()
            sending.start()
            while not sending.wait(5):
                pass
            return sending.progress(), time.monotonic() - begun


@pytest.mark.parametrize("way", WAYS)
def test_no_life_of_a_run_sends_a_row_twice_or_loses_one(way: str) -> None:
    """Faults and kills at random, sitting after sitting; the mock's own rows are the judge."""
    with quick():
        ends = [lived(seed, way) for seed in range(10)]
    assert [(end.twice, end.lost) for end in ends] == [(0, 0)] * len(ends)
    assert all(end.counts.is_complete for end in ends)
    assert sum(end.sittings for end in ends) > len(ends)
    if way == "batch":
        assert sum(end.counts.unknown for end in ends) == 0


@pytest.mark.parametrize("way", list(Way))
def test_naughty_strings_arrive_letter_by_letter(way: Way) -> None:
    """By each way, out of a CSV file."""
    mock = Mock()
    rows = [[f"p{row}@example.com", value] for row, value in enumerate(NAUGHTY)]
    content = written([["emailAddress", "comment"], *rows]).encode()
    progress, _ = send(mock, content, Speed(1_000, 8), way)
    assert progress.counts.accepted == len(NAUGHTY)
    elements = mock.site.forms["1"]["elements"]
    (comment,) = (each["id"] for each in elements if each["htmlName"] == "comment")
    arrived = {row.values[EMAIL]: row.values[comment] for row in mock.site.rows.values()}
    assert arrived == {f"p{row}@example.com": value for row, value in enumerate(NAUGHTY)}


def test_calls_at_the_same_time_divide_the_time() -> None:
    """200 rows at 100 ms would take 20 s one by one; 16 at a time at least 8 times less here."""
    people = "\n".join(["emailAddress", *(f"p{row}@example.com" for row in range(200))]).encode()
    progress, took = send(Mock(["slow=0.1"]), people, Speed(1_000, 16), Way.PUBLIC)
    assert progress.counts.accepted == 200
    assert took < 20 / 8
