"""Who signed in through the organisation's own provider: no list of users has them.

So that whoever looks after the server can see them and end their sessions, too. Kept no longer
than a session can live.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from safelight.security.presence import Presence
    from safelight.state.interface import State

NAME = "guests"
MOST = 1000
"""The one who signed in longest ago is forgotten when one more does; their sessions go on."""


class Guest(NamedTuple):
    """Someone whom the provider knows."""

    name: str
    """By which their sessions are found."""
    shown: str
    """What they are called on pages."""
    groups: tuple[str, ...]
    """Those that the provider named when they signed in."""


class Guests:
    """The guests of one workbench."""

    def __init__(self, state: State, presence: Presence, life_s: float) -> None:
        """Nobody is there yet.

        Args:
            state: what the processes share.
            presence: the sessions of each.
            life_s: how long a session lives at most.
        """
        self._state = state
        self._presence = presence
        self._life_s = life_s

    def welcome(self, guest: Guest) -> None:
        """Note that one signed in."""

        def noted(value: bytes | None) -> bytes:
            others = [each for each in _guests(value) if each.name != guest.name]
            return json.dumps([*others, guest][-MOST:]).encode()

        self._state.update(NAME, noted, self._life_s)

    def here(self) -> list[tuple[Guest, int]]:
        """Those who have a session, with the number of their sessions, by what they are called."""
        known = sorted(_guests(self._state.read(NAME)), key=lambda each: each.shown.casefold())
        counts = self._presence.how_many([guest.name for guest in known])
        return [(guest, count) for guest, count in zip(known, counts, strict=True) if count]


def _guests(value: bytes | None) -> list[Guest]:
    found = [] if value is None else json.loads(value)
    return [Guest(name, shown, tuple(groups)) for name, shown, groups in found]
