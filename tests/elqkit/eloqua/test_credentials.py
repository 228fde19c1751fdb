"""Credentials: where they come from, and that they stay unseen."""

from __future__ import annotations

from base64 import b64decode
import pickle
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from elqkit.eloqua import Basic, OAuth, TokenFile, Tokens, from_environment, from_file
from elqkit.errors import NotSignedIn

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"ELQKIT_COMPANY": "Ac", "ELQKIT_USER": "Jürgen", "ELQKIT_PASSWORD": "geheim"}
APP = {"ELQKIT_CLIENT_ID": "id", "ELQKIT_CLIENT_SECRET": "geheim"}


def test_basic_joins_company_and_user_by_one_backslash() -> None:
    """In UTF-8."""
    found = from_environment(NAMES)
    value = found.authorization.removeprefix("Basic ")
    assert b64decode(value).decode() == "Ac\\Jürgen:geheim"


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    """As container platforms hand them over."""
    path = tmp_path / "password"
    path.write_text("geheim\n", encoding="utf-8")
    names = {**NAMES, "ELQKIT_PASSWORD_FILE": str(path)}
    del names["ELQKIT_PASSWORD"]
    assert from_environment(names).authorization == from_environment(NAMES).authorization


def test_all_may_be_in_one_file(tmp_path: Path) -> None:
    """Named as in the environment."""
    path = tmp_path / "eloqua.env"
    lines = ["# Eloqua", *(f"{name}={value}" for name, value in NAMES.items()), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert from_file(path).authorization == from_environment(NAMES).authorization


def test_a_new_refresh_token_is_written_where_the_old_one_was(tmp_path: Path) -> None:
    """For its owner's eyes alone."""
    path = tmp_path / "token"
    path.write_text("first\n", encoding="utf-8")
    found = from_environment({**APP, "ELQKIT_REFRESH_TOKEN_FILE": str(path)})
    assert isinstance(found, OAuth)
    assert found.tokens.read().refresh == "first"
    found.tokens.write(Tokens("second"))
    assert (found.tokens.read().refresh, path.read_text(encoding="utf-8")) == ("second", "second\n")
    assert (path.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [path])


@pytest.mark.parametrize(
    "names", [{}, {"ELQKIT_COMPANY": "A"}, {**APP, "ELQKIT_REFRESH_TOKEN_FILE": "/no/such/file"}]
)
def test_what_is_missing_is_said(names: dict[str, str]) -> None:
    """Before anything is called."""
    with pytest.raises(NotSignedIn):
        from_environment(names)


def test_a_refresh_token_that_was_not_kept_is_not_taken() -> None:
    """The one that is known stays in use."""

    def keep(_: str) -> None:
        raise OSError("The disk is full.")

    found = OAuth("id", "geheim", "first", keep=keep)
    with pytest.raises(OSError, match="full"):
        found.tokens.write(Tokens("second"))
    assert found.tokens.read().refresh == "first"


def test_processes_that_share_a_token_file_renew_it_one_after_the_other(tmp_path: Path) -> None:
    """The second one finds the token of the first: an old one would end the sign-in."""
    path = tmp_path / "token"
    path.write_text("first\n", encoding="utf-8")
    one, other = TokenFile(path), TokenFile(path)
    seen: list[str] = []

    def renew() -> None:
        with other.alone():
            seen.append(other.read().refresh)

    with one.alone():
        waiting = Thread(target=renew)
        waiting.start()
        waiting.join(0.1)
        one.write(Tokens("second", "access", 1e12))
    waiting.join()
    assert (seen, one.read().access, other.read().access) == (["second"], "access", "")


@pytest.mark.parametrize("found", [Basic("a", "b", "geheim"), OAuth("id", "geheim", "geheim")])
def test_they_are_neither_shown_nor_stored(found: Basic | OAuth) -> None:
    """Not by accident, at least."""
    assert "geheim" not in repr(found) + str(found)
    with pytest.raises(TypeError):
        pickle.dumps(found)
