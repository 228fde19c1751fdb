"""What a job works with while it runs: the `JobContext` of `safelight.api`.

What the owner says and what the job tells go through the state four times a second, in a thread
of their own: for the job itself both are next to free.
"""

from __future__ import annotations

from collections.abc import Mapping
import json
import logging
from threading import Event, Lock, Thread
import time
from typing import TYPE_CHECKING, Self

from safelight.api import Download
from safelight.jobs import records
from safelight.jobs.log import StateLog
from safelight.state.interface import StateFull, StateUnreachable
from safelight.state.slots import StateSlot
from safelight.state.vault import no_room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.api import Json, SettingValue
    from safelight.jobs.records import Record
    from safelight.jobs.store import JobStore

PULSE_S = 0.25
"""How often the owner's word is asked for and progress is handed on."""
RENEW_S = 5
"""How often a worker says that it lives."""
_LOG = logging.getLogger(__name__)


class RunningJob:
    """A job in a worker. Use it as a context manager, so that its pulse ends with it."""

    def __init__(
        self,
        store: JobStore,
        id_: str,
        record: Record,
        settings: Mapping[str, SettingValue],
        *,
        key: bytes,
        stopping: Event,
    ) -> None:
        self.id, self.settings, self.key = id_, settings, key
        self.details = record.details
        self.files: Mapping[str, bytes] = JobFiles(store, id_, record.files)
        self.progress: Json = None
        self.result: Json = None
        self.is_finished = False
        self.was_cancelled = False
        """The owner said so, and the job heard of it before it was done."""
        self.is_out_of_time = False
        """Likewise its time."""
        self.is_lost = False
        """Another worker has it: this one was taken for dead."""
        self._store, self._record = store, record
        self._stopping = stopping
        self._end = time.monotonic() + record.seconds
        self._word = ""
        self._is_told = True
        self._logs: list[StateLog] = []
        self._lock = Lock()
        self._is_over = Event()
        self._pulse = Thread(target=self._beat, name="job-pulse", daemon=True)

    @property
    def holder(self) -> str:
        """This attempt's name."""
        return self._record.attempts[-1]

    @property
    def owner(self) -> str:
        """See `JobContext.owner`."""
        return self._record.owner

    @property
    def command(self) -> str:
        """See `JobContext.command`."""
        if self._word == "cancel":
            self.was_cancelled = True
        elif self.is_lost or self._stopping.is_set():
            return "hand-back"
        elif time.monotonic() > self._end:
            self.is_out_of_time = True
            return "cancel"
        return self._word

    def report(self, progress: Json) -> None:
        """See `JobContext.report`."""
        with self._lock:
            self.progress, self._is_told = progress, False

    def finish(self, result: Json) -> None:
        """See `JobContext.finish`."""
        json.dumps(result)  # what can't be stored is better known here than when all is done
        self.result, self.is_finished = result, True

    def keep(self, name: str, content: bytes) -> None:
        """See `JobContext.keep`."""
        Download(name, "application/octet-stream", content)  # checks the name
        try:
            self._store.keep(self.id, self.holder, name, content)
        except StateFull:
            raise no_room() from None

    def log(self, name: str) -> StateLog:
        """See `JobContext.log`."""
        full_name = f"log:{self._record.tool}:{name}"
        log = StateLog(self._store.state, full_name, self.holder, self._record.attempts[:-1])
        with self._lock:
            self._logs.append(log)
        return log

    def slot(self, key: str) -> StateSlot:
        """See `JobContext.slot`."""
        return StateSlot(self._store.state, self._record.tool, key, self._store.life_s)

    def __enter__(self) -> Self:
        self._beat_once()
        self._pulse.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._is_over.set()
        self._pulse.join()
        for log in self._logs:
            try:
                log.close()
            except StateUnreachable:  # its lease runs out
                _LOG.warning("a log could not be given back: the state is unreachable")

    def _beat(self) -> None:
        renewed = time.monotonic()
        while not self._is_over.wait(PULSE_S):
            try:
                self._beat_once()
                if time.monotonic() > renewed + RENEW_S:
                    renewed = time.monotonic()
                    self._renew()
            except (StateUnreachable, StateFull):  # the next beat may get through
                continue

    def _beat_once(self) -> None:
        self._word = self._store.word(self.id)
        with self._lock:
            progress, is_told, self._is_told = self.progress, self._is_told, True
        if not is_told:
            self._store.report(self.id, progress)

    def _renew(self) -> None:
        self.is_lost = not self._store.is_still_ours(self.id, self.holder)
        with self._lock:
            logs = list(self._logs)
        for log in logs:
            log.renew()


class JobFiles(Mapping[str, bytes]):
    """What a job was started with, each file fetched when it is asked for."""

    def __init__(self, store: JobStore, id_: str, names: list[str]) -> None:
        self._store, self._id, self._names = store, id_, names

    def __getitem__(self, name: str) -> bytes:
        try:
            at = self._names.index(name)
        except ValueError:
            raise KeyError(name) from None
        content = self._store.state.read(records.file_name(self._id, at))
        if content is None:
            raise KeyError(name)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
