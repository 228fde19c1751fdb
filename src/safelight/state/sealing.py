"""Values that leave the process are sealed: who holds the store can neither read nor change them.

AES-256-GCM with a random nonce; the name a value lies under is bound to it, so that it can't be
moved under another. The key is derived from SECRET_KEY (`keys`). A log's records can be left out
or put in another order by who can write to the store: they are bound to their log and their number.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


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
