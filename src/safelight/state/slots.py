"""A slot: one small value that a visitor's pages and jobs share, and replace one at a time."""

from __future__ import annotations

from contextlib import contextmanager
import secrets
import time
from typing import TYPE_CHECKING

from safelight.api import SlotInUse
from safelight.state.interface import StateFull
from safelight.state.vault import no_room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.state.interface import State

WAIT_S = 30.0
"""How long one waits for its turn."""
LEASE_S = 120.0
"""How long a holder that died keeps the others out."""
POLL_S = 0.02


class StateSlot:
    """See `safelight.api.Slot`. Its key is random: whoever has it was given it by the slot's owner.

    Args:
        state: where it lies.
        tool: whose it is.
        key: which; a new one if there is none.
        life_s: how long its value is remembered after it was written.
    """

    def __init__(self, state: State, tool: str, key: str, life_s: float) -> None:
        self.key = key or secrets.token_urlsafe(24)
        self._state = state
        self._name = f"slot:{tool}:{self.key}"
        self._life_s = life_s

    def read(self) -> bytes | None:
        """See `Slot.read`."""
        return self._state.read(self._name)

    def write(self, content: bytes) -> None:
        """See `Slot.write`."""
        try:
            self._state.write(self._name, content, self._life_s)
        except StateFull:
            raise no_room() from None

    def drop(self) -> None:
        """See `Slot.drop`."""
        self._state.delete(self._name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See `Slot.alone`."""
        holder = secrets.token_hex(8)
        end = time.monotonic() + WAIT_S
        while not self._state.take(self._name, holder, LEASE_S):
            if time.monotonic() > end:
                raise SlotInUse
            time.sleep(POLL_S)
        try:
            yield
        finally:
            self._state.release(self._name, holder)
