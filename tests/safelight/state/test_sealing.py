"""Sealing: keys for each purpose, and values that only their key and name open."""

from __future__ import annotations

from safelight.state.sealing import Seal, derived_key, pseudonym

SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"


def test_each_purpose_has_a_key_of_its_own() -> None:
    """The same in each process, and another for another SECRET_KEY."""
    assert derived_key(SECRET_KEY, "seal") == derived_key(SECRET_KEY, "seal")
    keys = {
        derived_key(SECRET_KEY, "seal"),
        derived_key(SECRET_KEY, "owners"),
        derived_key(SECRET_KEY + "x", "seal"),
    }
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 3


def test_a_value_is_opened_under_its_name() -> None:
    """Of any length; sealed twice it looks like two values."""
    seal = Seal(bytes(32))
    for value in (b"", b"1", bytes(1000)):
        sealed = seal.close("name", value)
        assert seal.open("name", sealed) == value
        assert sealed != seal.close("name", value)


def test_nothing_else_opens() -> None:
    """Another name, another key, a changed or a cut value."""
    seal = Seal(bytes(32))
    sealed = seal.close("name", b"value")
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    opened = [
        seal.open("other", sealed),
        Seal(b"1" * 32).open("name", sealed),
        seal.open("name", changed),
        seal.open("name", sealed[:-1]),
    ]
    assert opened == [None] * 4
    assert b"value" not in sealed


def test_a_pseudonym_tells_nothing() -> None:
    """The same for the same text under the same key only."""
    names = [pseudonym(key, text) for key in (b"1", b"2") for text in ("ada", "bob")]
    assert len(set(names)) == 4
    assert pseudonym(b"1", "ada") == names[0]
    assert "ada" not in names[0]
