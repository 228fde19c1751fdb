"""The queue: Dramatiq, in this process or on Redis. A message is a job's number and no more."""

from __future__ import annotations

from threading import Lock
import time
from typing import TYPE_CHECKING

import dramatiq
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import TimeLimit

from safelight.state.interface import StateUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.jobs.redis_broker import SharedBroker

QUEUE = "jobs"
ACTOR = "work"
POLL_MS = 200
"""How long an idle thread sleeps before it looks again."""
RETRY_S = 1
"""Before the queue is tried again that could not be reached."""
OVERRUN_S = 30
"""How long a job may take to end when its time is over. Then its thread is interrupted: at its
next step in Python, so a call that never returns is ended with its worker alone."""


class MemoryBroker(StubBroker):
    """The queue of a single process."""

    def __init__(self) -> None:
        super().__init__(middleware=[TimeLimit()])

    def waiting(self, queue: str) -> int:
        """How many messages wait in a queue."""
        return int(self.queues[queue].qsize())


class Queue:
    """Hands numbers of jobs to whoever works on them."""

    def __init__(
        self, broker: MemoryBroker | SharedBroker, work: Callable[[str], float | None], threads: int
    ) -> None:
        """Declare the work. `work` returns in how many seconds the job is to be looked at again.

        Nothing is worked on in this process until `start_workers`.
        """
        self._broker = broker
        self._threads = threads
        self._lock = Lock()
        self._worker: dramatiq.Worker | None = None

        def run(id_: str, seconds: int) -> None:
            again_s = work(id_)
            if again_s is not None:
                self._send_patiently(id_, seconds, again_s)

        self._actor = dramatiq.actor(broker=broker, actor_name=ACTOR, queue_name=QUEUE)(run)

    def send(self, id_: str, seconds: int, delay_s: float = 0) -> None:
        """Have a job worked on, for `seconds` at most."""
        self._actor.send_with_options(
            args=(id_, seconds),
            delay=int(1000 * delay_s) or None,
            time_limit=1000 * (seconds + OVERRUN_S),
        )

    def _send_patiently(self, id_: str, seconds: int, delay_s: float) -> None:
        """Send when it can be: a job must not be let go of before.

        If this process ends meanwhile, another one finds what it had.
        """
        while True:
            try:
                self.send(id_, seconds, delay_s)
            except StateUnreachable:
                time.sleep(RETRY_S)
            else:
                return

    def start_workers(self) -> None:
        """Work on jobs in threads of this process, from now on."""
        with self._lock:
            if self._worker is not None:
                return
            self._broker.emit_after("process_boot")
            worker = dramatiq.Worker(
                self._broker, worker_threads=self._threads, worker_timeout=POLL_MS
            )
            # No more than there are threads: another worker may be idle.
            worker.queue_prefetch = self._threads
            worker.start()
            self._worker = worker

    def stop(self, longest_s: float) -> None:
        """Begin nothing more, and wait for what runs, but not for ever."""
        with self._lock:
            if self._worker is not None:
                self._worker.stop(timeout=int(longest_s * 1000))
                self._worker = None

    def waiting(self) -> int:
        """How many jobs no worker has taken yet."""
        return self._broker.waiting(QUEUE)
