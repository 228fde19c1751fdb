"""A person's own page, and the page of all people."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from account_builders import CHEAP, PASSWORD, bearer, guarded, send, sign_in, signed_in, users_file
from safelight.accounts.source import AccountFile
from safelight.accounts.tokens import DAY_S
from safelight.security import passwords
from safelight_builders import PAGE, Clock, app

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

NEW = "four plain words here"


@pytest.fixture(name="path")
def _path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    return users_file(tmp_path)


def visits(client: FlaskClient) -> list[str]:
    """The sessions that the page lists."""
    return re.findall(r'name="visit" value="([^"]+)"', client.get("/account").text)


def test_the_page_tells_who_one_is_and_what_one_may() -> None:
    """In words."""
    page = signed_in(guarded(), "max").get("/account").text
    assert "max" in page
    assert "Toy</span> and delete" in page


def test_a_session_is_ended_from_another() -> None:
    """A computer that was left somewhere."""
    application = guarded()
    here, there = signed_in(application), signed_in(application)
    (_, first) = visits(there)
    send(there, "/account/sessions/end", visit=first)
    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (401, 200)
    assert len(visits(there)) == 1


def test_all_sessions_are_ended_at_once() -> None:
    """This one too."""
    application = guarded()
    here, there = signed_in(application), signed_in(application)
    send(there, "/account/sessions/end")
    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (401, 401)


def test_nobody_ends_the_sessions_of_another() -> None:
    """Knowing the number of one is not enough."""
    application = guarded()
    ada, root = signed_in(application, "ada"), signed_in(application, "root")
    send(root, "/account/sessions/end", visit=visits(ada)[0])
    assert ada.get(PAGE).status_code == 200


def change(client: FlaskClient, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> int:
    """Send the form of the password; the status."""
    reply = send(client, "/account/password", password=old, new=new, again=again)
    return reply.status_code


def test_a_password_is_changed(path: Path) -> None:
    """The old one is gone, this browser goes on, all others are signed out."""
    application = guarded(path=path)
    here, there = signed_in(application), signed_in(application)
    assert change(here) == 200
    assert len(visits(here)) == 1
    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (200, 401)
    assert sign_in(application.test_client(), password=PASSWORD).status_code == 401
    assert sign_in(application.test_client(), password=NEW).status_code == 303
    assert "this session" in here.get("/account").text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"old": "wrong password"}, 401),
        ({"again": "something else"}, 422),
        ({"new": "short", "again": "short"}, 422),
        ({"new": "ada ada ada ada", "again": "ada ada ada ada"}, 422),
    ],
)
def test_a_password_is_not_changed_without_all_that_it_needs(
    path: Path, fields: dict[str, str], status: int
) -> None:
    """The old one, and a good new one twice."""
    before = path.read_bytes()
    assert change(signed_in(guarded(path=path)), **fields) == status
    assert path.read_bytes() == before


def test_the_password_of_this_page_can_not_be_tried_out(path: Path) -> None:
    """Attempts here count as at the door."""
    client = signed_in(guarded(path=path))
    statuses = [change(client, old="wrong password") for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def create(client: FlaskClient, **fields: str) -> str:
    """Make a token on the page; empty if none was made."""
    given = {"name": "laptop", "grant": "toy", "days": "7", "password": PASSWORD, **fields}
    reply = send(client, "/account/tokens/create", **given)
    found = re.search(r'id="new-token">([^<]+)<', reply.text)
    return found[1] if found else ""


def application_of(path: Path) -> tuple[Flask, Clock]:
    """An application at the time of today, as the file has it."""
    clock = Clock(time.time())
    return guarded(path=path, clock=clock), clock


def test_a_token_is_made_shown_once_used_and_revoked(path: Path) -> None:
    """From the page alone."""
    application, clock = application_of(path)
    client, program = signed_in(application), application.test_client()
    token = create(client)
    assert program.get(PAGE, headers=bearer(token)).status_code == 200
    assert token not in client.get("/account").text
    (kept,) = AccountFile(path).current().tokens.values()
    assert (kept.user, kept.grants) == ("ada", frozenset({"toy"}))
    clock.forward(7 * DAY_S - 2)
    assert program.get(PAGE, headers=bearer(token)).status_code == 200
    client = signed_in(application)
    send(client, "/account/tokens/revoke", id=kept.id)
    assert program.get(PAGE, headers=bearer(token)).status_code == 401


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "wrong password"},
        {"grant": "admin"},
        {"grant": "toy.delete"},
        {"grant": ""},
        {"days": "9999"},
        {"days": "-1"},
        {"name": ""},
        {"name": "x" * 65},
    ],
)
def test_a_token_never_exceeds_its_maker(path: Path, fields: dict[str, str]) -> None:
    """In grants, in days, and not without the password."""
    application, _ = application_of(path)
    assert create(signed_in(application), **fields) == ""
    assert AccountFile(path).current().tokens == {}


def test_nobody_revokes_the_token_of_another(path: Path) -> None:
    """Knowing its id is not enough."""
    application, _ = application_of(path)
    create(signed_in(application, "ada"))
    (id_,) = AccountFile(path).current().tokens
    send(signed_in(application, "max"), "/account/tokens/revoke", id=id_)
    assert id_ in AccountFile(path).current().tokens


def test_accounts_of_the_environment_offer_no_forms_that_can_not_work() -> None:
    """And a program that sends one all the same is told."""
    client = signed_in(guarded())
    assert "/account/password" not in client.get("/account").text
    assert change(client) == 503


def test_there_is_no_account_where_nobody_signs_in() -> None:
    """404, in words."""
    reply = app().test_client().get("/account")
    assert (reply.status_code, "asks nobody to sign in" in reply.text) == (404, True)


def test_an_administrator_sees_all_and_signs_anyone_out() -> None:
    """Everywhere."""
    application = guarded()
    ada, root = signed_in(application, "ada"), signed_in(application, "root")
    page = root.get("/account/people").text
    assert all(name in page for name in ("ada", "bob", "max", "root"))
    assert "argon2" not in page
    send(root, "/account/people/end", name="ada")
    assert (ada.get(PAGE).status_code, root.get("/account").status_code) == (401, 200)


def test_all_others_do_not() -> None:
    """Neither look nor act."""
    application = guarded()
    ada, root = signed_in(application, "ada"), signed_in(application, "root")
    assert ada.get("/account/people").status_code == 403
    assert send(ada, "/account/people/end", name="root").status_code == 403
    assert root.get("/account").status_code == 200
