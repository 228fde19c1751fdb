"""API tokens: shown once, kept as a fingerprint, gone in time."""

from __future__ import annotations

from dataclasses import replace
import re

import pytest

from account_builders import HASH
from safelight.accounts.model import Accounts, User
from safelight.accounts.tokens import DAY_S, MAX_DAYS, MAX_NAME_LENGTH, new_token, token_of

NOW = 1_000_000.0


def known(days: int = 30, user: str = "") -> tuple[str, Accounts]:
    """A token and accounts that know it."""
    text, token = new_token("nightly", ["mapy"], NOW, days, user)
    ada = User("ada", HASH, frozenset({"mapy"}))
    return text, Accounts({"ada": ada}, {token.id: token})


def test_it_has_256_random_bits_and_says_what_it_is() -> None:
    """A scanner of source code finds it by its first letters."""
    texts = {known()[0] for _ in range(50)}
    assert len(texts) == 50
    assert all(re.fullmatch(r"safelight_[0-9a-f]{12}_[\w-]{43}", text) for text in texts)


def test_what_is_kept_opens_nothing() -> None:
    """Its id and a hash."""
    text, accounts = known()
    (kept,) = accounts.tokens.values()
    assert text.rpartition("_")[2] not in str([getattr(kept, n) for n in kept.__slots__])
    assert token_of(accounts, f"safelight_{kept.id}_{kept.sha256[:43]}", NOW) is None


def test_it_opens_until_it_expires() -> None:
    """To the second."""
    text, accounts = known(days=1)
    assert token_of(accounts, text, NOW + DAY_S - 1) is not None
    assert token_of(accounts, text, NOW + DAY_S) is None


def test_a_revoked_one_opens_nothing() -> None:
    """At once."""
    text, accounts = known()
    (kept,) = accounts.tokens
    assert token_of(accounts.without_token(kept), text, NOW) is None


def test_one_ends_with_its_user() -> None:
    """Also if the row was left in the file by hand."""
    text, accounts = known(user="ada")
    assert token_of(accounts, text, NOW) is not None
    assert token_of(replace(accounts, users={}), text, NOW) is None


@pytest.mark.parametrize("change", ["x{}", "{}x", "{} ", "{}\n", ""])
def test_nothing_like_it_opens_anything(change: str) -> None:
    """Each letter counts."""
    text, accounts = known()
    assert token_of(accounts, change.format(text), NOW) is None
    assert token_of(accounts, text[:-1] + ("A" if text[-1] != "A" else "B"), NOW) is None


@pytest.mark.parametrize(
    ("name", "days", "limit"),
    [
        ("", 1, MAX_NAME_LENGTH),
        ("x" * (MAX_NAME_LENGTH + 1), 1, MAX_NAME_LENGTH),
        ("a\nb", 1, MAX_NAME_LENGTH),
        ("n", 0, MAX_DAYS),
        ("n", MAX_DAYS + 1, MAX_DAYS),
    ],
)
def test_limits_of_a_new_one(name: str, days: int, limit: int) -> None:
    """None lives for ever, and none has a name that a list can't show."""
    with pytest.raises(ValueError, match=f" {limit} "):
        new_token(name, ["mapy"], NOW, days)
