"""Whether a SECRET_KEY is one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safelight.api import SettingValue

MIN_LENGTH = 32
MIN_DIFFERENT = 8
"""Letters that differ. 32 random letters practically never have fewer than 12."""
WELL_KNOWN = (
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",  # Flask's documentation
    "5f352379324c22463451387a0aec5d2f",  # the same, older
    "_5#y2l",  # the same, older still
)
WELL_KNOWN_STARTS = (
    "change",
    "default",
    "dev",
    "django-insecure",
    "example",
    "password",
    "replace",
    "secret",
    "test",
    "your",
)
ADVICE = 'Make one: python3 -c "import secrets; print(secrets.token_hex(32))"'


def check_secret_key(value: SettingValue) -> str | None:
    """What is wrong with a key and what to do, never quoting it; None if it will do."""
    key = str(value)
    if len(key) < MIN_LENGTH:
        return f"It has {len(key)} characters and needs at least {MIN_LENGTH}. {ADVICE}"
    lowered = key.lower()
    if any(known in lowered for known in WELL_KNOWN) or lowered.startswith(WELL_KNOWN_STARTS):
        return f"It is a known default that anyone can guess. {ADVICE}"
    if len(set(key)) < MIN_DIFFERENT or _repeats(key):
        return f"It repeats itself and can be guessed. {ADVICE}"
    return None


def new_secret_key() -> str:
    """A key for one run: 256 random bits."""
    return secrets.token_hex(32)


def _repeats(key: str) -> bool:
    """Whether a key is one short piece over and over."""
    return any(key == (key[:n] * len(key))[: len(key)] for n in range(1, len(key) // 2))
