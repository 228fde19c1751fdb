"""The document of users and tokens: what is read is what was written, and nothing half right."""

from __future__ import annotations

import json

import pytest

from account_builders import HASH
from safelight.accounts.document import BadAccounts, accounts_from, text_of
from safelight.accounts.model import Accounts, Token, User

USER = User("ada", HASH, frozenset({"mapy", "elqkit.send"}))
TOKEN = Token("0123456789ab", "nightly", "a" * 64, frozenset({"mapy"}), 1e9, 2e9, "ada")


def document(users: object = None, tokens: object = None) -> str:
    """A document with these parts."""
    return json.dumps({"users": users or {}, "tokens": tokens or {}})


def test_it_comes_back_as_it_was_written() -> None:
    """Names, hashes, grants, times and owners."""
    accounts = Accounts({"ada": USER}, {TOKEN.id: TOKEN})
    assert accounts_from(text_of(accounts)) == accounts


@pytest.mark.parametrize("text", ["", " \n", "{}"])
def test_nothing_is_nobody(text: str) -> None:
    """An empty file lets nobody in."""
    assert not accounts_from(text)


ROW = {"password": HASH, "grants": ["mapy"]}
TOKEN_ROW = {
    "name": "nightly",
    "sha256": "a" * 64,
    "grants": ["mapy"],
    "created": "2026-01-01T00:00:00Z",
    "expires": "2026-02-01T00:00:00Z",
}


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        '{"people": {}}',
        document(users=["ada"]),
        document(users={"Ada": ROW}),
        document(users={"ada": "secret"}),
        document(users={"ada": {**ROW, "password": "secret-canary"}}),
        document(users={"ada": {**ROW, "password": "$2b$12$secret-canary"}}),
        document(users={"ada": {**ROW, "grants": "mapy"}}),
        document(users={"ada": {**ROW, "grants": ["*"]}}),
        document(users={"ada": {**ROW, "role": "root"}}),
        document(tokens={"x": TOKEN_ROW}),
        document(tokens={"0123456789ab": {**TOKEN_ROW, "sha256": "secret-canary"}}),
        document(tokens={"0123456789ab": {**TOKEN_ROW, "expires": "tomorrow"}}),
        document(tokens={"0123456789ab": {**TOKEN_ROW, "expires": None}}),
    ],
)
def test_one_fault_refuses_the_whole(text: str) -> None:
    """Rather nobody than the wrong ones; and what is said quotes no secret."""
    with pytest.raises(BadAccounts) as error:
        accounts_from(text)
    assert "canary" not in str(error.value)


def test_a_printed_account_shows_no_hash() -> None:
    """Not even in a trace of a fault."""
    assert HASH not in repr(USER)
    assert TOKEN.sha256 not in repr(TOKEN)


def test_a_user_leaves_with_their_tokens() -> None:
    """No key is left behind."""
    left = Accounts({"ada": USER}, {TOKEN.id: TOKEN}).without_user("ada")
    assert left == Accounts()


def test_a_token_may_do_no_more_than_its_user() -> None:
    """Today, whatever both were granted when it was made."""
    token = Token("0123456789ab", "", "", frozenset({"mapy", "admin"}), 0, 0, "ada")
    assert Accounts({"ada": USER}).grants_of(token) == {"mapy"}
    assert Accounts().grants_of(token) == frozenset()
    senders = User("ada", HASH, frozenset({"mapy.send"}))
    assert Accounts({"ada": senders}).grants_of(token) == {"mapy"}  # to send includes the use
