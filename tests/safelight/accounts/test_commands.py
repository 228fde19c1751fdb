"""The commands `safelight users` and `safelight tokens`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

from account_builders import CHEAP, users_file
from safelight.accounts.source import AccountFile
from safelight.accounts.tokens import token_of
from safelight.cli import main
from safelight.security import passwords
from safelight.security.passwords import Passwords

if TYPE_CHECKING:
    from pathlib import Path

    from safelight.accounts.model import Accounts

NEW = "four plain words here"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash quickly."""
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return users_file(tmp_path)


def run(path: Path, *arguments: str, typed: str = "") -> Result:
    """Run `safelight` on a file of users."""
    environment = {"SAFELIGHT_USERS_FILE": str(path)}
    return CliRunner().invoke(main, arguments, input=typed, env=environment)


def accounts(path: Path) -> Accounts:
    """What the file holds."""
    return AccountFile(path).current()


def test_a_user_is_added_with_a_password_from_standard_input(path: Path) -> None:
    """And may sign in with it."""
    result = run(path, "users", "add", "Zoe", "--grant", "mapy", typed=f"{NEW}\n")
    user = accounts(path).users["zoe"]
    assert (result.exit_code, user.grants) == (0, frozenset({"mapy"}))
    assert Passwords().matches(user.password, NEW)
    assert NEW not in result.output + path.read_text()


def test_the_file_is_made_with_the_first_user(tmp_path: Path) -> None:
    """Nothing has to be there."""
    path = tmp_path / "new.json"
    assert run(path, "users", "add", "zoe", typed=f"{NEW}\n").exit_code == 0
    assert set(accounts(path).users) == {"zoe"}


def test_a_generated_password_is_printed_once(path: Path) -> None:
    """Twenty letters."""
    result = run(path, "users", "add", "zoe", "--generate")
    password = result.stdout.strip()
    assert len(password) == 20
    assert Passwords().matches(accounts(path).users["zoe"].password, password)


@pytest.mark.parametrize(
    "typed", ["short", "aaaaaaaaaaaaaaa", "Zoe and zoe and", "Password1234", ""]
)
def test_a_weak_password_is_refused(path: Path, typed: str) -> None:
    """With what to do, and nothing written."""
    before = path.read_bytes()
    result = run(path, "users", "add", "zoe", typed=f"{typed}\n")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert "password" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("users", "add", "ada"),
        ("users", "add", "no spaces"),
        ("users", "add", "zoe", "--grant", "maps"),
        ("users", "add", "zoe", "--grant", "*"),
        ("users", "change", "nobody", "--grant", "mapy"),
        ("users", "remove", "nobody"),
        ("tokens", "create", "t", "--grant", "mapy", "--user", "nobody"),
        ("tokens", "revoke", "0123456789ab"),
    ],
)
def test_what_can_not_be_done_is_said_and_changes_nothing(
    path: Path, arguments: tuple[str, ...]
) -> None:
    """Exit code 1."""
    before = path.read_bytes()
    result = run(path, *arguments, typed=f"{NEW}\n")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert result.output.strip().startswith("safelight: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("users", "change", "ada"),
        ("tokens", "create", "t"),
        ("tokens", "create", "t", "--grant", "mapy", "--days", "0"),
        ("tokens", "create", "t", "--grant", "mapy", "--days", "367"),
    ],
)
def test_wrong_usage_is_2(path: Path, arguments: tuple[str, ...]) -> None:
    """With the usage."""
    assert run(path, *arguments).exit_code == 2


def test_a_password_is_never_an_argument() -> None:
    """Others on the machine see those."""
    assert "--password TEXT" not in CliRunner().invoke(main, ["users", "add", "-h"]).output


def test_grants_are_changed_and_the_password_stays(path: Path) -> None:
    """All of them are replaced."""
    before = accounts(path).users["ada"].password
    run(path, "users", "change", "ada", "--grant", "mapy", "--grant", "elqkit.send")
    user = accounts(path).users["ada"]
    assert (user.grants, user.password) == (frozenset({"mapy", "elqkit.send"}), before)


def test_a_password_is_changed_and_the_grants_stay(path: Path) -> None:
    """By the name in any writing."""
    before = accounts(path).users["ada"].grants
    run(path, "users", "change", "ADA", "--password", typed=f"{NEW}\n")
    user = accounts(path).users["ada"]
    assert user.grants == before
    assert Passwords().matches(user.password, NEW)


def test_users_are_listed_with_their_grants(path: Path) -> None:
    """And without a hash."""
    output = run(path, "users", "list").output
    assert "ada  toy\n" in output
    assert "bob  (nothing granted)\n" in output
    assert "argon2" not in output


def test_a_user_is_removed(path: Path) -> None:
    """With their tokens."""
    run(path, "tokens", "create", "laptop", "--grant", "mapy", "--user", "ada")
    assert run(path, "users", "remove", "ada").exit_code == 0
    assert ("ada" in accounts(path).users, accounts(path).tokens) == (False, {})


def test_a_token_is_made_printed_once_listed_and_revoked(path: Path) -> None:
    """It stands alone on standard output, for a script to take."""
    created = run(path, "tokens", "create", "nightly", "--grant", "mapy", "--days", "5")
    text = created.stdout.strip()
    token = token_of(accounts(path), text, time.time())
    assert token is not None
    listed = run(path, "tokens", "list").output
    assert f"{token.id}  nightly  until " in listed
    assert text not in listed + path.read_text()
    assert run(path, "tokens", "revoke", token.id).exit_code == 0
    assert token_of(accounts(path), text, time.time()) is None


def test_without_a_file_it_is_said_how_to_name_one() -> None:
    """By option or variable."""
    result = CliRunner().invoke(main, ["users", "list"], env={"SAFELIGHT_USERS_FILE": None})
    assert (result.exit_code, "--file" in result.output) == (2, True)


@pytest.mark.parametrize("group", ["users", "tokens"])
def test_help_has_examples(group: str) -> None:
    """To copy."""
    output = CliRunner().invoke(main, [group, "--help"]).output
    assert f"  safelight {group} list\n" in output
