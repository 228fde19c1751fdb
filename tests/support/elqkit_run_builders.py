"""Plans of a few rows and far sides that answer as a test wants."""

from __future__ import annotations

from threading import Lock
import time
from typing import TYPE_CHECKING

from elqkit.runs import Answer, NotSent, Outcome, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


class BatchFarSide:
    """Keeps batches by their ids, each once; some answers are lost, and too many rows refused."""

    def __init__(
        self, rows_per_call: int, *, lost: Sequence[int] | set[int] = (), most: int = 1_000
    ) -> None:
        self.rows_per_call = rows_per_call
        self.calls: dict[str, list[str]] = {}
        self.made = 0
        self._lost, self._most = lost, most
        self._lock = Lock()

    def send_batch(
        self, batch_id: str, rows: Sequence[tuple[str, str]]
    ) -> Sequence[Answer] | NotSent:
        """Take rows together; the batching transport of the tests."""
        with self._lock:
            number, self.made = self.made, self.made + 1
            if len(rows) >= self._most:
                return NotSent("too-many", fewer=True)
            self.calls.setdefault(batch_id, [row for row, _ in rows])
            if number in self._lost:
                return [UNKNOWN] * len(rows)
            names = [row.replace(" ", "-") for row, _ in rows]
            return [Answer(Outcome.ACCEPTED, far_id=f"of-{name}") for name in names]
