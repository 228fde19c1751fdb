"""What a shared state can do. The vault and the jobs stand on it, whichever holds it.

Names are made of random numbers and keyed hashes, never of anything of a person. Everything
expires. Each method is one atomic step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class StateUnreachable(ConnectionError):  # noqa: N818 - a state, read as a claim
    """What is shared can't be had at the moment. Nothing is known of what was asked for."""


class StateFull(Exception):  # noqa: N818 - as above
    """There is no room for another value."""


class State(Protocol):
    """Values, leases and logs, by name."""

    def is_reachable(self) -> bool:
        """Whether it answers."""

    def read(self, name: str) -> bytes | None:
        """A value, if it is there and not expired."""

    def read_all(self, names: Iterable[str]) -> list[bytes | None]:
        """Several values at once."""

    def write(self, name: str, value: bytes, life_s: float) -> None:
        """Put a value there.

        Raises:
            StateFull: there is no room.
        """

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], life_s: float
    ) -> None:
        """Replace a value by what `change` makes of it; None leaves all as it is.

        `change` may be called more than once, and only its last answer counts.

        Raises:
            StateFull: there is no room.
        """

    def delete(self, *names: str) -> None:
        """Forget values."""

    def expire(self, life_s: float, *names: str) -> None:
        """Let values that are there live for this long from now."""

    def take(self, lease: str, holder: str, life_s: float) -> bool:
        """Have a lease, or have it for longer; False if it is another's."""

    def release(self, lease: str, holder: str) -> None:
        """Give a lease back. Does nothing if it is another's."""

    def is_held(self, lease: str) -> bool:
        """Whether anyone has a lease."""

    def append(self, log: str, at: int, record: bytes, holder: str, life_s: float) -> bool:
        """Write the record number `at`, from 0, of a log.

        False, and nothing written, if `holder` has not the lease of the log's name or if another
        record stands there. Written once, however often it is asked for.

        Raises:
            StateFull: there is no room.
        """

    def records(self, log: str) -> list[bytes]:
        """All records of a log."""
