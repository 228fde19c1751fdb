"""One sitting of a run: a prepared file goes to its form, and what became of each row is known.

with folder.open(plan) as ledger:
sending = Sending(plan, ledger, connection, form, Way.BATCH, speed=Speed(20, 4))
sending.start()
while not sending.wait(0.2):
print(sending.progress())
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from elqkit.autosubmit.access import Way
from elqkit.autosubmit.transports import NO_BATCHES
from elqkit.runs.engine import Run, State

if TYPE_CHECKING:
    from elqkit.autosubmit.access import Connection
    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.models import Form
    from elqkit.runs.ledger import Ledger
    from elqkit.runs.pace import Speed
    from elqkit.runs.plan import Plan
    from elqkit.runs.progress import Progress
    from elqkit.runs.transport import Answer

MAX_DETAILS, MAX_DETAIL_CHARS = 10_000, 300
"""Eloqua's own words on rows, as far as they are kept for the result: in memory alone."""


class Sending:
    """Sends what is left of a plan. Where a site takes no batches, rows go one by one instead."""

    def __init__(
        self,
        plan: Plan[Submission],
        ledger: Ledger,
        connection: Connection,
        form: Form,
        way: Way,
        *,
        speed: Speed,
    ) -> None:
        """Prepare to send.

        Raises:
            NotSignedIn: the way needs a sign-in, and there is none.
            HostNotAllowed: the form's address may not be called.
        """
        self._plan, self.ledger = plan, ledger
        self._connection, self._form, self._speed = connection, form, speed
        self._lock = Lock()
        self._details: dict[int, str] = {}
        self.way = way
        """The way that rows go; it changes where a site takes no batches."""
        self._run = self._new_run()

    def start(self) -> None:
        """Begin to send. Returns at once.

        Raises:
            LedgerFailed: the ledger cannot be written; nothing was sent.
        """
        self._run.start()

    def pause(self) -> None:
        """Send nothing more until `go_on`."""
        self._run.pause()

    def go_on(self) -> None:
        """End a pause."""
        self._run.go_on()

    def cancel(self) -> None:
        """Send nothing more; calls in flight end as they end."""
        self._connection.cancelled.set()
        self._run.cancel()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until it is over and no call is in flight; False if it is not by then."""
        if not self._run.wait(timeout_s):
            return False
        if not self._falls_back():
            return True
        self.way = Way.SINGLE
        self._run = self._new_run()
        self._run.start()
        return False

    def progress(self) -> Progress:
        """Where it is now."""
        return self._run.progress()

    def detail(self, row: int) -> str:
        """Eloqua's own words on a row that it refused; they may repeat the row."""
        with self._lock:
            return self._details.get(row, "")

    def _falls_back(self) -> bool:
        progress = self._run.progress()
        is_stopped = progress.state == State.STOPPED.value
        return self.way is Way.BATCH and is_stopped and progress.reason == NO_BATCHES

    def _new_run(self) -> Run[Submission]:
        transport = self._connection.transport(self._form, self.way)
        return Run(self._plan, self.ledger, transport, self._speed, self._hear)

    def _hear(self, row: int, answer: Answer) -> None:
        with self._lock:
            self._details.pop(row, None)
            if answer.detail and len(self._details) < MAX_DETAILS:
                self._details[row] = answer.detail[:MAX_DETAIL_CHARS]
