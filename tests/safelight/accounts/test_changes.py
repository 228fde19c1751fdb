"""What the audit log tells of changes that the server did not make itself."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import pytest

from account_builders import HASH, users_file
from safelight.accounts.changes import EVENT, record_changes
from safelight.accounts.model import Accounts, User
from safelight.accounts.source import AccountFile
from safelight.accounts.tokens import new_token
from safelight.observe import audit
from safelight.observe.audit_events import CODES

if TYPE_CHECKING:
    from pathlib import Path

ADA = User("ada", HASH, frozenset({"toy"}))
TOKEN = new_token("nightly", ["toy"], time.time(), 1, "ada")[1]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """The audit log."""
    caplog.set_level(logging.INFO, audit.LOGGER)
    return caplog


def codes(log: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """What each line says."""
    lines = log.records
    assert {line.getMessage() for line in lines} <= {EVENT}
    assert {(line.__dict__["who"], line.__dict__["request"]) for line in lines} <= {("", "")}
    return [{k: v for k, v in line.__dict__.items() if k in CODES} for line in lines]


def test_each_difference_is_a_line_without_a_name(log: pytest.LogCaptureFixture) -> None:
    """Accounts, passwords, grants and tokens, by a pseudonym and by a token's number."""
    whose = audit.pseudonym("ada")
    first = Accounts().with_user(ADA)
    second = first.with_user(User("ada", "$another", frozenset({"toy.send"}))).with_token(TOKEN)
    for before, after in ((Accounts(), first), (first, second), (second, Accounts())):
        record_changes(before, after)
    assert codes(log) == [
        {"change": "created", "whose": whose},
        {"change": "granted", "grant": "toy", "whose": whose},
        {"change": "password", "whose": whose},
        {"change": "granted", "grant": "toy.send", "whose": whose},
        {"change": "withdrawn", "grant": "toy", "whose": whose},
        {"change": "created", "token": TOKEN.id, "whose": whose},
        {"change": "removed", "whose": whose},
        {"change": "revoked", "token": TOKEN.id, "whose": whose},
    ]
    assert "ada" not in {str(value) for line in log.records for value in line.__dict__.values()}


def test_a_server_tells_what_a_command_did(tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    """At the next look, once; what it found when it started is no change."""
    path = users_file(tmp_path)
    source = AccountFile(path, record_changes)
    source.current()
    assert log.records == []
    AccountFile(path).change(lambda accounts: accounts.without_user("bob"))
    source.current()
    source.current()
    assert codes(log) == [{"change": "removed", "whose": audit.pseudonym("bob")}]


def test_its_own_changes_are_not_told_as_those_of_others(
    tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    """They have lines of their own, which say who; what a command did before them is told."""
    path = users_file(tmp_path)
    source = AccountFile(path, record_changes)
    source.current()
    AccountFile(path).change(lambda accounts: accounts.without_user("bob"))
    source.change(lambda accounts: accounts.without_user("max"))
    assert set(source.current().users) == {"ada", "root"}
    assert codes(log) == [{"change": "removed", "whose": audit.pseudonym("bob")}]
