"""The server's side: who is free, who has taken too long, who has to be started again."""

from __future__ import annotations

import atexit
from io import BytesIO
import os
import pickle
from queue import Empty, LifoQueue
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from safelight.apart import AUTOMATIC
from safelight.apart.line import Line
from safelight.apart.worker import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

MOST = 4
"""Processes, unless a setting asks for more: each takes 30 MB."""
PATIENCE_S = 20.0
"""How long a request waits for a process that is free."""
LONGEST_S = 30.0
"""How long a function may take. Readers have limits of their own, far below."""
_COMMAND = (sys.executable, "-I", "-c", "from safelight.apart.worker import main; main()")
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT", "TZ") if name in os.environ}
"""Nothing secret: neither keys nor passwords, which servers are given in the environment."""


class LostError(Exception):
    """A process ended, or was ended, before it had the result."""


class Processes:
    """Some processes, which are started when they are first needed; none at first."""

    def __init__(self) -> None:
        self._all: list[_Process] = []
        # The one that was free last: what it needs is in the processor's memory.
        self._free: LifoQueue[_Process] = LifoQueue()

    def add(self, count: int) -> None:
        """Have so many more."""
        added = [_Process() for _ in range(count)]
        self._all += added
        for each in added:
            self._free.put(each)
            atexit.register(each.stop)

    def call(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """The result of a function, worked out here if there are no processes.

        Args:
            function: one that can be imported by its name, and knows no request.
            args: what can be pickled, as the result can.
            named: likewise.

        Raises:
            LostError: no process became free in time, or it took too long, or has failed.
        """
        if not self._all:
            return function(*args, **named)
        try:
            process = self._free.get(timeout=PATIENCE_S)
        except Empty:
            raise LostError from None
        try:
            answer = process.call(pickle.dumps((function, args, named), pickle.HIGHEST_PROTOCOL))
            return cast("Result", _result(answer, function.__module__))
        finally:
            self._free.put(process)

    def stop(self) -> None:
        """End them all. A call starts them again."""
        for each in self._all:
            each.stop()


class _Process:
    """One of them. It has one call at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Line | None = None

    def call(self, request: bytes) -> bytearray:
        """What it answers.

        Raises:
            LostError: it took too long, or has failed.
        """
        line = self._line or self._start()
        try:
            line.send(request)
            return line.receive()
        except (EOFError, OSError):
            self.stop()
            raise LostError from None

    def stop(self) -> None:
        """End it."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _start(self) -> Line:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                _COMMAND,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
            )
        self._line = Line(ours)
        self._line.wait_at_most(LONGEST_S)
        return self._line


class _Answer(pickle.Unpickler):
    """Makes values, and nothing else: what reads hostile files may have been taken over."""

    def __init__(self, answer: bytearray, module: str) -> None:
        super().__init__(BytesIO(answer))
        self._packages = {"datetime", "markupsafe", "safelight", module.partition(".")[0]}

    def find_class(self, module: str, name: str) -> type:
        """A class of the tool, of ours, or of a text that is HTML.

        Raises:
            UnpicklingError: it is anything else, such as a function.
        """
        found: object = super().find_class(module, name)
        if isinstance(found, type) and found.__module__.partition(".")[0] in self._packages:
            return found
        raise pickle.UnpicklingError


def _result(answer: bytearray, module: str) -> object:
    """What a function of a module gave back.

    Raises:
        LostError: it failed, or what came is no value.
    """
    try:
        result: object = _Answer(answer, module).load()
    except Exception:  # noqa: BLE001 - whatever came: pickle names no end to it
        raise LostError("answer") from None
    if isinstance(result, Fault):
        raise LostError(result.kind)
    return result


def how_many(wanted: str) -> int:
    """A number of them; if that is `auto`, as many as there are processors, where those are few."""
    if wanted != AUTOMATIC:
        return int(wanted)
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    found = processors or os.cpu_count() or 1
    return min(found, MOST) if found > 1 else 0
