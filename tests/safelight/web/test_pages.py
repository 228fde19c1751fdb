"""The workbench's own pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from safelight import __version__
from safelight_builders import app


def test_health_is_small_and_without_state() -> None:
    """For a watchdog that asks every few seconds."""
    reply = app().test_client().get("/healthz")
    assert (reply.json, "Set-Cookie" in reply.headers) == ({"status": "ok"}, False)


def test_ready_when_nothing_is_missing() -> None:
    """200, and an empty list."""
    reply = app().test_client().get("/readyz")
    assert (reply.status_code, reply.json) == (200, {"status": "ok", "missing": [], "reasons": {}})


def test_version() -> None:
    """What runs here."""
    assert app().test_client().get("/version").json == {"name": "safelight", "version": __version__}


def test_security_txt_says_whom_to_tell_and_for_how_long_that_holds() -> None:
    """RFC 9116: Contact and Expires, less than a year ahead."""
    contact = "https://example.com/security"
    reply = (
        app({"SAFELIGHT_SECURITY_CONTACT": contact}).test_client().get("/.well-known/security.txt")
    )
    fields = dict(line.split(": ", 1) for line in reply.text.splitlines())
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert fields["Contact"] == contact
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert reply.content_type == "text/plain; charset=utf-8"


def test_pages_change_nothing_by_get_and_take_no_other_method() -> None:
    """HEAD as GET; everything else is 405."""
    client = app().test_client()
    for path in ("/", "/healthz", "/readyz", "/version", "/.well-known/security.txt"):
        assert client.head(path).status_code == 200
        for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
            assert client.open(path, method=method).status_code == 405
