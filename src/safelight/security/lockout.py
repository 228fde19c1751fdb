"""Back-off: each failed sign-in makes the next one wait, for the account and for the client.

An attempt is counted before the password is looked at and taken back when it was right: a hundred
attempts at the same moment are a hundred, not one. A name that nobody has is counted like any
other, so the answer does not tell who is there.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
import hashlib
import hmac
import json
import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.state.interface import State

FORGOTTEN_S = 60 * 60
"""After this time without an attempt, beyond the wait itself, the count begins anew."""


@dataclass(frozen=True, slots=True)
class Brake:
    """How attempts of one kind are slowed down. Times are in seconds."""

    free: int
    """Attempts before the first wait."""
    longest_s: float
    """Each wait is twice the one before it, up to this."""
    first_s: float = 2

    def wait_s(self, attempts: int) -> float:
        """How long the next attempt has to wait after so many."""
        if attempts < self.free:
            return 0
        # The exponent is bounded, so that a count of thousands is no overflow.
        return min(self.longest_s, self.first_s * 2.0 ** min(attempts - self.free, 30))


ONE_BY_ONE = Brake(free=5, longest_s=15 * 60)
"""One account from one client: somebody who tries passwords, or forgot theirs."""
CLIENT = Brake(free=20, longest_s=15 * 60)
"""One client, all accounts: somebody who tries one password on many. An office may share it."""
ACCOUNT = Brake(free=50, longest_s=60)
"""One account, all clients. A short wait: else anyone could keep its owner out."""


@dataclass(frozen=True, slots=True)
class _Tally:
    attempts: int = 0
    until: float = 0
    """Seconds since 1970; 0 while nobody has to wait, whatever another machine's clock says."""


class _Count(NamedTuple):
    key: str
    brake: Brake


class Lockout:
    """The waits of one workbench."""

    def __init__(self, state: State, secret: bytes, clock: Callable[[], float]) -> None:
        self._state = state
        self._secret = secret
        self._clock = clock

    def begin(self, name: str, client: str) -> int:
        """Count an attempt: 0, or the whole seconds after which the next may come."""
        counted: list[_Count] = []
        for count in self._counts(name, client):
            wait_s = self._count(count)
            if wait_s > 0:
                self._uncount(counted)
                return math.ceil(wait_s)
            counted.append(count)
        return 0

    def succeeded(self, name: str, client: str) -> None:
        """Undo the count of this attempt, and forget this client's others on this account."""
        counts = self._counts(name, client)
        self._uncount(counts)
        self._state.delete(counts[0].key)

    def take_back(self, name: str, client: str) -> None:
        """Undo an attempt that was never decided."""
        self._uncount(self._counts(name, client))

    def _count(self, count: _Count) -> float:
        """Count one more, or say how long to wait. Atomic: no two attempts get the same number."""
        now = self._clock()
        wait_s = 0.0

        def add(value: bytes | None) -> bytes | None:
            nonlocal wait_s
            tally = _tally(value)
            wait_s = tally.until - now
            if wait_s > 0:
                return None
            attempts = tally.attempts + 1
            next_s = count.brake.wait_s(attempts)
            return _bytes(_Tally(attempts, now + next_s if next_s else 0))

        self._state.update(count.key, add, count.brake.longest_s + FORGOTTEN_S)
        return wait_s

    def _uncount(self, counts: list[_Count]) -> None:
        def less(value: bytes | None) -> bytes | None:
            if value is None:
                return None
            return _bytes(replace(_tally(value), attempts=_tally(value).attempts - 1, until=0))

        for count in counts:
            self._state.update(count.key, less, count.brake.longest_s + FORGOTTEN_S)

    def _counts(self, name: str, client: str) -> list[_Count]:
        return [
            _Count(self._key("one-by-one", name, client), ONE_BY_ONE),
            _Count(self._key("client", client), CLIENT),
            _Count(self._key("account", name), ACCOUNT),
        ]

    def _key(self, *parts: str) -> str:
        """A name for the state that tells nobody which account or address it stands for."""
        digest = hmac.digest(self._secret, "\0".join(parts).encode(), hashlib.sha256)
        return f"attempts:{digest.hex()}"


def _tally(value: bytes | None) -> _Tally:
    return _Tally() if value is None else _Tally(**json.loads(value))


def _bytes(tally: _Tally) -> bytes:
    return json.dumps(asdict(tally)).encode()
