"""From a file to its result, without JavaScript, against the built-in mock."""

from __future__ import annotations

import logging
import re

import pytest

from elqkit_visitor import HOME, PEOPLE, Visitor, heading, words

EMAIL, FIRST_NAME, PHONE, SOURCE = "101", "104", "113", "119"


@pytest.fixture
def visitor() -> Visitor:
    """A person with a session of their own."""
    return Visitor()


def test_the_whole_way(visitor: Visitor) -> None:
    """Each row arrives once, its values as they are in the file; the counts balance."""
    visitor.ready()
    assert visitor.send(2).status_code == 303
    page = visitor.wait()
    assert heading(page) == "Every row was accepted"
    assert "2 read = 2 accepted + 0 refused + 0 left out + 0 unknown" in words(page)
    names = {"ana@example.com": ("Ana", "00123"), "bo@example.com": ("Bo", "+49 1E5")}
    found = {tuple(sorted(row.values())) for row in visitor.stored()}
    assert found == {tuple(sorted((mail, *rest, "web"))) for mail, rest in names.items()}


@pytest.mark.parametrize(
    ("step", "first"),
    [("columns/", "connect/"), ("checks/", "connect/"), ("rehearsal/", "connect/")],
)
def test_a_step_leads_to_the_one_that_is_missing(visitor: Visitor, step: str, first: str) -> None:
    """Nothing is asked for that an earlier step decides."""
    visitor.give()
    answer = visitor.get(step)
    assert (answer.status_code, answer.location) == (303, visitor.base + first)


def test_nothing_is_sent_before_the_rehearsal(visitor: Visitor) -> None:
    """Nor after a change that the rehearsal did not show."""
    visitor.ready()
    assert visitor.get("send/").status_code == 200
    visitor.post("line/2/2/", value="Anna")
    assert visitor.send(2).location == f"{visitor.base}rehearsal/"
    assert visitor.stored() == []


@pytest.mark.parametrize("count", ["", "3", "two"])
def test_the_count_has_to_be_typed(visitor: Visitor, count: str) -> None:
    """Another number sends nothing."""
    visitor.ready()
    answer = visitor.send(count)
    assert (answer.status_code, "Type the number of rows: 2" in words(answer)) == (422, True)
    assert visitor.stored() == []


@pytest.mark.parametrize("count", ["2", "\u0662", "0.002", " 2 "])
def test_the_count_is_typed_as_people_write_numbers(visitor: Visitor, count: str) -> None:
    """With the digits of their language, and whatever stands between thousands."""
    visitor.ready()
    assert visitor.send(count).status_code == 303


def test_what_cannot_be_taken_back_needs_a_tick(visitor: Visitor) -> None:
    """The webinar's form sends an e-mail and adds to a campaign."""
    visitor.give("E-mail,Full name\nana@example.com,Ana\n")
    visitor.to_mock("2")
    visitor.rehearse()
    page = words(visitor.get("rehearsal/"))
    assert "Sends an e-mail to the contact." in page
    assert visitor.send(1).status_code == 422
    assert visitor.send(1, effects="1").status_code == 303


def test_the_rehearsal_shows_rows_to_the_letter(visitor: Visitor) -> None:
    """What would be sent, what would not, and no row has arrived."""
    visitor.give("E-mail,First name,Note\nana@example.com,'<b>Ana,x\nno,Bo,y\n")
    visitor.to_mock()
    visitor.rehearse()
    page = words(visitor.get("rehearsal/"))
    assert "emailAddress ana@example.com firstName '<b>Ana source web" in page
    assert "1 would be sent" in page.replace("would be sent 1", "1 would be sent")
    assert "Not sent: Note" in page
    assert visitor.stored() == []


def test_rows_with_faults_are_left_out_and_named(visitor: Visitor) -> None:
    """By cause, line and column; the value itself is masked."""
    visitor.give("E-mail,First name\nana@example.com,Ana\nnot one,Bo\n")
    visitor.to_mock()
    visitor.post("columns/", **visitor.suggested())
    page = words(visitor.get("checks/"))
    assert heading(visitor.get("checks/")) == "1 row needs you"
    assert "line 3 E-mail: aaa aaa , expected an e-mail address" in page


@pytest.mark.parametrize(
    ("kind", "cell"), [("safe", '"\'=1+1"'), ("exact", '"=1+1"')], ids=["safe", "exact"]
)
def test_the_faulty_rows_are_a_file(visitor: Visitor, kind: str, cell: str) -> None:
    """The same columns and two more; formulas are text in the file for people."""
    visitor.give("E-mail,First name\nana@example.com,Ana\nnot one,=1+1\n")
    visitor.to_mock()
    visitor.post("columns/", **visitor.suggested())
    answer = visitor.get(f"checks/rows/{kind}/")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0] == '"E-mail","First name","ElqKit line","ElqKit reason"'
    assert lines[1].split(",")[:3] == ['"not one"', cell, '"3"']
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'


def test_a_mended_file_goes_the_same_way(visitor: Visitor) -> None:
    """To the same form, mapped alike, without the two columns that were added."""
    from io import BytesIO  # noqa: PLC0415 - here alone

    visitor.give("Address,First name\nnot one,Bo\nana@example.com,Ana\n")
    visitor.to_mock()
    visitor.post("columns/", **{"column-1": "emailAddress", "column-2": "firstName"})
    mended = visitor.get("checks/rows/exact/").data.replace(b"not one", b"bo@example.com")
    data = {"csrf_token": visitor.token, "csv": (BytesIO(mended), "mended.csv")}
    answer = visitor.client.post(
        f"{visitor.base}again/", data=data, content_type="multipart/form-data"
    )
    visitor.base = answer.location.removesuffix("file/")
    assert visitor.suggested() == {"column-1": "emailAddress", "column-2": "firstName"}
    visitor.rehearse()
    visitor.send(1)
    visitor.wait()
    assert [row[EMAIL] for row in visitor.stored()] == ["bo@example.com"]


def test_a_draft_is_its_visitors_alone(visitor: Visitor) -> None:
    """Its address opens nothing for anybody else."""
    visitor.give()
    stranger = Visitor(visitor.client.application)
    for step in ("file/", "columns/", "connect/", "checks/", "send/"):
        assert stranger.client.get(visitor.base + step).status_code == 404


def test_a_run_is_its_visitors_alone(visitor: Visitor) -> None:
    """Its page, its progress and its rows."""
    visitor.ready()
    visitor.send(2)
    visitor.wait()
    stranger = Visitor(visitor.client.application)
    for page in ("", "progress/", "rows/all/exact/"):
        assert visitor.client.get(visitor.run + page).status_code == 200
        assert stranger.client.get(visitor.run + page).status_code == 404


def test_a_file_can_be_forgotten(visitor: Visitor) -> None:
    """Before the session ends."""
    visitor.give()
    assert visitor.post("drop/").status_code == 303
    assert visitor.get("file/").status_code == 404


def test_of_many_files_the_oldest_makes_room(visitor: Visitor) -> None:
    """A session holds six."""
    visitor.give()
    first = visitor.base
    for _ in range(6):
        visitor.give()
    assert visitor.client.get(f"{first}file/").status_code == 404
    assert visitor.client.get(HOME).text.count(">people.csv</bdi></strong>") == 6


@pytest.mark.parametrize("content", ["", "\x7fELF", "PK\x03\x04"])
def test_what_holds_no_rows_is_refused_at_once(visitor: Visitor, content: str) -> None:
    """The page of the first step says why."""
    from io import BytesIO  # noqa: PLC0415 - here alone

    data = {"csrf_token": visitor.token, "csv": (BytesIO(content.encode()), "a.csv")}
    answer = visitor.client.post(HOME, data=data, content_type="multipart/form-data")
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)


def test_a_file_that_is_blocked_goes_no_further(visitor: Visitor) -> None:
    """Two columns of one name: nobody could say which is meant."""
    visitor.give("E-mail,E-mail\na@example.com,b@example.com\n")
    assert "This file can't be sent as it is." in words(visitor.get("file/"))
    visitor.to_mock()
    answer = visitor.post("columns/", **{"column-1": "emailAddress"})
    assert visitor.client.get(answer.location or f"{visitor.base}checks/").status_code in (303, 422)
    assert visitor.get("checks/").status_code == 303


def test_the_reading_can_be_changed(visitor: Visitor) -> None:
    """Another delimiter makes other columns; fixes begin anew."""
    visitor.give("a;b\n1;2\n")
    visitor.post("fix/1/", way="trim", do="apply")
    assert visitor.post("reading/", encoding="cp1252", delimiter="comma").status_code == 303
    page = visitor.get("file/").text
    assert ("comma, as chosen" in page, "What you changed" in page) == (True, False)


def test_nothing_of_a_person_is_in_an_address_or_a_log(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither values nor file names nor the typed sign-in."""
    caplog.set_level(logging.DEBUG)
    locations = [visitor.give(PEOPLE.replace("Ana", "Canary"), "canary.csv")]
    answer = visitor.post("connect/", kind="signed-in", company="Canary", user="canary",
                          password="canary")  # fmt: skip
    assert (answer.status_code, "canary" in answer.text.replace("canary.csv", "")) == (422, False)
    visitor.to_mock()
    visitor.rehearse()
    locations += [visitor.send(2).location, visitor.run]
    visitor.wait()
    assert "canary" not in caplog.text.lower()
    assert all(re.fullmatch(r"/elqkit/autosubmit/[a-z0-9/]+", each) for each in locations)


def test_every_page_is_kept_by_no_cache(visitor: Visitor) -> None:
    """They hold the visitor's rows."""
    visitor.ready()
    for step in ("file/", "columns/", "checks/", "rehearsal/", "send/"):
        assert "no-store" in visitor.get(step).headers["Cache-Control"]


def test_the_tutorial_is_true(visitor: Visitor) -> None:
    """`docs/tutorial/send-your-first-csv.md`: 72 rows, one fix, one edit, 69 that arrive."""
    sample = visitor.client.post(f"{HOME}sample/", data={"csrf_token": visitor.token})
    visitor.base = sample.location.removesuffix("file/")
    assert "1 value would change" in words(visitor.get("fix/1/?way=drop-hidden"))
    visitor.post("fix/1/", way="drop-hidden", do="apply")
    visitor.to_mock(weather="rough")
    visitor.post("columns/", **visitor.suggested())
    assert heading(visitor.get("checks/")) == "4 rows need you"
    visitor.post("line/45/1/", value="gil@example.com")
    assert "Rehearse with the 69 rows that are ready" in words(visitor.get("checks/"))
    visitor.post("rehearsal/")
    visitor.send(69, way="batch")
    balance = "72 read = 69 accepted + 0 refused + 3 left out + 0 unknown"
    assert balance in words(visitor.wait())


RAGGED = "E-mail,First name\nana@example.com,Ana\nbo@example.com\ncem@example.com,Cem,more\n"


def test_ragged_rows_are_left_out_by_a_tick_of_their_own(visitor: Visitor) -> None:
    """They are named, handed out, and counted in the end; the others are sent."""
    visitor.ready(RAGGED)
    page = words(visitor.get("checks/"))
    assert ("A row has more values" in page, "2 rows need you" in page) == (True, True)
    assert re.search(r"line 3: ? 1 value ?, expected 2 values", page)
    assert b"cem@example.com" in visitor.get("checks/rows/exact/").data
    refused = visitor.send(1)
    assert (refused.status_code, "too few or too many values are left out" in words(refused)) == (
        422,
        True,
    )
    visitor.send(1, ragged="1")
    visitor.wait()
    counts = visitor.counts()
    assert (counts["read"], counts["accepted"], counts["skipped"]) == (3, 1, 2)


def test_a_value_with_a_nul_byte_is_refused_here(visitor: Visitor) -> None:
    """As on the command line: the row is left out, not the file."""
    visitor.ready("E-mail,First name\nana@example.com,A\0na\nbo@example.com,Bo\n")
    assert "NUL" in words(visitor.get("checks/"))
    visitor.send(1)
    visitor.wait()
    assert visitor.counts()["skipped"] == 1


def test_values_of_a_list_are_held_to_the_live_form(visitor: Visitor) -> None:
    """Letter by letter, with the first of the list and a fix beside them."""
    visitor.ready("E-mail,Country\na@example.com,DE\nb@example.com,DE \nc@example.com,de\n", "6")
    page = words(visitor.get("checks/"))
    assert "not in the list that the form offers" in page
    assert "one of: DE, FR, IT, ES, PT, and 2 more" in page
    visitor.post("fix/2/", way="trim", do="apply", back="checks")
    assert "1 row needs you" in words(visitor.get("checks/"))
