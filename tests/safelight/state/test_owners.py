"""Whom things belong to."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask, g

from safelight.state.owners import Owners

OWNERS = Owners(bytes(32))


def application() -> Flask:
    """An application with sessions of Flask's own."""
    found = Flask("test")
    found.secret_key = "test"
    return found


def test_a_visitor_keeps_their_name() -> None:
    """In one session; another one has another."""
    app = application()
    with app.test_request_context("/"):
        first = OWNERS.visitor()
        assert OWNERS.visitor() == OWNERS.owner() == first
    with app.test_request_context("/"):
        assert OWNERS.visitor() != first


def test_who_is_signed_in_is_the_same_everywhere() -> None:
    """In each session and by a token; the name does not tell who it is."""
    owners = set()
    for how, name in (("session", "ada"), ("token", "ada"), ("session", "bob")):
        with application().test_request_context("/"):
            g.identity = SimpleNamespace(how=how, name=name)
            owners.add(OWNERS.owner())
    assert len(owners) == 2
    assert not any("ada" in owner or "bob" in owner for owner in owners)


def test_programs_of_this_machine_are_one() -> None:
    """They have no session; a browser that calls the API has."""
    owners = set()
    for headers in ({}, {}, {"Cookie": "a=b"}):
        with application().test_request_context("/api/v1/jobs", headers=headers):
            g.identity = SimpleNamespace(how="loopback", name="loopback")
            owners.add(OWNERS.owner())
    assert len(owners) == 2
