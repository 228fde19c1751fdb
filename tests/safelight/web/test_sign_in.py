"""Signing in and out, as a browser does it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
import logging
import re
import threading
from typing import TYPE_CHECKING

from flask import session
import pytest

from account_builders import PASSWORD, form_token, guarded, send, sign_in, signed_in
from safelight.observe.audit import LOGGER
from safelight.security import passwords
from safelight.security.lockout import ONE_BY_ONE
from safelight_builders import PAGE, Clock, app, cookie, file

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

TLS = "https://localhost"


def held(client: FlaskClient) -> str:
    """The session id that a browser holds."""
    found = client.get_cookie("safelight")
    return found.value if found else ""


def with_id(client: FlaskClient, id_: str, path: str = PAGE) -> TestResponse:
    """Ask as a browser that holds another id."""
    other = client.application.test_client(use_cookies=False)
    return other.get(path, headers={"Cookie": f"safelight={id_}"})


def test_a_person_signs_in_and_comes_to_the_page_they_wanted() -> None:
    """The form stands in the place of the page, and leads there."""
    client = guarded().test_client()
    asked = client.get("/toy/?a=b")
    assert (asked.status_code, 'name="next" value="/toy/?a=b"' in asked.text) == (401, True)
    reply = client.post(
        "/sign-in",
        data={
            "csrf_token": form_token(asked.text),
            "name": " Ada ",
            "password": PASSWORD,
            "next": "/toy/?a=b",
        },
    )
    assert (reply.status_code, reply.headers["Location"]) == (303, "/toy/?a=b")
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("next_", ["", "//evil.example", "https://evil.example", "/sign-out"])
def test_a_person_is_led_to_no_other_site(next_: str) -> None:
    """But to the start."""
    reply = sign_in(guarded().test_client(), next=next_)
    assert (reply.status_code, reply.headers["Location"]) == (303, "/")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer() -> None:
    """Letter by letter, but for what is random on each page."""
    replies = []
    for name, password in (("ada", "wrong password"), ("nobody", PASSWORD), ("", ""), ("é", "\0")):
        client = guarded().test_client()
        reply = sign_in(client, name, password)
        text = reply.text.replace(form_token(reply.text), "")
        headers = {k: v for k, v in reply.headers if k not in {"Set-Cookie", "X-Request-Id"}}
        del headers["Content-Length"]
        policy = re.sub("nonce-[^']+", "", headers.pop("Content-Security-Policy"))
        text = re.sub('nonce="[^"]+"', "", text)
        replies.append((reply.status_code, text, headers, policy))
    assert replies == [replies[0]] * 4
    assert replies[0][0] == 401
    assert "The name or the password is wrong." in replies[0][1]


def test_a_name_that_nobody_has_is_checked_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both go through one Argon2 check of the same cost."""
    costs = []
    verify = passwords._verify  # noqa: SLF001 - what takes the time

    def noting(encoded: str, typed: str) -> bool:
        costs.append(encoded.split("$")[1:4])
        return verify(encoded, typed)

    monkeypatch.setattr(passwords, "_verify", noting)
    client = guarded().test_client()
    for name in ("ada", "nobody"):
        sign_in(client, name, "wrong password")
    assert costs == [["argon2id", "v=19", "m=64,t=1,p=1"]] * 2


def test_the_wait_is_the_same_for_a_name_that_nobody_has() -> None:
    """Nobody learns from being locked out."""
    found = []
    for name in ("ada", "nobody"):
        client = guarded().test_client()
        replies = [sign_in(client, name, "wrong password") for _ in range(ONE_BY_ONE.free + 1)]
        found.append([(each.status_code, each.headers.get("Retry-After")) for each in replies])
    assert found == [[(401, None)] * ONE_BY_ONE.free + [(429, "2")]] * 2


def test_the_right_password_waits_too() -> None:
    """Else trying on would tell which one is right."""
    clock = Clock()
    client = guarded(clock=clock).test_client()
    for _ in range(ONE_BY_ONE.free):
        sign_in(client, password="wrong password")
    assert sign_in(client).status_code == 429
    clock.forward(2)
    assert sign_in(client).status_code == 303


def test_attempts_at_the_same_moment_count_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """A burst gets no more guesses than a series."""
    checked: list[str] = []

    def wrong(encoded: str, typed: str) -> bool:
        checked.append(encoded + typed)
        return False

    monkeypatch.setattr(passwords, "_verify", wrong)
    application = guarded()
    ready = threading.Barrier(8)

    def attempt(_: int) -> int:
        client = application.test_client()
        value = form_token(client.get("/sign-in").text)
        ready.wait(10)
        data = {"csrf_token": value, "name": "ada", "password": "wrong password"}
        return client.post("/sign-in", data=data).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(attempt, range(8)))
    assert len(checked) <= ONE_BY_ONE.free
    assert statuses.count(429) == 8 - ONE_BY_ONE.free


def test_when_it_is_busy_nobody_loses_an_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with a time, as often as it takes."""

    def busy(*_: object) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords.Passwords, "matches", busy)
    client = guarded().test_client()
    for _ in range(ONE_BY_ONE.free * 2):
        reply = sign_in(client)
        assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")


def test_the_session_is_a_new_one() -> None:
    """An id that was planted before is worth nothing after (session fixation)."""
    client = guarded().test_client()
    client.get("/sign-in")
    planted = held(client)
    sign_in(client)
    assert held(client) not in {"", planted}
    assert with_id(client, planted).status_code == 401
    assert client.get(PAGE).status_code == 200


def test_nothing_of_the_session_before_is_kept() -> None:
    """What an attacker left in it does not become the person's."""
    application = guarded()

    @application.get("/names")
    def names() -> str:
        return " ".join(sorted(session))

    client = application.test_client()
    client.get("/sign-in")
    before = form_token(client.get("/sign-in").text)
    sign_in(client)
    assert client.get("/names").text == "signed-in"
    reply = client.post(PAGE, data={"csrf_token": before, "files": file()})
    assert reply.status_code == 400


def test_signing_in_as_another_ends_the_first() -> None:
    """One browser is one person."""
    application = guarded()
    client = signed_in(application, "ada")
    first = held(client)
    page = client.get("/account").text
    data = {"csrf_token": form_token(page), "name": "root", "password": PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 303
    assert with_id(client, first).status_code == 401
    assert "root" in client.get("/account").text


def test_signing_out_ends_the_session_on_the_server() -> None:
    """All its ids, at once; and the way back is the form."""
    client = signed_in(guarded())
    id_ = held(client)
    reply = send(client, "/sign-out")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/sign-in")
    assert "Max-Age=0" in reply.headers["Set-Cookie"]
    assert with_id(client, id_).status_code == 401
    assert client.get(PAGE).status_code == 401


def test_a_session_stays_dead_while_a_slow_request_runs() -> None:
    """It began before the end, and replies after it."""
    application = guarded()
    begun, ended = threading.Event(), threading.Event()

    @application.get("/slow")
    def slow() -> str:
        begun.set()
        ended.wait(10)
        session["late"] = True
        return "done"

    client = signed_in(application)
    id_ = held(client)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(with_id, client, id_, "/slow")
        assert begun.wait(10)
        send(client, "/sign-out")
        ended.set()
        reply = running.result()
    given = cookie(reply)
    assert with_id(client, id_).status_code == 401
    assert not given or with_id(client, given).status_code == 401


@pytest.mark.parametrize(("step_s", "times"), [(30 * 60 + 31, 1), (29 * 60, 26)])
def test_a_session_ends_idle_and_in_any_case(step_s: int, times: int) -> None:
    """After half an hour without a request, and after twelve hours however busy: then it is 401."""
    clock = Clock()
    client = signed_in(guarded(clock=clock))
    id_ = held(client)
    for _ in range(times):
        clock.forward(step_s)
        client.get(PAGE)
    assert client.get(PAGE).status_code == 401
    assert with_id(client, id_).status_code == 401


def test_a_form_sent_after_the_end_says_that_nothing_was_done() -> None:
    """And comes back to its page."""
    client = signed_in(guarded())
    data = {"csrf_token": form_token(client.get(PAGE).text), "files": file()}
    client.delete_cookie("safelight")
    reply = client.post(PAGE, data=data)
    assert (reply.status_code, "Nothing was done." in reply.text) == (401, True)
    assert f'name="next" value="{PAGE}"' in reply.text


def test_the_form_needs_its_token() -> None:
    """Nobody is signed in to an attacker's account by another site."""
    client = guarded().test_client()
    data = {"name": "ada", "password": PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 400
    value = form_token(client.get("/sign-in").text)
    headers = {"Sec-Fetch-Site": "cross-site"}
    reply = client.post("/sign-in", data={**data, "csrf_token": value}, headers=headers)
    assert reply.status_code == 403


def test_over_tls_the_cookie_is_this_hosts_alone() -> None:
    """`__Host-`, Secure, HttpOnly, SameSite."""
    client = guarded().test_client()
    value = form_token(client.get("/sign-in", base_url=TLS).text)
    reply = client.post(
        "/sign-in",
        data={"csrf_token": value, "name": "ada", "password": PASSWORD},
        base_url=TLS,
        headers={"Referer": f"{TLS}/sign-in"},
    )
    line = reply.headers["Set-Cookie"]
    flags = {flag.strip() for flag in line.split(";")[1:]}
    assert line.startswith("__Host-safelight=")
    assert flags == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_who_is_signed_in_is_not_asked_again() -> None:
    """Nor is anyone where nobody signs in."""
    assert signed_in(guarded()).get("/sign-in").headers["Location"] == "/account"
    assert app().test_client().get("/sign-in").headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/sign-out", "/account/sessions/end"])
def test_no_link_signs_anybody_out(path: str) -> None:
    """A GET changes nothing."""
    client = signed_in(guarded())
    assert client.get(path).status_code == 405
    assert client.get(PAGE).status_code == 200


def test_each_attempt_is_recorded_without_what_was_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A name typed into the wrong field is a password."""
    client = guarded().test_client()
    with caplog.at_level(logging.INFO, LOGGER):
        for _ in range(ONE_BY_ONE.free + 1):
            sign_in(client, "canary-name", "canary-password")
        sign_in(client, "root")
        send(client, "/sign-out")
    # Jobs of tests before this one may still come to their end.
    records = [each for each in caplog.records if not each.msg.startswith("job.")]
    assert [each.msg for each in records] == [
        *["sign-in.refused"] * ONE_BY_ONE.free,
        "sign-in.locked",
        "sign-in.accepted",
        "session.ended",
    ]
    assert "canary" not in str([vars(each) for each in records])
    refused, accepted, ended = (vars(records[at])["who"] for at in (0, -2, -1))
    assert (refused, accepted == ended != "", "root" in accepted) == ("", True, False)
