"""Fixes, edits and column maps: what a person changes on the way, and how it is taken back."""

from __future__ import annotations

from io import BytesIO
import json
from typing import TYPE_CHECKING

import pytest

from elqkit_visitor import Visitor, heading, words

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

SPACED = "E-mail,First name,Day\nana@example.com ,Ana,03.04.2026\nbo@example.com,Bo Berg,x\n"


@pytest.fixture
def visitor() -> Visitor:
    """A person with a file."""
    found = Visitor()
    found.give(SPACED)
    return found


def payload(visitor: Visitor) -> str:
    """What the rehearsal shows of the first rows."""
    visitor.to_mock()
    visitor.rehearse()
    return words(visitor.get("rehearsal/"))


def test_a_fix_is_shown_before_it_counts(visitor: Visitor) -> None:
    """How many values, and the first of them, with their edges."""
    page = visitor.get("fix/1/?way=trim")
    assert "1 value would change" in words(page)
    assert '<bdi class="edges">ana@example.com </bdi>' in page.text
    assert "What you changed" not in visitor.get("file/").text


def test_a_fix_counts_for_what_is_sent(visitor: Visitor) -> None:
    """The file itself stays, and the way back is to the page one came from."""
    answer = visitor.post("fix/1/", way="trim", do="apply", back="checks")
    assert answer.location == f"{visitor.base}checks/"
    assert "E-mail: Remove spaces at both ends" in words(visitor.get("file/"))
    assert "emailAddress ana@example.com firstName" in payload(visitor)


def test_a_fix_can_be_taken_back(visitor: Visitor) -> None:
    """The values are the file's again."""
    visitor.post("fix/1/", way="trim", do="apply")
    visitor.post("fix/undo/", number="0")
    assert "What you changed" not in visitor.get("file/").text


def test_dates_are_written_anew(visitor: Visitor) -> None:
    """What is no date of that form stays."""
    fields = {"way": "date", "before": "DD.MM.YYYY", "after": "YYYY-MM-DD"}
    page = words(visitor.post("fix/3/", **fields, do="preview"))
    assert "03.04.2026 2026-04-03" in page
    assert visitor.post("fix/3/", **fields, do="apply").status_code == 303


def test_a_column_becomes_two(visitor: Visitor) -> None:
    """They stand in its place, and the others keep their values."""
    fields = {"way": "split", "separator": "space", "first": "First name", "second": "Last name"}
    visitor.post("fix/2/", **fields, do="apply")
    visitor.post("fix/1/", way="trim", do="apply")
    assert "firstName Bo lastName Berg" in payload(visitor)


@pytest.mark.parametrize(
    "fields", [{"way": "split"}, {"way": "date"}, {"way": "nothing"}, {"way": ""}]
)
def test_a_fix_without_its_settings_changes_nothing(
    visitor: Visitor, fields: dict[str, str]
) -> None:
    """The page says what is missing."""
    answer = visitor.post("fix/2/", **fields, do="apply")
    assert (answer.status_code, "lacks a setting" in answer.text) == (422, True)


def test_a_value_can_be_typed_anew_and_restored(visitor: Visitor) -> None:
    """By its line and column."""
    assert ">\nana@example.com </textarea>" in visitor.get("line/2/1/").text
    visitor.post("line/2/1/", value="other@example.com")
    assert "Line 2, E-mail: typed anew" in words(visitor.get("file/"))
    assert "emailAddress other@example.com" in payload(visitor)
    visitor.post("line/2/1/", value="whatever", do="restore")
    assert "typed anew" not in visitor.get("file/").text


@pytest.mark.parametrize("place", ["line/1/1/", "line/2/9/", "line/99/1/", "fix/9/", "fix/0/"])
def test_a_place_that_there_is_not(visitor: Visitor, place: str) -> None:
    """Is named as such."""
    assert visitor.get(place).status_code == 404


def test_two_columns_for_one_field_change_nothing(visitor: Visitor) -> None:
    """Nobody could say which is meant."""
    visitor.to_mock()
    fields = {"column-1": "emailAddress", "column-2": "emailAddress"}
    answer = visitor.post("columns/", **fields)
    assert (answer.status_code, "Two columns go to one field" in answer.text) == (422, True)


def test_a_required_field_blocks(visitor: Visitor) -> None:
    """Until a column goes to it, or one value for all rows."""
    visitor.to_mock("2")
    fields = {"column-1": "emailAddress"}
    answer = visitor.post("columns/", **fields)
    assert (answer.status_code, "Full name" in answer.text) == (422, True)
    constant = {"constant-fullName": "A person"}
    assert visitor.post("columns/", **fields, **constant).status_code == 303
    assert "fullName A person" in words(visitor.get("rehearsal/"))


def test_eloquas_own_names_are_nobodys_to_fill(visitor: Visitor) -> None:
    """Neither offered nor taken."""
    visitor.to_mock()
    assert "elqCustomerGUID" not in visitor.get("columns/").text
    answer = visitor.post("columns/", **{"column-1": "elqCustomerGUID"})
    assert answer.status_code == 422


def test_a_hidden_field_is_filled_as_a_browser_would(visitor: Visitor) -> None:
    """And not, if its value is taken out."""
    visitor.to_mock()
    fields = visitor.suggested()
    visitor.post("columns/", **fields)
    assert "source web" in words(visitor.get("rehearsal/"))
    visitor.post("columns/", **fields, **{"constant-source": ""})
    assert "source web" not in words(visitor.get("rehearsal/"))


def use_map(visitor: Visitor, content: bytes) -> TestResponse:
    """Upload a column map."""
    data = {"csrf_token": visitor.token, "map": (BytesIO(content), "map.json")}
    url = f"{visitor.base}columns/map/"
    return visitor.client.post(url, data=data, content_type="multipart/form-data")


def test_a_map_is_remembered_for_the_next_file(visitor: Visitor) -> None:
    """Of the same form, in the same session."""
    visitor.to_mock()
    visitor.post("columns/", **{"column-1": "emailAddress", "column-3": "comment"})
    visitor.give(SPACED)
    visitor.to_mock()
    page = visitor.get("columns/").text
    assert "Set as you mapped this form before." in page
    assert visitor.suggested() == {"column-1": "emailAddress", "column-3": "comment"}


def test_a_map_can_be_downloaded_and_used_elsewhere(visitor: Visitor) -> None:
    """It holds names, and nothing of a row."""
    visitor.to_mock()
    visitor.post("columns/", **{"column-1": "emailAddress", "column-3": "comment"})
    saved = visitor.get("columns/map/").data
    assert b"example.com" not in saved
    other = Visitor()
    other.give(SPACED)
    other.to_mock()
    assert use_map(other, saved).status_code == 303
    assert other.suggested() == {"column-1": "emailAddress", "column-3": "comment"}


def test_a_map_for_a_form_that_has_changed_says_so(visitor: Visitor) -> None:
    """What still fits is set, and a person has to look."""
    visitor.to_mock()
    saved = {"form": "as it was", "columns": {"E-mail": "emailAddress", "Day": "gone"}}
    use_map(visitor, json.dumps(saved).encode())
    assert "The form has changed since this map was saved." in visitor.get("columns/").text
    assert visitor.suggested() == {"column-1": "emailAddress"}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"{" * 5_000, b'{"columns": 1}', b"\xff"])
def test_what_is_no_map_changes_nothing(visitor: Visitor, content: bytes) -> None:
    """The page of columns says so."""
    visitor.to_mock()
    answer = use_map(visitor, content)
    assert (answer.status_code, heading(answer)) == (422, "Which column goes to which field?")


def test_a_public_form_is_mapped_by_the_names_of_its_fields(visitor: Visitor) -> None:
    """Nobody can read it: a column that may be a field's name is offered as one."""
    visitor.give("emailAddress,First name\nana@example.com,Ana\nnot one,Bo\n")
    answer = visitor.post("connect/", kind="public", site="1234567", html_name="newsletter")
    assert answer.location == f"{visitor.base}columns/"
    assert 'value="emailAddress"' in visitor.get("columns/").text
    visitor.rehearse(**{"column-1": "emailAddress", "column-2": "firstName"})
    page = words(visitor.get("rehearsal/"))
    assert "emailAddress ana@example.com firstName Ana" in page
    assert "Nobody is signed in" in page
    assert "s1234567.t.eloqua.com" in page
    assert heading(visitor.get("checks/")) == "1 row needs you"


@pytest.mark.parametrize(
    ("site", "name"),
    [("", "f"), ("12345678901", "f"), ("12a", "f"), ("١٢", "f"), ("1", ""), ("1", "a b")],
)
def test_a_site_is_a_number_and_a_form_a_name(visitor: Visitor, site: str, name: str) -> None:
    """Of ASCII digits only: no other host can be made of it."""
    answer = visitor.post("connect/", kind="public", site=site, html_name=name)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
