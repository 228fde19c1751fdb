"""Values that leave the process are sealed: who holds the store can neither read nor change them.

AES-256-GCM with a random nonce; the name a value lies under is bound to it, so that it can't be
moved under another. The keys are derived from SECRET_KEY by HKDF (RFC 5869), one a purpose. A log's
records can be left out or put in another order by who can write to the store: they are bound to
their log and their number.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12


def derived_key(secret_key: str, purpose: str) -> bytes:
    """A key for one purpose, from which neither SECRET_KEY nor another one can be found."""
    hkdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"safelight {purpose}".encode())
    return hkdf.derive(secret_key.encode())


def pseudonym(key: bytes, text: str) -> str:
    """A name that stands for a text, and tells it to nobody without the key."""
    return hmac.digest(key, text.encode(), "sha256")[:16].hex()


class Seal:
    """Seals values, each under the name it lies under."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, name: str, value: bytes) -> bytes:
        """A value, sealed."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value, name.encode())

    def open(self, name: str, sealed: bytes) -> bytes | None:
        """The value; None if it was sealed with another key, under another name, or changed."""
        nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, content, name.encode())
        except InvalidTag:
            return None
