"""A SECRET_KEY that anyone can guess signs nothing."""

from __future__ import annotations

import pytest

from safelight.security.secret_key import check_secret_key, new_secret_key
from safelight.settings import BadSettings
from safelight_builders import app

GUESSABLE = [
    "",
    "short",
    "f3a1" * 7 + "f3a",
    "changeme" + "0123456789abcdef0123456789abcdef",
    "secret-0123456789abcdef0123456789abcdef",
    "Change-This-0123456789abcdef0123456789ab",
    "your-secret-key-0123456789abcdef012345",
    "a" * 64,
    "abcdefgh" * 8,
    "abcdefghi" * 4,
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    "'192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf'",
]


@pytest.mark.parametrize("key", GUESSABLE)
def test_a_short_or_known_key_is_refused_without_quoting_it(key: str) -> None:
    """The sentence says what to do and goes into a log."""
    wrong = check_secret_key(key)
    assert wrong is not None
    assert "secrets.token_hex(32)" in wrong
    assert len(key) < 6 or key not in wrong


def test_the_server_does_not_start_with_one() -> None:
    """The application refuses, not only the command."""
    with pytest.raises(BadSettings):
        app({"SECRET_KEY": "changeme"})


def test_random_keys_will_do() -> None:
    """In hex, and as other generators write them."""
    assert check_secret_key(new_secret_key()) is None
    assert check_secret_key("kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa") is None


def test_a_run_without_one_gets_its_own() -> None:
    """Fresh for each run, so no two share one."""
    keys = {app().config["SECRET_KEY"] for _ in range(3)}
    assert [len(key) for key in keys] == [64] * 3


def test_a_given_key_is_used() -> None:
    """So that tokens survive a restart."""
    assert app({"SECRET_KEY": "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"}).config["SECRET_KEY"] == (
        "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"
    )
