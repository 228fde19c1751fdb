"""Every address asks who comes; a tool asks for its grant, and an action for its own."""

from __future__ import annotations

from dataclasses import replace
import logging
from typing import TYPE_CHECKING

import pytest

from account_builders import SIGN_IN, bearer, form_token, guarded, signed_in, with_token
from safelight.api import Job, Refusal
from safelight.observe.audit import LOGGER
from safelight_builders import API, PAGE, Clock, app, file
import toy_tool

if TYPE_CHECKING:
    from flask import Blueprint, Flask

    from safelight.api import Shell

WALK, WIPE = "/api/v1/toy/walk", "/api/v1/toy/wipe"
OPEN = {
    "/.well-known/security.txt",
    "/healthz",
    "/readyz",
    "/sign-in",
    "/static/<name>",
    "/toy/static/<name>",
}
"""All that a stranger is answered."""


def addresses(application: Flask) -> list[tuple[str, str]]:
    """Each address of an application with each of its methods."""
    return [
        (rule.rule, method)
        for rule in application.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
    ]


APPLICATION = guarded()


@pytest.mark.parametrize(("rule", "method"), addresses(APPLICATION))
def test_a_stranger_gets_401_everywhere_but_at_the_open_addresses(rule: str, method: str) -> None:
    """A new address is closed until somebody opens it."""
    path = rule.replace("<string(length=32):id_>", "a" * 32).replace("<name>", "x")
    path = path.partition("<any")[0] + "cancel" if "<any" in path else path
    reply = APPLICATION.test_client().open(path, method=method)
    assert (reply.status_code == 401) is (rule not in OPEN)


def test_an_address_that_leads_nowhere_is_404() -> None:
    """It is no secret that there is nothing."""
    assert guarded().test_client().get("/nothing").status_code == 404


@pytest.mark.parametrize(
    ("name", "page", "action", "wipe", "metrics"),
    [
        ("ada", 200, 200, 403, 403),
        ("bob", 403, 403, 403, 403),
        ("max", 200, 200, 200, 403),
        ("root", 403, 403, 403, 200),
    ],
)
def test_each_may_what_is_granted(
    name: str, page: int, action: int, wipe: int, metrics: int
) -> None:
    """Pages, actions of the API, those beyond use, and what is for administrators."""
    client = signed_in(guarded(), name)
    headers = {"X-CSRFToken": form_token(client.get("/account").text)}
    assert client.get(PAGE).status_code == page
    assert client.post(API, data={"files": file()}, headers=headers).status_code == action
    assert client.post(WIPE, headers=headers).status_code == wipe
    assert client.get("/metrics").status_code == metrics


@pytest.mark.parametrize(
    ("grants", "action", "wipe"),
    [
        (["toy"], 200, 403),
        (["toy.delete"], 200, 200),
        (["toy.send"], 200, 403),
        (["mapy"], 403, 403),
    ],
)
def test_a_token_opens_what_it_is_for(grants: list[str], action: int, wipe: int) -> None:
    """And nothing else, whoever made it."""
    clock = Clock()
    token, settings = with_token(grants, clock)
    client = guarded(settings, clock=clock).test_client()
    assert client.post(API, data={"files": file()}, headers=bearer(token)).status_code == action
    assert client.post(WIPE, headers=bearer(token)).status_code == wipe


def test_a_tool_that_answers_refusals_itself_does_not_answer_these() -> None:
    """It would show a stranger its page."""

    def blueprint(shell: Shell) -> Blueprint:
        made = toy_tool.blueprint(shell)
        made.register_error_handler(Refusal, lambda _: "the tool's own page")
        return made

    tool = replace(toy_tool.tool, blueprint=blueprint)
    stranger = app(SIGN_IN, (tool,)).test_client().get(PAGE)
    assert (stranger.status_code, 'action="/sign-in"' in stranger.text) == (401, True)
    known = signed_in(app(SIGN_IN, (tool,)), "bob").get(PAGE)
    assert (known.status_code, "the grant <bdi>toy</bdi>." in known.text) == (403, True)


@pytest.mark.parametrize(("grants", "status"), [(["toy"], 403), (["toy.send"], 202)])
def test_a_job_asks_for_its_own_grant(grants: list[str], status: int) -> None:
    """Whichever page or action starts it."""
    clock = Clock()
    token, settings = with_token(grants, clock)
    walk = Job("walk", lambda job: job.finish(None), grant="send")
    tool = replace(toy_tool.tool, jobs=lambda _: (walk,))
    client = app({**SIGN_IN, **settings}, (tool,), clock).test_client()
    form = {"way": "home", "steps": "1", "step_s": "0"}
    assert client.post(WALK, data=form, headers=bearer(token)).status_code == status


def test_a_refusal_says_which_grant_is_missing_and_who_gives_it() -> None:
    """To a person and to a program."""
    reply = signed_in(guarded(), "bob").get(PAGE)
    assert "the grant <bdi>toy</bdi>." in reply.text
    assert "Whoever runs this server" in reply.text
    clock = Clock()
    token, settings = with_token(["toy"], clock)
    reply = guarded(settings, clock=clock).test_client().post(WIPE, headers=bearer(token))
    assert reply.json is not None
    assert (reply.json["code"], "toy.delete" in reply.json["hint"]) == ("grant.missing", True)


def test_nobody_sees_tools_that_are_not_theirs() -> None:
    """Neither the card nor the link; and who has none is told so."""
    assert 'href="/toy/"' in signed_in(guarded(), "ada").get("/").text
    page = signed_in(guarded(), "bob").get("/").text
    assert ('href="/toy/"' in page, "may not use any tool" in page) == (False, True)


def test_a_stranger_sees_no_version_and_no_tools() -> None:
    """An attacker need not know what to try."""
    page = guarded().test_client().get("/").text
    assert "Safelight 0" not in page
    assert "toy" not in page.lower()


def test_the_reply_to_a_stranger_is_a_challenge() -> None:
    """A page with the form, or problem+json for programs."""
    client = guarded().test_client()
    for path, kind in ((PAGE, "text/html"), (API, "application/problem+json")):
        reply = client.open(path, method="GET" if path == PAGE else "POST")
        assert (reply.status_code, reply.mimetype) == (401, kind)
        assert reply.headers["WWW-Authenticate"] == 'Bearer realm="safelight"'
        assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"])
def test_a_server_for_one_machine_answers_no_proxy(header: str) -> None:
    """Someone put it on the network by mistake: all would have been let in as if at the machine."""
    reply = app().test_client().get("/", headers={header: "192.0.2.1"})
    assert (reply.status_code, "SAFELIGHT_TRUSTED_PROXIES" in reply.text) == (403, True)


def test_refusals_are_recorded_without_a_name(caplog: pytest.LogCaptureFixture) -> None:
    """The grant, and a pseudonym."""
    client = signed_in(guarded(), "bob")
    with caplog.at_level(logging.INFO, LOGGER):
        client.get(PAGE)
        client.get("/", headers=bearer("wrong"))
    found = [(record.msg, vars(record).get("grant")) for record in caplog.records]
    assert ("grant.refused", "toy") in found
    assert ("token.refused", None) in found
    assert "bob" not in str([vars(record) for record in caplog.records])
