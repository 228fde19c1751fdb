"""Who a request is taken to be from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Flask, session
import pytest

from account_builders import CHEAP, bearer, guarded, signed_in, users_file, with_token
from safelight.accounts.source import AccountFile
from safelight.security.identity import current
from safelight.security.session_store import SIGNED_IN
from safelight_builders import API, PAGE, Clock, app, cookie, file

if TYPE_CHECKING:
    from pathlib import Path


def telling(application: Flask) -> Flask:
    """With a page that tells who asks."""

    @application.get("/who")
    def who() -> str:
        found = current()
        assert found is not None
        return f"{found.name} {found.how} {' '.join(sorted(found.grants))}"

    return application


def test_at_its_own_machine_everybody_may_everything() -> None:
    """Nobody signs in, and users that are configured change nothing of that."""
    for application in (app(), guarded({"SAFELIGHT_SIGN_IN": "auto"})):
        assert telling(application).test_client().get("/who").text == "loopback loopback *"


def test_someone_signed_in_is_who_they_are() -> None:
    """With what they are granted."""
    assert signed_in(telling(guarded())).get("/who").text == "ada session toy"


def test_a_token_is_its_users_or_its_own() -> None:
    """So jobs that a person's program starts are the person's."""
    clock = Clock()
    own, settings = with_token(["toy", "admin"], clock)
    reply = telling(guarded(settings, clock=clock)).test_client().get("/who", headers=bearer(own))
    assert reply.text == f"token:{own.split('_')[1]} token admin toy"
    adas, settings = with_token(["toy", "admin"], clock, user="ada")
    reply = telling(guarded(settings, clock=clock)).test_client().get("/who", headers=bearer(adas))
    assert reply.text == "ada token toy"


def test_a_token_decides_over_a_cookie() -> None:
    """A bad token is not saved by a good session."""
    clock = Clock()
    token, settings = with_token(["toy.send"], clock)
    client = signed_in(telling(guarded(settings, clock=clock)))
    assert client.get("/who", headers=bearer(token)).text.endswith("token toy.send")
    assert client.get("/who", headers=bearer("wrong")).status_code == 401


def test_a_bad_token_is_refused_at_its_own_machine_too() -> None:
    """A program that thinks it is limited must not be let in without limits."""
    assert app().test_client().post(API, headers=bearer("wrong")).status_code == 401


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer é", "bearer x y", "Bearer " + "x" * 5000, "BEARER safelight_"],
)
def test_a_garbled_token_is_401(header: str) -> None:
    """Never a fault of ours."""
    headers = {"Authorization": header.encode().decode("latin-1"), "Accept": "application/json"}
    reply = guarded().test_client().get(PAGE, headers=headers)
    assert (reply.status_code, reply.json and reply.json["code"]) == (401, "token.refused")
    assert 'error="invalid_token"' in reply.headers["WWW-Authenticate"]


def test_other_schemes_are_nobodys() -> None:
    """A proxy's own log-in, for one."""
    assert (
        guarded().test_client().get(PAGE, headers={"Authorization": "Basic YTpi"}).status_code
        == 401
    )


def test_an_expired_token_is_401() -> None:
    """From the second on."""
    clock = Clock()
    token, settings = with_token(["toy"], clock, days=1)
    client = guarded(settings, clock=clock).test_client()
    assert client.get(PAGE, headers=bearer(token)).status_code == 200
    clock.forward(24 * 60 * 60)
    assert client.get(PAGE, headers=bearer(token)).status_code == 401


def test_grants_count_as_they_are_now(tmp_path: Path) -> None:
    """A change of the file is seen by the next request."""
    path = users_file(tmp_path)
    client = signed_in(telling(guarded(path=path)))
    rows = json.loads(path.read_text())
    rows["users"]["ada"]["grants"] = ["admin"]
    path.write_text(json.dumps(rows, indent=1))
    assert client.get("/who").text == "ada session admin"


def test_a_user_who_was_removed_is_signed_out(tmp_path: Path) -> None:
    """At once, and for good: a new one of the same name does not get the session."""
    path = users_file(tmp_path)
    client = signed_in(guarded(path=path))
    user = AccountFile(path).current().users["ada"]
    AccountFile(path).change(lambda accounts: accounts.without_user("ada"))
    assert client.get(PAGE).status_code == 401
    AccountFile(path).change(lambda accounts: accounts.with_user(user))
    assert client.get(PAGE).status_code == 401


def test_another_password_ends_the_sessions(tmp_path: Path) -> None:
    """Whoever had the old one is out."""
    path = users_file(tmp_path)
    client = signed_in(guarded(path=path))
    rows = json.loads(path.read_text())
    rows["users"]["ada"]["password"] = CHEAP.hash("another password")
    path.write_text(json.dumps(rows))
    assert client.get(PAGE).status_code == 401


def test_an_unreadable_file_lets_nobody_in_and_says_so(tmp_path: Path) -> None:
    """503, not a fault; pages that need nobody go on."""
    path = users_file(tmp_path)
    client = signed_in(guarded(path=path))
    path.write_text("{")
    reply = client.get(PAGE)
    assert (reply.status_code, "list of users" in reply.text) == (503, True)
    assert str(path) not in reply.text
    reply = client.post(API, headers=bearer("x"))
    assert (reply.status_code, reply.json and reply.json["code"]) == (503, "accounts.unreadable")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "held",
    [
        "ada",
        [],
        {"name": "ada"},
        {"name": "ada", "visit": ""},
        {"name": "ada", "how": "oidc", "issuer": "", "groups": ["x"]},
    ],
)
def test_a_session_that_proves_nothing_is_ended(held: object) -> None:
    """Whatever an older version may have left in it."""
    application = guarded()

    @application.get("/sign-in/plant")
    def plant() -> str:
        session[SIGNED_IN] = held
        return "planted"

    from safelight.security import admission  # noqa: PLC0415 - opened for this test alone

    admission.NEEDED["/sign-in/plant"] = admission.ANYONE
    try:
        client = application.test_client()
        client.get("/sign-in/plant")
        before = client.get_cookie("safelight")
        reply = client.get(PAGE)
    finally:
        del admission.NEEDED["/sign-in/plant"]
    assert reply.status_code == 401
    assert before is not None
    assert cookie(reply) not in {"", before.value}


def test_a_program_with_a_token_needs_no_form_token_and_gets_no_session() -> None:
    """No other site can make a browser send one."""
    clock = Clock()
    token, settings = with_token(["toy"], clock)
    client = guarded(settings, clock=clock).test_client()
    reply = client.post(API, data={"files": file()}, headers=bearer(token))
    assert (reply.status_code, "Set-Cookie" in reply.headers) == (200, False)


def test_a_session_needs_the_form_token_for_the_api_too() -> None:
    """Else another site could act for the person."""
    client = signed_in(guarded())
    reply = client.post(API, data={"files": file()})
    assert (reply.status_code, reply.json and reply.json["code"]) == (400, "request.form-expired")
