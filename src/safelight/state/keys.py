"""Keys for one purpose each, from the installation's SECRET_KEY."""

from __future__ import annotations

import hmac

_HASH, _HASH_BYTES = "sha256", 32


def derived_key(secret_key: str, purpose: str) -> bytes:
    """A key of 32 bytes, from which neither SECRET_KEY nor another one can be found.

    It is HKDF-SHA256 (RFC 5869) without a salt: extract, and the first block of expand.
    """
    pseudorandom = hmac.digest(bytes(_HASH_BYTES), secret_key.encode(), _HASH)
    return hmac.digest(pseudorandom, f"safelight {purpose}".encode() + b"\x01", _HASH)


def pseudonym(key: bytes, text: str) -> str:
    """A name that stands for a text, and tells it to nobody without the key."""
    return hmac.digest(key, text.encode(), _HASH)[:16].hex()
