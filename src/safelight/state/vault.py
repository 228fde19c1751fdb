"""The vault: bytes that a visitor needs again in their next requests, for as long as a session."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from safelight.api import Refusal
from safelight.state.interface import StateFull

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.state.interface import State

MAX_OWNER_BYTES = 128 * 1024 * 1024
"""Of all that one owner keeps."""
MAX_OWNER_ITEMS = 64


def no_room() -> Refusal:
    """The refusal where the state is full, for now."""
    return Refusal(
        "state.full",
        "There is no room on the server for this at the moment. Nothing of it was kept.",
        "Try again in a few minutes.",
        status=503,
    )


class Vault:
    """Keeps bytes by owner and key. A key is of no use to another owner."""

    def __init__(self, state: State, clock: Callable[[], float], life_s: float) -> None:
        self._state = state
        self._clock = clock
        self.life_s = life_s

    def keep(self, owner: str, content: bytes) -> str:
        """Keep bytes; returns their key.

        Raises:
            Refusal: the owner keeps too much, or there is no room.
        """
        key = secrets.token_urlsafe(16)
        try:
            self._state.update(_index(owner), self._with(key, len(content)), self.life_s)
            self._state.write(_item(owner, key), content, self.life_s)
        except StateFull:
            raise no_room() from None
        return key

    def kept(self, owner: str, key: str) -> bytes | None:
        """The bytes under a key of this owner."""
        return self._state.read(_item(owner, key))

    def drop(self, owner: str, key: str) -> None:
        """Forget the bytes under a key of this owner."""
        self._state.delete(_item(owner, key))
        self._state.update(_index(owner), lambda now: _without(now, key), self.life_s)

    def _with(self, key: str, size: int) -> Callable[[bytes | None], bytes]:
        def change(before: bytes | None) -> bytes:
            now = self._clock()
            items = {k: v for k, v in _items(before).items() if v[1] > now}
            total = sum(kept_size for kept_size, _ in items.values())
            if len(items) >= MAX_OWNER_ITEMS or total + size > MAX_OWNER_BYTES:
                raise Refusal(
                    "vault.full",
                    "This is more than the server keeps for one visitor. It was not kept.",
                    "End what you have begun with other files, or sign out, and try again.",
                    status=413,
                )
            return json.dumps({**items, key: (size, now + self.life_s)}).encode()

        return change


def _items(index: bytes | None) -> dict[str, tuple[int, float]]:
    """Size and end of each item, by key."""
    return dict(json.loads(index)) if index else {}


def _without(index: bytes | None, key: str) -> bytes | None:
    items = _items(index)
    return json.dumps(items).encode() if items.pop(key, None) else None


def _index(owner: str) -> str:
    return f"vault:{owner}"


def _item(owner: str, key: str) -> str:
    return f"vault:{owner}:{key}"
