"""A tool's log in the shared state: the `AppendLog` that a job is given."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from safelight.api import LogInUse, LogLost
from safelight.state.interface import StateFull

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.state.interface import State

LOG_LIFE_S = 30 * 24 * 3600
"""How long a log is remembered after its last record."""
LEASE_S = 15
"""How long a holder that says nothing has its log."""


class StateLog:
    """Records in the state, under a lease. The job's pulse calls `renew` while it lives."""

    def __init__(
        self, state: State, name: str, holder: str, predecessors: Iterable[str] = ()
    ) -> None:
        """Take the log over from earlier attempts of the same job, which are dead.

        Raises:
            LogInUse: another job has it.
        """
        self._state, self._name, self._holder = state, name, holder
        self._lock = Lock()
        for predecessor in predecessors:
            state.release(name, predecessor)
        if not state.take(name, holder, LEASE_S):
            raise LogInUse
        self._count = len(state.records(name))

    def append(self, record: bytes) -> None:
        """See `AppendLog.append`."""
        with self._lock:
            try:
                done = self._state.append(self._name, self._count, record, self._holder, LOG_LIFE_S)
            except StateFull:
                raise OSError("there is no room for another record") from None
            if not done:
                raise LogLost
            self._count += 1

    def read(self) -> list[bytes]:
        """See `AppendLog.read`."""
        return self._state.records(self._name)

    def close(self) -> None:
        """See `AppendLog.close`."""
        self._state.release(self._name, self._holder)

    def renew(self) -> None:
        """Say that the holder lives."""
        self._state.take(self._name, self._holder, LEASE_S)
