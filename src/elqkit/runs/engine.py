"""Sends the rows of a plan: in parallel, at a pace, to be paused and cancelled at any time.

Before a row goes out the ledger has it, and again when its answer is there. No thread waits without
listening for a cancel, so a run stops at once but for the calls that are in flight.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from threading import Condition, Thread
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from elqkit.runs.errors import LedgerFailed
from elqkit.runs.outcomes import Outcome
from elqkit.runs.pace import Pace, Speed
from elqkit.runs.progress import Estimate, Progress
from elqkit.runs.transport import Answer, NotSent, stable

if TYPE_CHECKING:
    from collections.abc import Callable

    from elqkit.runs.ledger import Ledger
    from elqkit.runs.plan import Plan
    from elqkit.runs.transport import Transport

T = TypeVar("T")

MAX_TRIES = 3
"""How often a row of unknown outcome is sent in one run, where its id makes that safe."""
MAX_TURNED_AWAY = 12
"""Waits in a row with nothing getting through between them: then the run stops by itself."""
MAX_UNKNOWN = 20
"""Unknown outcomes in a row, and each call in flight one: no thousand rows go into the dark."""
ANSWERS = (Outcome.ACCEPTED, Outcome.REFUSED, Outcome.UNKNOWN)
CRASHED, FAILED = "transport.failed", "run.failed"


class State(Enum):
    """What a run does."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    """By a person. Rows are left; the run may be gone on with."""
    STOPPED = "stopped"
    """By itself, with a reason. Rows are left; the run may be gone on with."""
    DONE = "done"
    """There is nothing more to send."""

    @property
    def is_over(self) -> bool:
        """Whether this run sends nothing more."""
        return self in (State.CANCELLED, State.STOPPED, State.DONE)


class Run(Generic[T]):
    """One sitting of a plan. After a cancel or a crash, another one goes on with the ledger."""

    def __init__(
        self,
        plan: Plan[T],
        ledger: Ledger,
        transport: Transport[T],
        speed: Speed | None = None,
        on_answer: Callable[[int, Answer], None] | None = None,
    ) -> None:
        """Prepare to send. `on_answer` hears of each answer, details too, in a sending thread."""
        self._plan, self._ledger, self._transport = plan, ledger, transport
        self._speed = speed or Speed()
        self._pace = Pace(self._speed)
        self._on_answer = on_answer
        self._change = Condition()
        self._state = State.READY
        self._reason = ""
        self._queue: deque[int] = deque()
        self._tries: dict[int, int] = {}
        self._in_flight = 0
        self._turned_away = self._unknown = 0
        self._estimate = Estimate()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Skip what the plan leaves out and begin to send. Returns at once.

        Raises:
            LedgerFailed: the ledger cannot be written; nothing was sent.
        """
        for row, code in self._plan.skipped.items():
            self._ledger.skip(row, code)
        with self._change:
            if self._state is not State.READY:
                return
            is_safe = self._transport.repeats_safely
            rows = range(len(self._ledger))
            self._queue.extend(row for row in rows if self._ledger.may_send(row, is_safe=is_safe))
            self._state = State.RUNNING
            self._estimate.begin(time.monotonic())
        count = max(1, min(self._speed.parallel, len(self._queue)))
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def pause(self) -> None:
        """Send nothing more until `go_on`; calls in flight end as they end."""
        self._become(State.PAUSED, State.RUNNING)

    def go_on(self) -> None:
        """End a pause."""
        with self._change:
            if self._state is State.PAUSED:
                self._estimate.begin(time.monotonic())
            self._become(State.RUNNING, State.PAUSED)

    def cancel(self) -> None:
        """Send nothing more. Calls in flight end as they end; `wait` waits for them."""
        self._become(State.CANCELLED, State.READY, State.RUNNING, State.PAUSED)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the run is over and no call is in flight; False if it is not by then."""
        end = None if timeout_s is None else time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(None if end is None else max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def progress(self) -> Progress:
        """Where the run is now."""
        with self._change:
            now = time.monotonic()
            counts = self._ledger.counts(len(self._plan.rows))
            held_s = self._pace.held_s(now) if self._state is State.RUNNING else 0.0
            is_moving = self._state is State.RUNNING
            rate = self._estimate.rate(now) if is_moving else None
            eta_s = self._estimate.eta_s(now, counts.left, held_s) if is_moving else None
            if counts.is_complete:
                eta_s = 0.0
            return Progress(self._state.value, self._reason, counts, rate, eta_s, held_s)

    def _become(self, after: State, *before: State, reason: str = "") -> None:
        with self._change:
            if self._state in before:
                self._state, self._reason = after, reason
            self._change.notify_all()

    def _stop(self, reason: str) -> None:
        self._become(State.STOPPED, State.RUNNING, State.PAUSED, reason=reason)

    def _work(self) -> None:
        """Send row after row; one thread of several."""
        while (row := self._take()) is not None:
            try:
                self._send(row)
            except LedgerFailed as failure:
                self._stop(failure.code)
            except Exception:  # noqa: BLE001 - the edge: a thread must not end without a word
                self._stop(FAILED)
            finally:
                with self._change:
                    self._in_flight -= 1
                    self._change.notify_all()

    def _take(self) -> int | None:
        """The next row, when it may be sent; None when there is none to come."""
        with self._change:
            while True:
                if self._state.is_over:
                    return None
                if self._state is State.RUNNING and self._queue:
                    self._in_flight += 1
                    return self._queue.popleft()
                if not self._queue and not self._in_flight:
                    self._state = State.DONE
                    self._change.notify_all()
                    return None
                # Paused, or another thread may yet give its row back.
                self._change.wait()

    def _send(self, row: int) -> None:
        now = time.monotonic()
        if not (self._sleep(self._pace.slot(now)) and self._sleep_while_held()):
            self._give_back(row)
            return
        content = self._plan.rows[row]
        correlation_id = self._ledger.sending(row, is_safe=self._transport.repeats_safely)
        while (wait_s := self._pace.depart(time.monotonic())) > 0.0:
            if not self._sleep(wait_s):
                self._ledger.not_sent(row)
                self._give_back(row)
                return
        answer = self._ask(content, correlation_id)
        if isinstance(answer, NotSent):
            self._ledger.not_sent(row)
            self._turn_away(row, answer)
        else:
            self._ledger.settle(row, answer.outcome, answer.code)
            self._settle(row, answer)

    def _ask(self, content: T, correlation_id: str) -> Answer | NotSent:
        try:
            answer = self._transport.send(content, correlation_id)
        except Exception:  # noqa: BLE001 - the edge: whatever failed, the row may have arrived
            return Answer(Outcome.UNKNOWN, CRASHED)
        if isinstance(answer, Answer) and answer.outcome not in ANSWERS:
            return Answer(Outcome.UNKNOWN, CRASHED)
        return answer

    def _turn_away(self, row: int, answer: NotSent) -> None:
        with self._change:
            now = time.monotonic()
            # Calls made together are turned away together: that is one wait, not many.
            self._turned_away += not self._pace.held_s(now)
            self._pace.hold(now, answer.wait_s)
            is_hopeless = answer.ends_run or self._turned_away >= MAX_TURNED_AWAY
        self._give_back(row)
        if is_hopeless:
            self._stop(stable(answer.code))

    def _settle(self, row: int, answer: Answer) -> None:
        with self._change:
            self._turned_away = 0
            self._estimate.settle(time.monotonic())
            if answer.outcome is Outcome.UNKNOWN:
                self._unknown += 1
            else:
                self._unknown = 0
                self._pace.went_through()
            self._try_again(row, answer)
            is_dark = self._unknown >= MAX_UNKNOWN + self._speed.parallel
        if self._on_answer is not None:
            self._on_answer(row, answer)
        if is_dark:
            self._stop("unknown.too-many")

    def _try_again(self, row: int, answer: Answer) -> None:
        """Queue a row of unknown outcome once more, at the end, where that is safe."""
        if answer.outcome is not Outcome.UNKNOWN:
            return
        tries = self._tries[row] = self._tries.get(row, 0) + 1
        is_safe = self._transport.repeats_safely
        if tries < MAX_TRIES and self._ledger.may_send(row, is_safe=is_safe):
            self._queue.append(row)

    def _give_back(self, row: int) -> None:
        with self._change:
            self._queue.appendleft(row)

    def _sleep_while_held(self) -> bool:
        """Wait before the ledger says sent, so that a crash leaves no row in doubt for it."""
        while held_s := self._pace.held_s(time.monotonic()):
            if not self._sleep(held_s):
                return False
        return True

    def _sleep(self, seconds: float) -> bool:
        """Wait; False at once when the run is no longer running."""
        end = time.monotonic() + seconds
        with self._change:
            while self._state is State.RUNNING:
                left = end - time.monotonic()
                if left <= 0.0:
                    return True
                self._change.wait(left)
            return False
