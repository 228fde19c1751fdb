"""Jobs as the web asks for them: start one, look at it, say a word to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.jobs.store import unknown_job
from safelight.observe import jobs as observed
from safelight.state.interface import StateFull
from safelight.state.vault import no_room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Job, JobView, Json
    from safelight.jobs.queue import Queue
    from safelight.jobs.store import JobStore


class Jobs:
    """The jobs of all owners and tools. Each method answers for one owner alone."""

    def __init__(self, store: JobStore, queue: Queue, *, has_workers: bool) -> None:
        """`has_workers`: other processes work on the jobs. If not, this one does."""
        self._store = store
        self._queue = queue
        self._has_workers = has_workers

    def start(
        self, owner: str, tool: str, job: Job, details: Json, files: Mapping[str, bytes]
    ) -> str:
        """Start a job; returns its number.

        Raises:
            Refusal: the owner has too many, or there is no room.
        """
        try:
            id_ = self._store.add(owner, tool, job, details, files)
        except StateFull:
            raise no_room() from None
        observed.asked(tool, job.name, id_)
        self._queue.send(id_, job.seconds)
        if not self._has_workers:
            self._queue.start_workers()
        return id_

    def job(self, owner: str, id_: str, tool: str = "") -> JobView | None:
        """A job of the owner; of one tool, if that is named."""
        found = self._store.view(id_, owner)
        return found[1] if found and tool in {"", found[0].tool} else None

    def jobs(self, owner: str, tool: str) -> list[JobView]:
        """The owner's jobs of a tool, the newest first."""
        views = (self.job(owner, id_, tool) for id_ in self._store.ids(owner))
        return [view for view in views if view]

    def command(self, owner: str, id_: str, word: str, tool: str = "") -> None:
        """Say a word to a job.

        Raises:
            Refusal: there is none such, it is over, or it can't be told that.
        """
        found = self._store.view(id_, owner)
        if found is None or tool not in {"", found[0].tool}:
            raise unknown_job()
        self._store.command(id_, owner, word)
        if word == "cancel":
            observed.cancelled(found[0].tool, found[0].name, id_)

    def file(self, owner: str, id_: str, name: str, tool: str = "") -> bytes | None:
        """A file that a job kept."""
        found = self._store.view(id_, owner)
        if found is None or tool not in {"", found[0].tool}:
            return None
        return self._store.file(id_, found[0], name)
