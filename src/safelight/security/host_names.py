"""The names of servers: which are of this machine, and which a request may ask for.

Without the web framework: settings and commands look at names, too.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from safelight.api import SettingValue

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
MAX_HOST_LENGTH = 255
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|[0-9a-f:.]+", re.ASCII)
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::[0-9]{1,5})?", re.ASCII)


def is_loopback(host: str) -> bool:
    """Whether a name or an address is of this machine: reachable from nowhere else."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_names(host: str, others: Iterable[str] = ()) -> frozenset[str]:
    """The names that requests to a server bound to `host` may carry; `others` are names of it."""
    names = (host, *others)
    return LOOPBACK_NAMES | {f"[{name}]" if ":" in name else name.lower() for name in names}


def words(value: SettingValue) -> list[str]:
    """The words of a setting that is a list with commas between."""
    return [word.strip() for word in str(value or "").split(",") if word.strip()]


def check_names(value: SettingValue) -> str | None:
    """What is wrong with a list of names and what to do; None if it will do."""
    for name in words(value):
        if not _NAME.fullmatch(name.lower()):
            return f"Write host names without scheme and port: {name!r} is none."
    return None


def is_allowed(host: str, names: Collection[str]) -> bool:
    """Whether a Host header names this server. Any port will do: an SSH tunnel brings its own."""
    if len(host) > MAX_HOST_LENGTH:
        return False
    match = _HOST.fullmatch(host.lower())
    return match is not None and match["name"] in names
