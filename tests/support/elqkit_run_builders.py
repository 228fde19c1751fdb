"""Plans of a few rows and far sides that answer as a test wants."""

from __future__ import annotations

from threading import Lock
import time
from typing import TYPE_CHECKING

from elqkit.runs import Answer, NotSent, Outcome, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ACCEPTED, REFUSED = Answer(Outcome.ACCEPTED), Answer(Outcome.REFUSED, "http.400")
UNKNOWN = Answer(Outcome.UNKNOWN, "timed-out")
KEY = bytes(32)


def plan_of(rows: int, skipped: Mapping[int, str] | None = None, to: str = "form 1") -> Plan[str]:
    """A plan whose rows are their own numbers."""
    names = [f"row {row}" for row in range(rows)]
    return Plan(names, "\n".join(names).encode(), to, ("utf-8",), skipped or {})


class FarSide:
    """Keeps what it was sent, and answers by row; a list of answers is given out one by one."""

    def __init__(
        self,
        answers: Mapping[str, list[Answer | NotSent]] | None = None,
        *,
        repeats_safely: bool = False,
        takes_s: float = 0.0,
        on_send: Callable[[str], None] | None = None,
    ) -> None:
        self.repeats_safely = repeats_safely
        self.received: list[tuple[str, str]] = []
        self.times: list[float] = []
        self._answers = answers or {}
        self._takes_s = takes_s
        self._on_send = on_send
        self._lock = Lock()

    def send(self, row: str, correlation_id: str) -> Answer | NotSent:
        """Take a row; the transport of the tests."""
        with self._lock:
            self.received.append((row, correlation_id))
            self.times.append(time.monotonic())
            answers = self._answers.get(row)
            answer = answers.pop(0) if answers else ACCEPTED
        if self._on_send is not None:
            self._on_send(row)
        time.sleep(self._takes_s)
        return answer

    @property
    def rows(self) -> list[str]:
        """The rows in the order in which they came."""
        return [row for row, _ in self.received]
