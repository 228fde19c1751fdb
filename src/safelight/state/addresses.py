"""The address of Redis, as the settings have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safelight.api import SettingValue

SCHEMES = ("redis://", "rediss://", "unix://")


def check_redis_url(value: SettingValue) -> str | None:
    """What is wrong with an address, never quoting it: it may hold a password. None if nothing."""
    if str(value).startswith(SCHEMES):
        return None
    return f"Write an address that starts with {', '.join(SCHEMES[:-1])} or {SCHEMES[-1]}."
