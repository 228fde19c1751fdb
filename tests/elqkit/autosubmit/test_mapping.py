"""Which column goes to which field, and why."""

from __future__ import annotations

import json

import pytest

from elqkit.autosubmit import check_mapping, suggest
from elqkit.autosubmit.mapping import Why, from_saved
from elqkit.eloqua.models import REQUIRED
from elqkit_form_builders import field, form


@pytest.mark.parametrize(
    ("column", "html_name", "name", "why"),
    [
        ("firstName", "firstName", "First Name", Why.HTML_NAME),
        ("First Name", "firstName", "First Name", Why.NAME),
        ("first_name", "firstName", "First Name", Why.SIMILAR),
        ("FIRSTNAME", "C_FirstName", "Given", Why.SIMILAR),
        ("Contact: First Name", "firstName", "x", Why.SIMILAR),
        ("Prénom", "firstName", "First Name", Why.MEANING),
        ("E-Mail", "emailAddress", "Email Address", Why.MEANING),
        ("ZIP", "postalCode", "Post Code", Why.MEANING),
    ],
)
def test_a_column_finds_its_field_by_name(column: str, html_name: str, name: str, why: Why) -> None:
    """And says by which."""
    mapping = suggest([column], form(field(html_name, name)))
    assert [(match.column, match.field.html_name, match.why) for match in mapping.matches] == [
        (1, html_name, why)
    ]


def test_the_surest_reason_wins_and_a_field_is_used_once() -> None:
    """Wherever the columns stand."""
    mapping = suggest(["mail", "Email Address", "note"], form())
    assert [(match.column, match.why) for match in mapping.matches] == [(2, Why.NAME)]
    assert mapping.ignored == (1, 3)


def test_a_required_field_without_a_column_blocks() -> None:
    """By name, so that a person can say which column it is."""
    mapping = suggest(["Company"], form())
    assert [missing.field.html_name for missing in mapping.missing] == ["emailAddress"]
    assert not mapping.is_ready


@pytest.mark.parametrize("name", ["elqFormName", "elqSiteID", "ELQCAMPAIGNID", "elqCustomerGUID"])
def test_a_name_of_eloquas_own_is_never_a_columns(name: str) -> None:
    """A file cannot send its rows to another form or site."""
    with_it = form(field(name), field("email"))
    assert suggest([name, "email"], with_it).ignored == (1,)
    with pytest.raises(ValueError, match="exist"):
        check_mapping([name, "email"], with_it, {1: name})


def test_the_columns_that_elqkit_added_are_not_sent() -> None:
    """A file of refused rows goes as it is."""
    header = ["emailAddress", "ElqKit line", "ElqKit reason"]
    odd = form(field("emailAddress"), field("ElqKit line"))
    assert suggest(header, odd).ignored == (2, 3)


def test_a_person_may_choose() -> None:
    """What was suggested keeps its reason; what was not, says so."""
    mapping = check_mapping(["email", "x"], form(), {1: "emailAddress", 2: "company"})
    assert [match.why for match in mapping.matches] == [Why.MEANING, Why.CHOSEN]


@pytest.mark.parametrize(
    "chosen", [{1: "company", 2: "company"}, {3: "company"}, {0: "company"}, {1: "nowhere"}]
)
def test_a_choice_that_cannot_be_is_refused(chosen: dict[int, str]) -> None:
    """A field twice, a column or a field that there is not."""
    with pytest.raises(ValueError, match=r"exist|one column"):
        check_mapping(["a", "b"], form(), chosen)


def test_a_saved_mapping_fits_a_file_with_its_columns_in_another_order() -> None:
    """It is kept by names, through JSON."""
    saved = json.loads(json.dumps(suggest(["email", "company"], form()).saved()))
    mapping, is_same = from_saved(["company", "new", "email"], form(), saved)
    assert [(match.column, match.field.html_name) for match in mapping.matches] == [
        (1, "company"),
        (3, "emailAddress"),
    ]
    assert is_same


def test_a_changed_form_is_noticed() -> None:
    """A field that is gone, or one that is required now: a person looks before anything goes."""
    saved = suggest(["email", "company"], form()).saved()
    other = form(*form().fields[:2], field("company", "Company", REQUIRED))
    assert not from_saved(["email", "company"], other, saved)[1]
    mapping, is_same = from_saved(["email", "company"], form(*form().fields[:2]), saved)
    assert ([match.column for match in mapping.matches], is_same) == ([1], False)


@pytest.mark.parametrize("saved", [{}, {"columns": 7}, {"columns": {"email": 7}, "form": None}])
def test_a_spoiled_saved_mapping_maps_nothing(saved: dict[str, object]) -> None:
    """It may have been edited by hand."""
    mapping, is_same = from_saved(["email"], form(), saved)
    assert (mapping.matches, is_same) == ((), False)
