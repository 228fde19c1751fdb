"""Asking something that may hang, such as a Redis that takes connections and answers none."""

from __future__ import annotations

from concurrent.futures import Future
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
LONGEST_S = 2.0
"""Watchdogs and Prometheus give up after about ten seconds, and ask for several things at once."""


class Patience(Generic[Answer]):
    """A question that is answered in time or not at all. It is asked once at a time."""

    def __init__(self, ask: Callable[[], Answer], longest_s: float = LONGEST_S) -> None:
        self._ask = ask
        self._longest_s = longest_s
        self._lock = threading.Lock()
        self._asked: Future[Answer] | None = None

    def __call__(self) -> Answer:
        """The answer, or what asking raised.

        Raises:
            TimeoutError: there is none yet. Whoever asks next waits for the same one.
        """
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = self._begin()
            asked = self._asked
        return asked.result(self._longest_s)

    def _begin(self) -> Future[Answer]:
        asked: Future[Answer] = Future()

        def run() -> None:
            try:
                asked.set_result(self._ask())
            except Exception as error:  # noqa: BLE001 - raised again where it was asked
                asked.set_exception(error)

        # A daemon: a process that ends must not wait for an answer.
        threading.Thread(target=run, name="ask", daemon=True).start()
        return asked
