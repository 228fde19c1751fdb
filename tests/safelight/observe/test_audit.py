"""The audit log: closed tables, pseudonyms, and nothing of a person."""

from __future__ import annotations

import logging
from pathlib import Path
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Flask, g
import pytest

import safelight
from safelight.observe import audit
from safelight.observe.audit_events import CODES, EVENTS
from safelight.observe.request_ids import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"
PERSON = "Ada Canary <ada@example.org>"


@pytest.fixture(autouse=True)
def _key(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A known key, and every line."""
    caplog.set_level(logging.INFO, audit.LOGGER)
    audit.use_key(KEY)
    yield
    audit.use_key("another key, so that no other test relies on this one")


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says besides its event."""
    names = {"request", "outcome", "who", *CODES}
    return {name: value for name, value in record.__dict__.items() if name in names}


def test_a_line_has_the_event_its_outcome_and_its_codes(caplog: pytest.LogCaptureFixture) -> None:
    """Outside of a request there is no number, and nobody."""
    audit.record("sign-in.refused", how="password", reason="credentials")
    (line,) = caplog.records
    assert line.getMessage() == "sign-in.refused"
    assert fields(line) == {
        "request": "",
        "outcome": "refused",
        "who": "",
        "how": "password",
        "reason": "credentials",
    }


def test_a_line_names_its_request_and_by_a_pseudonym_whose_it_was(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The name itself is nowhere."""
    environ: dict[str, Any] = {REQUEST_ID: "0123456789abcdef"}
    with Flask("any").test_request_context(environ_overrides=environ):
        g.identity = SimpleNamespace(name=PERSON)
        audit.record("session.ended", reason="sign-out")
    said = fields(caplog.records[0])
    assert (said["request"], said["who"]) == ("0123456789abcdef", audit.pseudonym(PERSON))
    assert "Canary" not in str(caplog.records[0].__dict__)


def test_the_same_person_keeps_a_pseudonym_until_the_key_changes() -> None:
    """So lines can be put together, and without the key nobody can try out names."""
    before = audit.pseudonym(PERSON)
    assert (len(before), audit.pseudonym(PERSON)) == (16, before)
    assert audit.pseudonym("someone else") != before
    audit.use_key(KEY[::-1])
    assert audit.pseudonym(PERSON) != before


def test_nobody_has_no_pseudonym() -> None:
    """Or all strangers would look like one person."""
    assert audit.pseudonym("") == ""


def test_an_unknown_event_is_refused() -> None:
    """Without quoting it."""
    with pytest.raises(ValueError, match="not in the table") as caught:
        audit.record(PERSON)
    assert PERSON not in str(caught.value)


@pytest.mark.parametrize("code", sorted(CODES))
def test_no_code_takes_free_text(code: str) -> None:
    """Not a name, an address, a sentence, a path or an address of the network."""
    event = next(event for event in EVENTS.values() if code in event.codes)
    for text in (PERSON, "10.0.0.7", "a b", "/home/ada", "x" * 200, "müller", "a\nb"):
        with pytest.raises(ValueError, match="no such code") as caught:
            audit.record(event.name, **{code: text})
        assert text not in str(caught.value)


def test_a_code_of_another_event_is_refused() -> None:
    """A line holds what its event needs."""
    with pytest.raises(ValueError, match="no such code"):
        audit.record("session.ended", grant="admin")


def test_an_empty_code_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """Callers need not ask whether there is a tool."""
    audit.record("upload.refused", code="upload.none", tool="")
    assert fields(caplog.records[0])["code"] == "upload.none"
    assert "tool" not in fields(caplog.records[0])


def test_every_event_is_told_to_listeners_once() -> None:
    """They count them."""
    heard: list[str] = []
    audit.listen(heard.append)
    audit.listen(heard.append)
    audit.record("service.started", role="web")
    assert heard == ["service.started"]


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.name)
def test_the_tables_agree(event: Any) -> None:
    """Each event has a known outcome, and codes that are defined."""
    assert event.outcome in {"accepted", "refused", "ended", "failed", "done"}
    assert set(event.codes) <= set(CODES)


SOURCE = "".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(safelight.__file__).parent.rglob("*.py"))
    if path.name != "audit_events.py"
)
CHOICES = {
    value
    for code in CODES.values()
    if isinstance(code.allowed, frozenset)
    for value in code.allowed
}


@pytest.mark.parametrize("word", sorted({*EVENTS, *CHOICES}))
def test_whatever_is_in_the_tables_is_recorded_somewhere(word: str) -> None:
    """A word that nobody says would promise an auditor what he never gets."""
    assert f'"{word}"' in SOURCE


def test_recording_needs_no_web_framework() -> None:
    """A command that changes an account starts quickly."""
    code = "import sys, safelight.observe.audit; print({'flask', 'structlog'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
