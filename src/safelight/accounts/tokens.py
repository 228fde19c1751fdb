"""API tokens: `safelight_<id>_<secret>`.

The id finds the row, the prefix lets scanners of source code know what they found. A token is
random, 256 bits of it, so one round of SHA-256 keeps it: nobody can try them all.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

from safelight.accounts.model import Token
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.accounts.model import Accounts

PREFIX = "safelight"
DAY_S = 24 * 60 * 60
DEFAULT_DAYS = 90
MAX_DAYS = 366
SECRET_BYTES = 32
MAX_NAME_LENGTH = 64
_TOKEN = re.compile(rf"{PREFIX}_(?P<id>[0-9a-f]{{12}})_[A-Za-z0-9_-]{{43}}", re.ASCII)


def new_token(
    name: str, grants: Iterable[str], now: float, days: int, user: str = ""
) -> tuple[str, Token]:
    """A token to hand out once, and what is kept of it.

    Raises:
        ValueError: the name or the number of days can't be used.
    """
    if not (1 <= days <= MAX_DAYS):
        raise ValueError(sentence("A token lives from 1 to 366 days."))
    if not (name.isprintable() and 1 <= len(name) <= MAX_NAME_LENGTH):
        raise ValueError(sentence("A token's name has 1 to 64 characters that can be seen."))
    id_ = secrets.token_hex(6)
    text = f"{PREFIX}_{id_}_{secrets.token_urlsafe(SECRET_BYTES)}"
    kept = Token(id_, name, _digest(text), frozenset(grants), now, now + days * DAY_S, user)
    return text, kept


def token_of(accounts: Accounts, text: str, now: float) -> Token | None:
    """The token that a text is, if it is one that is still valid."""
    match = _TOKEN.fullmatch(text)
    kept = accounts.tokens.get(match["id"]) if match else None
    if kept is None or not hmac.compare_digest(kept.sha256, _digest(text)) or now >= kept.expires:
        return None
    return kept if not kept.user or kept.user in accounts.users else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
