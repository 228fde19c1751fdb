"""The ledger of outbound connections: who was called since this process began, and how often.

It is written by an audit hook (PEP 578), which Python calls before any socket of the process
connects or sends: no library and no tool can go around it. What another process does, it cannot
see. A hook stays for the life of the process, so there is one, and one ledger.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
import sys
import threading
from typing import NamedTuple

from safelight.security.host_names import is_loopback

MOST_DESTINATIONS = 1000
"""Destinations that are told apart; what comes after is counted as one."""
OTHERS = "further destinations"
_LONGEST_HOST = 255
"""Characters of a host's name (RFC 1035, section 2.3.4)."""
_EVENTS = frozenset({"socket.connect", "socket.sendto"})


class Destination(NamedTuple):
    """Where connections went."""

    host: str
    """As the caller named it: a name or an address."""
    port: int
    first: datetime
    last: datetime
    calls: int

    @property
    def is_local(self) -> bool:
        """Whether it is this machine."""
        return is_loopback(self.host)


class Egress:
    """The destinations of one process."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], Destination] = {}
        self._lock = threading.Lock()

    def note(self, host: str, port: int) -> None:
        """Note a connection. Beyond `MOST_DESTINATIONS` it is only counted."""
        now = datetime.now(UTC)
        key = (host[:_LONGEST_HOST], port)
        with self._lock:
            if key not in self._found and len(self._found) >= MOST_DESTINATIONS:
                key = (OTHERS, 0)
            known = self._found.get(key)
            self._found[key] = (
                Destination(*key, now, now, 1)
                if known is None
                else known._replace(last=now, calls=known.calls + 1)
            )

    def destinations(self) -> tuple[Destination, ...]:
        """What was called, in the order of the first call."""
        with self._lock:
            return tuple(self._found.values())

    @property
    def leaving(self) -> int:
        """How many connections left this machine."""
        return sum(each.calls for each in self.destinations() if not each.is_local)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Note what an audit event tells of a connection. Never raises: the hook is in the way."""
        if event not in _EVENTS:
            return
        address = arguments[1] if len(arguments) > 1 else None
        # Other families are sockets of this machine: a path, or an address of the kernel.
        if isinstance(address, tuple) and len(address) >= 2:  # noqa: PLR2004 - host and port
            host, port = address[:2]
            if isinstance(port, int):
                self.note(host.decode("latin-1") if isinstance(host, bytes) else str(host), port)


@cache
def ledger() -> Egress:
    """The ledger of this process. It is written from the first call on."""
    found = Egress()
    sys.addaudithook(found.hear)
    return found
