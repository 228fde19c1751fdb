"""The ledger of outbound connections of all processes: each tells the others of its own."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
import json
import secrets
from threading import Thread
import time
from typing import TYPE_CHECKING

from safelight.security.egress import Destination
from safelight.state.interface import StateFull, StateUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.security.egress import Egress
    from safelight.state.interface import State

TELL_S = 10
REMEMBERED_S = 24 * 3600
"""How long the connections of a process that is gone are still told of."""
MAX_PROCESSES = 200
NAME = "egress"


class SharedEgress:
    """What this process and the others called."""

    def __init__(self, state: State, own: Egress) -> None:
        self._state = state
        self._own = own
        self._process = secrets.token_hex(8)

    def destinations(self) -> tuple[Destination, ...]:
        """Whom all processes called, in the order of the first call.

        Raises:
            StateUnreachable: the others can't be asked for.
        """
        told = _processes(self._state.read(NAME))
        told.pop(self._process, None)
        others = (Destination(*_times(row)) for rows, _ in told.values() for row in rows)
        return merged((*self._own.destinations(), *others))

    def tell(self) -> None:
        """Tell the others whom this process called.

        Raises:
            StateUnreachable: they can't be told.
        """
        now = time.time()
        rows = [
            (d.host, d.port, d.first.timestamp(), d.last.timestamp(), d.calls)
            for d in self._own.destinations()
        ]

        def change(before: bytes | None) -> bytes:
            others = {
                process: told
                for process, told in _processes(before).items()
                if process != self._process and told[1] > now - REMEMBERED_S
            }
            newest = sorted(others, key=lambda process: others[process][1])[1 - MAX_PROCESSES :]
            kept = {process: others[process] for process in newest}
            return json.dumps({**kept, self._process: (rows, now)}).encode()

        self._state.update(NAME, change, REMEMBERED_S)

    def go_on_telling(self) -> None:
        """Tell them every few seconds, as long as this process lives."""
        Thread(target=self._tell_for_ever, name="egress", daemon=True).start()

    def _tell_for_ever(self) -> None:
        while True:
            with suppress(StateUnreachable, StateFull):  # nothing is forgotten: told the next time
                self.tell()
            time.sleep(TELL_S)


def merged(found: Iterable[Destination]) -> tuple[Destination, ...]:
    """Each destination once, in the order of the first call."""
    known: dict[tuple[str, int], Destination] = {}
    for each in found:
        same = known.get((each.host, each.port), each._replace(calls=0))
        known[each.host, each.port] = Destination(
            each.host,
            each.port,
            min(each.first, same.first),
            max(each.last, same.last),
            each.calls + same.calls,
        )
    return tuple(sorted(known.values(), key=lambda each: each.first))


Row = tuple[str, int, float, float, int]


def _processes(value: bytes | None) -> dict[str, tuple[list[Row], float]]:
    return json.loads(value) if value else {}


def _times(row: Row) -> tuple[str, int, datetime, datetime, int]:
    host, port, first, last, calls = row
    return host, port, datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(last, UTC), calls
