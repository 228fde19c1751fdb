"""Signed in to an Eloqua: here a mock that stands outside of the server."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import pytest

from elqkit.mock import ACCOUNT, Mock, serving
from elqkit_visitor import Visitor, heading, words, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPANY, USER, PASSWORD = ACCOUNT
SIGNED_IN = {"kind": "signed-in", "company": COMPANY, "user": USER, "password": PASSWORD}


class Abroad(NamedTuple):
    """An Eloqua, and where it answers."""

    mock: Mock
    address: str

    def visitor(self, **variables: str) -> Visitor:
        """A person before a workbench whose Eloqua this is."""
        form_url = f"{self.address}/e/f2"
        app = workbench(
            ELQKIT_LOGIN=self.address,
            ELQKIT_HOSTS=self.address,
            ELQKIT_FORM_URL=form_url,
            **variables,
        )
        found = Visitor(app)
        found.give()
        return found


@pytest.fixture
def abroad() -> Iterator[Abroad]:
    """An Eloqua without faults."""
    mock = Mock()
    with serving(mock) as address:
        yield Abroad(mock, address)


def test_rows_are_sent_signed_in(abroad: Abroad) -> None:
    """From the form's list to its stored rows."""
    visitor = abroad.visitor()
    assert visitor.post("connect/", **SIGNED_IN).location == f"{visitor.base}form/"
    page = words(visitor.get("form/"))
    assert ("Signed in as demo at Mock" in page, "Newsletter sign-up" in page) == (True, True)
    visitor.post("form/", form="1")
    visitor.rehearse()
    visitor.send(2)
    visitor.wait()
    assert len(abroad.mock.site.rows) == 2


def test_the_password_stands_on_no_page(abroad: Abroad) -> None:
    """Neither before nor after it is taken."""
    visitor = abroad.visitor()
    secret = "a secret that is wrong"
    refused = visitor.post("connect/", **{**SIGNED_IN, "password": secret})
    assert (refused.status_code, secret in refused.text) == (422, False)
    assert "Eloqua does not take this sign-in." in words(refused)
    visitor.post("connect/", **SIGNED_IN)
    for step in ("connect/", "form/"):
        assert f'value="{PASSWORD}"' not in visitor.get(step).text


def test_a_sign_in_holds_for_the_next_file(abroad: Abroad) -> None:
    """In the same session; in another one there is none."""
    visitor = abroad.visitor()
    visitor.post("connect/", **SIGNED_IN)
    visitor.give()
    assert "Go on as demo at Mock" in words(visitor.get("connect/"))
    again = visitor.post("connect/", kind="signed-in", again="1")
    assert again.location == f"{visitor.base}form/"
    stranger = Visitor(visitor.client.application)
    stranger.give()
    assert stranger.post("connect/", kind="signed-in", again="1").status_code == 422


def test_the_administrators_account_can_be_used(abroad: Abroad) -> None:
    """Nobody types it, and no page shows it."""
    account = {"ELQKIT_COMPANY": COMPANY, "ELQKIT_USER": USER, "ELQKIT_PASSWORD": PASSWORD}
    visitor = abroad.visitor(**account)
    page = visitor.get("connect/")
    assert ("Use the account of this server" in page.text, COMPANY in words(page)) == (True, False)
    assert visitor.post("connect/", kind="server").location == f"{visitor.base}form/"


def test_without_an_account_the_server_has_none_to_use(abroad: Abroad) -> None:
    """The page says so."""
    visitor = abroad.visitor()
    answer = visitor.post("connect/", kind="server")
    assert (answer.status_code, "No account is set up on this server." in words(answer)) == (
        422,
        True,
    )


def test_forms_are_found_by_words(abroad: Abroad) -> None:
    """Of name, HTML name or number."""
    visitor = abroad.visitor()
    visitor.post("connect/", **SIGNED_IN)
    page = words(visitor.get("form/?q=webinar+registration"))
    assert ("Webinar registration" in page, "Newsletter" in page) == (True, False)


def test_a_form_that_changed_meanwhile_is_not_sent_to(abroad: Abroad) -> None:
    """Its rows were checked against what it was."""
    visitor = abroad.visitor()
    visitor.post("connect/", **SIGNED_IN)
    visitor.post("form/", form="1")
    visitor.rehearse()
    abroad.mock.site.forms["1"]["elements"].pop(5)
    answer = visitor.send(2)
    assert (answer.status_code, "The form was changed in Eloqua" in words(answer)) == (409, True)
    assert not abroad.mock.site.rows


def test_an_eloqua_that_is_away_is_named(abroad: Abroad) -> None:
    """And nothing is lost: the step is there again."""
    visitor = abroad.visitor()
    visitor.post("connect/", **SIGNED_IN)
    abroad.mock.site.forms.clear()
    answer = visitor.post("form/", form="1")
    assert (answer.status_code, heading(answer)) == (422, "Which form?")


def test_a_public_form_takes_rows_of_nobody_signed_in(abroad: Abroad) -> None:
    """By its number and name alone."""
    visitor = abroad.visitor()
    visitor.post("connect/", kind="public", site="1234567", html_name="newsletter")
    visitor.rehearse(**{"column-1": "emailAddress", "column-2": "firstName"})
    visitor.send(2, way="public")
    assert heading(visitor.wait()) == "Every row was accepted"
    assert len(abroad.mock.site.rows) == 2


def test_a_run_survives_the_server(abroad: Abroad, tmp_path: Path) -> None:
    """With a state folder: the same file, given to a new server, sends only what is left."""
    people = "E-mail\n" + "".join(f"p{number}@example.com\n" for number in range(40))

    def come() -> Visitor:
        visitor = abroad.visitor(ELQKIT_STATE_FOLDER=str(tmp_path))
        visitor.give(people)
        visitor.post("connect/", **SIGNED_IN)
        visitor.post("form/", form="1")
        visitor.rehearse()
        return visitor

    first = come()
    first.send(40, rate="10")
    while first.counts()["accepted"] < 3:
        time.sleep(0.02)
    first.say("cancel")
    first.wait()
    sent = len(abroad.mock.site.rows)
    assert 0 < sent < 40
    second = come()
    assert "This file was sent to this form before" in words(second.get("send/"))
    second.send(40)
    second.wait()
    assert (second.counts()["accepted"], len(abroad.mock.site.rows)) == (40, 40)
