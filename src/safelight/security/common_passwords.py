"""Which passwords are common: what a guesser tries first.

The table holds no password: of each, the first bytes of its SHA-256, in order. Of all passwords
that are not in it, less than one in ten million looks as if it were.
"""

from __future__ import annotations

from bisect import bisect_left
import hashlib
from pathlib import Path
import re
import unicodedata

TABLE = Path(__file__).with_name("common_passwords.bin")
"""Made by tools/common_passwords.py: 44,000 that are long enough (ASVS 5.0, 6.2.4, asks for
3,000), and the 10,000 commonest of any length."""
DIGEST_BYTES = 5
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class _Table:
    """The digests, one beside the other, as a sequence."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content) // DIGEST_BYTES

    def __getitem__(self, index: int) -> bytes:
        return self._content[index * DIGEST_BYTES : (index + 1) * DIGEST_BYTES]

    def __contains__(self, digest: bytes) -> bool:
        at = bisect_left(self, digest)
        return at < len(self) and self[at] == digest


def plain(password: str) -> str:
    """A password as the table has it: in small letters, and in one form of each letter."""
    return unicodedata.normalize("NFKC", password).casefold()


def digest_of(password: str) -> bytes:
    """What the table holds of a password in its plain form."""
    return hashlib.sha256(password.encode()).digest()[:DIGEST_BYTES]


def is_common(password: str) -> bool:
    """Whether a password is common, as it is or without digits and signs around it."""
    table = _Table(TABLE.read_bytes())  # read when a password is set, which is seldom
    whole = plain(password)
    return any(digest_of(each) in table for each in (whole, _EDGES.sub("", whole)))
