"""Sends the rows of a plan: in parallel, at a pace, to be paused and cancelled at any time.

Rows go in lots: of one row, or of as many as a batching transport takes. Before a row goes out the
ledger has it, and again when its answer is there. No thread waits without listening for a cancel,
so a run stops at once but for the calls that are in flight.
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
from elqkit.runs.senders import Lot, sender_of
from elqkit.runs.transport import Answer, NotSent, stable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from elqkit.runs.ledger import Ledger
    from elqkit.runs.plan import Plan
    from elqkit.runs.transport import BatchingTransport, Transport

T = TypeVar("T")

MAX_TRIES = 3
"""How often a row of unknown outcome is sent in one run, where its id makes that safe."""
MAX_TURNED_AWAY = 12
"""Waits in a row with nothing getting through between them: then the run stops by itself."""
MAX_UNKNOWN = 20
"""Calls in a row of which nothing is known, besides those in flight: no thousand rows go into the
dark."""
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
        transport: Transport[T] | BatchingTransport[T],
        speed: Speed | None = None,
        on_answer: Callable[[int, Answer], None] | None = None,
    ) -> None:
        """Prepare to send. `on_answer` hears of each answer, details too, in a sending thread."""
        self._plan, self._ledger = plan, ledger
        self._speed = speed or Speed()
        self._pace = Pace(self._speed)
        self._sender = sender_of(transport, plan, ledger, self._pace.most_at_once)
        self._on_answer = on_answer
        self._change = Condition()
        self._state = State.READY
        self._reason = ""
        self._queue: deque[Lot] = deque()
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
        self._ledger.skip_all(self._plan.skipped)
        with self._change:
            if self._state is not State.READY:
                return
            self._queue.extend(self._sender.lots())
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
            flying = self._in_flight
            return Progress(self._state.value, self._reason, counts, rate, eta_s, held_s, flying)

    def _become(self, after: State, *before: State, reason: str = "") -> None:
        with self._change:
            if self._state in before:
                self._state, self._reason = after, reason
            self._change.notify_all()

    def _stop(self, reason: str) -> None:
        self._become(State.STOPPED, State.RUNNING, State.PAUSED, reason=reason)

    def _work(self) -> None:
        """Send lot after lot; one thread of several."""
        while (lot := self._take()) is not None:
            try:
                self._send(lot)
            except LedgerFailed as failure:
                self._stop(failure.code)
            except Exception:  # noqa: BLE001 - the edge: a thread must not end without a word
                self._stop(FAILED)
            finally:
                with self._change:
                    self._in_flight -= len(lot.rows)
                    self._change.notify_all()

    def _take(self) -> Lot | None:
        """The next lot, when it may be sent; None when there is none to come."""
        with self._change:
            while True:
                if self._state.is_over:
                    return None
                if self._state is State.RUNNING and self._queue:
                    lot, *others = self._sender.cut(self._queue.popleft())
                    self._queue.extendleft(reversed(others))
                    self._in_flight += len(lot.rows)
                    return lot
                if not self._queue and not self._in_flight:
                    self._state = State.DONE
                    self._change.notify_all()
                    return None
                # Paused, or another thread may yet give its rows back.
                self._change.wait()

    def _send(self, lot: Lot) -> None:
        count = len(lot.rows)
        if not (self._sleep(self._pace.slot(time.monotonic(), count)) and self._sleep_while_held()):
            self._give_back(lot)
            return
        call = self._sender.begin(lot)
        while (wait_s := self._pace.depart(time.monotonic(), count)) > 0.0:
            if not self._sleep(wait_s):
                self._ledger.not_sent(*lot.rows)
                self._give_back(lot)
                return
        answers = _told(call, count)
        if isinstance(answers, NotSent):
            self._ledger.not_sent(*lot.rows)
            self._turn_away(lot, answers)
        else:
            answered = dict(zip(lot.rows, answers, strict=True))
            self._ledger.settle_all(answered)
            self._settle(answered)

    def _turn_away(self, lot: Lot, answer: NotSent) -> None:
        if answer.fewer and self._sender.shrink(lot):
            self._give_back(lot._replace(batch=None))
            return
        with self._change:
            now = time.monotonic()
            # Calls made together are turned away together: that is one wait, not many.
            self._turned_away += not self._pace.held_s(now)
            self._pace.hold(now, answer.wait_s)
            is_hopeless = answer.ends_run or self._turned_away >= MAX_TURNED_AWAY
        self._give_back(lot)
        if is_hopeless:
            self._stop(stable(answer.code))

    def _settle(self, answers: dict[int, Answer]) -> None:
        unknown = [row for row, told in answers.items() if told.outcome is Outcome.UNKNOWN]
        with self._change:
            self._turned_away = 0
            self._estimate.settle(time.monotonic(), len(answers))
            if len(unknown) == len(answers):
                self._unknown += 1
            else:
                self._unknown = 0
                self._pace.went_through(len(answers))
            self._try_again(unknown)
            is_dark = self._unknown >= MAX_UNKNOWN + self._speed.parallel
        if self._on_answer is not None:
            for row, told in answers.items():
                self._on_answer(row, told)
        if is_dark:
            self._stop("unknown.too-many")

    def _try_again(self, unknown: list[int]) -> None:
        """Queue rows of unknown outcome once more, at the end, where that is safe."""
        for row in unknown:
            self._tries[row] = self._tries.get(row, 0) + 1
        again = tuple(
            row for row in unknown if self._tries[row] < MAX_TRIES and self._sender.may_send(row)
        )
        if again:
            self._queue.append(Lot(again, self._ledger.batch_of(again[0])))

    def _give_back(self, lot: Lot) -> None:
        with self._change:
            self._queue.appendleft(lot)

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


def _told(call: Callable[[], Sequence[Answer] | NotSent], count: int) -> Sequence[Answer] | NotSent:
    """What a call tells of its rows; unknown outcomes where it tells nothing that fits."""
    try:
        answers = call()
    except Exception:  # noqa: BLE001 - the edge: whatever failed, the rows may have arrived
        answers = ()
    if isinstance(answers, NotSent):
        return answers
    if len(answers) != count or any(each.outcome not in ANSWERS for each in answers):
        return [Answer(Outcome.UNKNOWN, CRASHED)] * count
    return answers
