"""Sealing: values that only their key and name open."""

from __future__ import annotations

from safelight.state.sealing import Seal


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
