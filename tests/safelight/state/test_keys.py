"""Keys: one for each purpose, and names that stand for others."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
import pytest

from safelight.state.keys import derived_key, pseudonym

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


@pytest.mark.parametrize("purpose", ["seal", "tool elqkit", "ä"])
def test_a_key_is_that_of_the_standard(purpose: str) -> None:
    """RFC 5869, as another implementation has it."""
    hkdf = HKDF(SHA256(), 32, salt=None, info=f"safelight {purpose}".encode())
    assert derived_key(SECRET_KEY, purpose) == hkdf.derive(SECRET_KEY.encode())


def test_a_pseudonym_tells_nothing() -> None:
    """The same for the same text under the same key only."""
    names = [pseudonym(key, text) for key in (b"1", b"2") for text in ("ada", "bob")]
    assert len(set(names)) == 4
    assert pseudonym(b"1", "ada") == names[0]
    assert "ada" not in names[0]
