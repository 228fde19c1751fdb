"""Passwords that many people have, without a list of them that anyone could read."""

from __future__ import annotations

import pytest

from safelight.security.common_passwords import DIGEST_BYTES, TABLE, is_common

LONG_ENOUGH = 44_000 - 500


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PassWord1234",
        "qwertyuiop123",
        "123456789012",
        "letmeinletmein",
        "administrator1!",
        "!!!dragon!!!2026",
    ],
)
def test_what_many_people_have_is_known(password: str) -> None:
    """In capitals too, and with digits and signs around it."""
    assert is_common(password)


@pytest.mark.parametrize("password", ["four plain words here", "tMw0zVn9pQ4xLr7aBc2e", "", "1!"])
def test_others_are_not(password: str) -> None:
    """A sentence, and what a password manager makes."""
    assert not is_common(password)


def test_the_table_is_in_order_and_large_enough() -> None:
    """A look-up halves it; and the standard asks for 3,000 of the length that is taken."""
    content = TABLE.read_bytes()
    digests = [content[at : at + DIGEST_BYTES] for at in range(0, len(content), DIGEST_BYTES)]
    assert digests == sorted(set(digests))
    assert len(digests) > LONG_ENOUGH
