"""From a file and a person's choices to what would be sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from elqkit.autosubmit import (
    BadChoice,
    BadMap,
    Choices,
    Prepared,
    Way,
    prepare_sheet,
    read_map,
    read_sheet,
    write_map,
)
from elqkit.autosubmit.access import Access, Connection
from elqkit.autosubmit.forms import form_of_names, is_html_name
from elqkit.eloqua import Basic
from elqkit.errors import HostNotAllowed, NotSignedIn
from elqkit.table.fix_words import BadFix
from elqkit_form_builders import field, form

if TYPE_CHECKING:
    from elqkit.eloqua.models import Form

CONTENT = b"Mail,First name,Note\nana@example.com , Ana,x\nbo@example.com,Bo,y\n"
HIDDEN = field("source", "Source")._replace(display_type="hidden", default="web")


def prepared(choices: Choices | None = None, of: Form | None = None) -> Prepared:
    """The file above, prepared for a form."""
    return prepare_sheet(read_sheet(CONTENT, "people.csv", choices), of or form(), choices)


def fields(made: Prepared, row: int = 0) -> dict[str, str]:
    """What would be sent of a row."""
    return dict(made.ready[row].by_name)


def test_names_speak_for_themselves() -> None:
    """Without a choice, columns go as suggested; the rest is named."""
    made = prepared()
    assert made.mapping.settings() == ("1>emailAddress", "2>firstName")
    assert made.rehearsal.ignored == ("Note",)


def test_a_choice_stands_before_a_suggestion() -> None:
    """By name or number of the column; by any name of the field; an empty field sends nothing."""
    made = prepared(Choices(columns={"Note": "First Name", "2": "", "1": "emailAddress"}))
    assert made.mapping.settings() == ("1>emailAddress", "3>firstName")


@pytest.mark.parametrize(
    "choices",
    [
        Choices(columns={"none": "emailAddress"}),
        Choices(columns={"Note": "none"}),
        Choices(constants={"none": "x"}),
        Choices(columns={"4": "company"}),
        Choices(edits={(9, 1): "x"}),
    ],
)
def test_a_name_that_there_is_not_is_refused(choices: Choices) -> None:
    """Nothing is mapped to somewhere near."""
    with pytest.raises(BadChoice):
        prepared(choices)


def test_fixes_and_edits_change_what_is_sent_and_not_the_file() -> None:
    """Edits first, then fixes; the lines stay those of the file."""
    choices = Choices(fixes=("trim",), edits={(1, 2): " Bob "})
    made = prepared(choices)
    assert (fields(made), fields(made, 1)["firstName"]) == (
        {"emailAddress": "ana@example.com", "firstName": "Ana"},
        "Bob",
    )
    assert made.sheet.report.table is not None
    assert made.sheet.report.table[1].values[1] == "Bo"


@pytest.mark.parametrize(
    "written", ["none", "trim:none", "date:Note", "split:Note=x", "date:Note=A>B", "split:Note=,>A"]
)
def test_a_fix_that_is_not_understood_is_refused(written: str) -> None:
    """With what it should be."""
    with pytest.raises(BadFix):
        read_sheet(CONTENT, None, Choices(fixes=(written,)))


def test_defaults_of_hidden_fields_go_with_every_row() -> None:
    """As a browser sends them; a column or a chosen value stands in their place."""
    whole = form(*form().fields, HIDDEN)
    assert fields(prepared(of=whole))["source"] == "web"
    assert fields(prepared(Choices(constants={"source": "fair"}), whole))["source"] == "fair"
    assert "source" not in fields(prepared(Choices(constants={"source": ""}), whole))
    assert fields(prepared(Choices(columns={"Note": "source"}), whole))["source"] == "x"


def test_a_default_that_a_visitor_sees_is_not_sent() -> None:
    """He may change it: only what is hidden goes by itself."""
    whole = form(*form().fields, HIDDEN._replace(display_type="text"))
    assert "source" not in fields(prepared(of=whole))


def test_a_constant_fills_a_required_field() -> None:
    """It then is no longer missing."""
    whole = form(*form().fields[1:], field("event", "", "IsRequiredCondition"))
    assert prepared(of=whole).submissions is None
    made = prepared(Choices(constants={"event": "fair"}), whole)
    assert (made.mapping.missing, fields(made)["event"]) == ((), "fair")


def test_a_constant_is_part_of_what_a_run_is() -> None:
    """The same file with another value for all is not gone on with."""
    key = bytes(32)
    whole = form(*form().fields, HIDDEN)
    first, second = (
        prepared(Choices(constants={"source": value}), whole).plan("1") for value in ("a", "b")
    )
    assert (first.name(key) == second.name(key), first.shape(key) == second.shape(key)) == (
        True,
        False,
    )


def test_a_saved_map_goes_for_the_next_file_and_notices_a_changed_form() -> None:
    """Names only; nothing of a row is in it."""
    made = prepared(Choices(columns={"Note": "company"}))
    document = write_map(made.mapping)
    assert b"example.com" not in document
    saved = Choices(saved_map=read_map(document))
    again = prepared(saved)
    assert (again.mapping.settings(), again.is_map_current) == (made.mapping.settings(), True)
    changed = form(*form().fields, field("phone"))
    assert not prepared(saved, changed).is_map_current


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"columns": []}', b"\xff", b"[" * 9_999])
def test_what_is_no_saved_map_is_refused(content: bytes) -> None:
    """Whatever a file holds."""
    with pytest.raises(BadMap):
        read_map(content)


def test_a_form_that_nobody_could_read_has_the_fields_that_are_named() -> None:
    """An address is held to its rule; Eloqua's own names and names with spaces are none."""
    found = form_of_names("newsletter", ["emailAddress", "First name", "elqSiteID", "firstName"])
    assert [(each.html_name, each.is_email) for each in found.fields] == [
        ("emailAddress", True),
        ("firstName", False),
    ]
    assert [is_html_name(name) for name in ("a", "", "a b", "x" * 101, "a\n")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_an_access_is_made_of_settings() -> None:
    """With credentials or without; half of them are a mistake and not a visitor."""
    public = Access.of({"ELQKIT_SITE": "123", "ELQKIT_HOSTS": "https://go.example.com, x"})
    assert (public.ways, public.hosts) == ((Way.PUBLIC,), ("https://go.example.com", "x"))
    signed_in = {"ELQKIT_COMPANY": "C", "ELQKIT_USER": "u", "ELQKIT_PASSWORD": "secret"}
    access = Access.of(signed_in)
    assert access.ways == (Way.BATCH, Way.SINGLE, Way.PUBLIC)
    assert "secret" not in repr(access)
    with pytest.raises(NotSignedIn):
        Access.of({"ELQKIT_COMPANY": "C"})
    with pytest.raises(ValueError, match="digits"):
        Access.of({"ELQKIT_SITE": "1/2"})


def test_an_address_that_is_not_allowed_is_not_connected_to() -> None:
    """Neither for forms nor without TLS."""
    with pytest.raises(HostNotAllowed):
        Connection(Access(hosts=("http://example.com",)))
    with Connection(Access(site_id="1", form_url="https://example.com/e/f2")) as connection:
        with pytest.raises(HostNotAllowed):
            connection.transport(form_of_names("f", ["a"]), Way.PUBLIC)
        with pytest.raises(NotSignedIn):
            connection.transport(form_of_names("f", ["a"]), Way.BATCH)
    assert repr(Connection(Access(Basic("C", "u", "secret")))) == "Connection(...)"


def test_a_saved_map_is_a_document_for_people() -> None:
    """Columns and fields by name."""
    document = json.loads(write_map(prepared().mapping))
    assert document["columns"] == {"Mail": "emailAddress", "First name": "firstName"}
