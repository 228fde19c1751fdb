"""Threads that run the application, and the queue before them, both of a fixed size."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Workers:
    """A few threads. Used from the event loop alone."""

    def __init__(self, threads: int, max_queued: int, name: str) -> None:
        self._executor = ThreadPoolExecutor(threads, name)
        self._room = threads + max_queued

    def are_full(self) -> bool:
        """Whether another task would have to wait behind too many."""
        return self._room <= 0

    async def run(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """The result of a function that runs in one of the threads."""
        loop = asyncio.get_running_loop()
        self._room -= 1
        try:
            return await loop.run_in_executor(self._executor, lambda: function(*args, **kwargs))
        finally:
            self._room += 1

    def stop(self) -> None:
        """Begin nothing more. What runs is not interrupted."""
        self._executor.shutdown(wait=False, cancel_futures=True)
