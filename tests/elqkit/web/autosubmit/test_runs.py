"""Runs: paused, stopped, gone on with, sent once more; and what became of each row."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from elqkit_visitor import HOME, Visitor, heading, words

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = "E-mail\n" + "".join(f"p{number}@example.com\n" for number in range(60))


@pytest.fixture
def visitor() -> Visitor:
    """A person with a session of their own."""
    return Visitor()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_run_is_paused_and_gone_on_with(visitor: Visitor) -> None:
    """While it is paused nothing goes out."""
    visitor.ready(MANY)
    visitor.send(60, rate="40", way="single")
    visitor.say("pause")
    until(lambda: visitor.moment()["heading"] == "Paused")
    before = visitor.counts()["accepted"]
    time.sleep(0.4)
    assert visitor.counts()["accepted"] == before < 60
    visitor.say("go-on")
    visitor.wait()
    assert visitor.counts()["accepted"] == 60


def test_a_run_that_is_stopped_says_that_rows_are_left(visitor: Visitor) -> None:
    """It is not complete, and the rest can be sent: each row arrives once."""
    visitor.ready(MANY)
    visitor.send(60, rate="40", way="single")
    until(lambda: visitor.counts()["accepted"] > 2)
    visitor.say("cancel")
    page = visitor.wait()
    counts = visitor.counts()
    assert heading(page) == "Stopped by you, with rows left"
    assert "Not complete" in words(page)
    assert counts["read"] == counts["accepted"] + counts["left"]
    assert f"send what was not sent, {counts['left']}" in words(visitor.get("send/"))
    visitor.send(counts["left"], way="single")
    visitor.wait()
    assert visitor.counts()["accepted"] == 60
    assert len(visitor.stored()) == 60


def test_a_run_stops_within_a_second(visitor: Visitor) -> None:
    """Plus the calls in flight."""
    visitor.ready(MANY)
    visitor.send(60, rate="5", way="single")
    until(lambda: visitor.counts()["accepted"] > 0)
    said = time.monotonic()
    visitor.say("cancel")
    visitor.wait()
    assert time.monotonic() - said < 2.0


def test_the_same_file_is_recognised(visitor: Visitor) -> None:
    """Given again, to the same form: nothing is left to send."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    visitor.ready()
    page = words(visitor.get("send/"))
    assert "This file was sent to this form before, in this session" in page
    assert "2 rows arrived then." in page
    assert visitor.send(2).status_code == 422


def test_a_whole_file_is_sent_once_more_on_a_tick_only(visitor: Visitor) -> None:
    """Then its rows are there twice, as was said."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    visitor.ready()
    assert visitor.send(2, again="once-more").status_code == 422
    assert visitor.send(2, again="once-more", twice="1").status_code == 303
    visitor.wait()
    assert len(visitor.stored()) == 4


def test_unknown_rows_are_sent_again_on_a_tick_only(visitor: Visitor) -> None:
    """The mock loses answers of the public form; nobody knows what became of those rows."""
    visitor.ready(MANY, weather="rough")
    visitor.send(60, way="public")
    page = visitor.wait()
    unknown = visitor.counts()["unknown"]
    assert unknown > 0
    assert heading(page) == "Every row was dealt with, and of some the outcome is unknown"
    assert f"Of {unknown} rows nobody knows whether they arrived." in words(page)
    assert visitor.send(unknown, way="public").status_code == 422
    assert visitor.send(unknown, way="public", unknown="1").status_code == 303
    visitor.wait()
    counts = visitor.counts()
    assert counts["accepted"] + counts["unknown"] == 60
    assert counts["unknown"] < unknown


def test_with_ids_a_lost_answer_is_no_unknown_row(visitor: Visitor) -> None:
    """A batch is sent again under its ids, and each row is there once."""
    visitor.ready(MANY, weather="rough")
    visitor.send(60, way="batch")
    visitor.wait()
    assert (visitor.counts()["accepted"], len(visitor.stored())) == (60, 60)


def test_a_pause_that_eloqua_asks_for_is_shown(visitor: Visitor) -> None:
    """In words, with the seconds; no row is lost by it."""
    visitor.ready(MANY, weather="busy")
    visitor.send(60, way="single")
    until(lambda: "Eloqua asked for a pause" in visitor.moment()["note"])
    visitor.wait()
    assert visitor.counts()["accepted"] == 60


@pytest.mark.parametrize("part", ["accepted", "left-out", "all"])
def test_the_rows_of_a_run_are_files(visitor: Visitor, part: str) -> None:
    """The same columns, and the line and what became of the row."""
    visitor.ready("E-mail,First name\nana@example.com,=1+1\nno,Bo\n")
    visitor.send(1)
    visitor.wait()
    content = visitor.client.get(f"{visitor.run}rows/{part}/safe/").data.decode("utf-8-sig")
    lines = content.splitlines()
    expected = {
        "accepted": ['"ana@example.com","\'=1+1","2","accepted"'],
        "left-out": ['"no","Bo","3","left out: A value is not an e-mail address. (E-mail)'],
    }
    expected["all"] = expected["accepted"] + expected["left-out"]
    assert [line[: len(start)] for line, start in zip(lines[1:], expected[part], strict=True)] == (
        expected[part]
    )


@pytest.mark.parametrize("page", ["rows/none/safe/", "rows/all/none/"])
def test_there_are_no_other_files(visitor: Visitor, page: str) -> None:
    """Of a run."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    assert visitor.client.get(visitor.run + page).status_code == 404


def test_runs_are_found_again(visitor: Visitor) -> None:
    """The page of a run may be closed."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    page = visitor.client.get(f"{HOME}runs/")
    assert (visitor.run in page.text, "2 of 2 rows" in words(page)) == (True, True)


def test_the_page_of_a_run_loads_itself_again_without_scripts(visitor: Visitor) -> None:
    """As long as it goes on, and unless that is not wanted."""
    visitor.ready(MANY)
    visitor.send(60, rate="20", way="single")
    refresh = '<noscript><meta http-equiv="refresh"'
    assert refresh in visitor.client.get(visitor.run).text
    assert refresh not in visitor.client.get(f"{visitor.run}?still=1").text
    visitor.say("cancel")
    assert refresh not in visitor.wait()


def test_a_run_takes_no_other_word(visitor: Visitor) -> None:
    """Than pause, go on and stop."""
    visitor.ready()
    visitor.send(2)
    assert visitor.say("faster").status_code == 422
    visitor.wait()


def test_nothing_that_signs_anybody_in_is_kept_with_the_result(visitor: Visitor) -> None:
    """The result holds rows and outcomes."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    id_ = visitor.run.rstrip("/").rpartition("/")[2]
    for name in ("order.json", "outcomes.json"):
        found = visitor.client.get(f"/api/v1/jobs/{id_}/files/{name}")
        assert (found.status_code, b"password" in found.data) == (200, False)


def test_what_eloqua_stored_is_looked_up(visitor: Visitor) -> None:
    """Then rows whose answer was lost are known, and no doubt is left."""
    visitor.ready(MANY, weather="rough")
    visitor.send(60, way="public", look="1")
    page = words(visitor.wait())
    assert "Looked up" in page
    assert "rows of unknown outcome were found, too." in page
    assert (visitor.counts()["accepted"], visitor.counts()["unknown"]) == (60, 0)


def test_rows_of_an_earlier_run_are_told_apart(visitor: Visitor) -> None:
    """What arrived before counts as accepted, and the page says that it was not sent now."""
    visitor.ready(MANY)
    visitor.send(60, rate="20")
    until(lambda: visitor.counts()["accepted"] > 2)
    visitor.say("cancel")
    visitor.wait()
    before = visitor.counts()["accepted"]
    visitor.send(60 - before, look="1")
    page = words(visitor.wait())
    assert f"{before} of the accepted rows arrived in an earlier run" in page
    assert ("Looked up" in page, "not among those" in page) == (True, False)


def test_every_mock_is_a_far_side_of_its_own(visitor: Visitor) -> None:
    """What one visitor rehearsed is not taken for sent when another one does."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    other = Visitor(visitor.client.application)
    other.ready()
    other.send(2)
    other.wait()
    assert len(other.stored()) == 2


def test_another_plan_for_a_file_that_was_begun_sends_nothing(visitor: Visitor) -> None:
    """The ledger knows rows by number: with other edits it would not be true any more."""
    visitor.ready(MANY)
    visitor.send(60, rate="20")
    until(lambda: visitor.counts()["accepted"] > 2)
    visitor.say("cancel")
    visitor.wait()
    sent, left = len(visitor.stored()), visitor.counts()["left"]
    visitor.post("line/50/1/", value="other@example.com")
    visitor.post("rehearsal/")
    visitor.send(left)
    page = visitor.wait()
    assert heading(page) == "The run could not go on"
    assert "This file was begun with other columns, fixes or edits" in words(page)
    assert len(visitor.stored()) == sent
