"""Jobs in the shared state: each change of what is known of one, by its owner or its worker."""

from __future__ import annotations

from dataclasses import dataclass
import json
import secrets
from typing import TYPE_CHECKING

from safelight.api import JobState, Refusal
from safelight.jobs import records
from safelight.jobs.records import Record, pack, unpack
from safelight.sentences import sentence
from safelight.state.interface import StateFull

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from safelight.api import Job, JobView, Json
    from safelight.state.interface import State

COMMANDS = ("pause", "go-on", "cancel")
MAX_UNFINISHED = 4
"""Jobs that wait or run, of one owner."""
MAX_REMEMBERED = 20
"""Jobs of one owner in all. The oldest that is over makes room."""
MAX_ATTEMPTS = 3
"""A job whose workers died this often is given up: it may be what kills them."""
MAX_KEPT_FILES = 16
MAX_KEPT_BYTES = 128 * 1024 * 1024
"""Of all that one job keeps."""
LEASE_S = 15
"""How long a worker that says nothing is taken for alive."""
UNDONE_S = 7 * 24 * 3600
"""How long a job may wait and run before it is forgotten."""


class Gone(Exception):  # noqa: N818 - a state, read as a claim
    """The job is not this attempt's any more: it is over, or another one works on it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a job."""

    state: JobState
    progress: Json = None
    """What it told last."""
    result: Json = None
    refusal: Refusal | None = None


class JobStore:
    """What the web and the workers know of jobs."""

    def __init__(self, state: State, clock: Callable[[], float], life_s: float) -> None:
        """`life_s` is how long a job that is over can still be looked at."""
        self.state = state
        self._clock = clock
        self.life_s = life_s

    def add(
        self,
        owner: str,
        tool: str,
        job: Job,
        details: Json,
        files: Mapping[str, bytes],
    ) -> str:
        """Note a new job; returns its number.

        Raises:
            Refusal: the owner has too many.
            StateFull: there is no room.
        """
        id_ = secrets.token_hex(16)
        record = Record(tool, job.name, owner, self._clock(), job.seconds, details, list(files))
        try:
            self.state.write(records.record_name(id_), pack(record), UNDONE_S)
            self._forget(self._list(owner, id_))
            for at, content in enumerate(files.values()):
                self.state.write(records.file_name(id_, at), content, UNDONE_S)
        except (Refusal, StateFull):
            self._forget(id_)
            raise
        return id_

    def find(self, id_: str) -> Record | None:
        """The record of a job."""
        content = self.state.read(records.record_name(id_))
        return unpack(content) if content else None

    def view(self, id_: str, owner: str) -> tuple[Record, JobView] | None:
        """A job as its owner sees it; None if it is another's."""
        record, command, progress = self.state.read_all(
            (records.record_name(id_), records.command_name(id_), records.progress_name(id_))
        )
        if record is None:
            return None
        known = unpack(record)
        if known.owner != owner:
            return None
        view = known.view(
            id_,
            command.decode() if command else "",
            json.loads(progress) if progress and not known.is_over else known.progress,
            is_held=self.state.is_held(records.record_name(id_)),
        )
        return known, view

    def ids(self, owner: str) -> list[str]:
        """The owner's jobs, the newest first."""
        content = self.state.read(records.owner_name(owner))
        return json.loads(content) if content else []

    def command(self, id_: str, owner: str, word: str) -> None:
        """Say a word to a job. One that no worker has is cancelled at once.

        Raises:
            Refusal: there is none such, it is over, or it can't be told that.
        """
        record = self.find(id_)
        if record is None or record.owner != owner:
            raise unknown_job()
        if word not in COMMANDS:
            raise Refusal(
                "job.unknown-command",
                "A job can't be told that. Nothing was changed.",
                sentence("It knows: {words}.", words=", ".join(COMMANDS)),
            )
        if record.is_over:
            raise Refusal("job.over", "This is over already. Nothing was changed.", "", status=409)
        self.state.write(records.command_name(id_), word.encode(), UNDONE_S)
        if word == "cancel":
            self._change(id_, self._cancelled, self.life_s)
            self._tidy(id_)

    def begin(self, id_: str, holder: str) -> Record | None:
        """Take a job to work on it; None if there is nothing left to do.

        Raises:
            Gone: another worker has it, or had it until a moment ago.
        """
        if not self.state.take(records.record_name(id_), holder, LEASE_S):
            raise Gone
        self._change(id_, lambda record: self._taken(record, holder), UNDONE_S)
        record = self.find(id_)
        if record is not None and record.is_run_by(holder):
            return record
        self._tidy(id_)
        self.state.release(records.record_name(id_), holder)
        return None

    def is_still_ours(self, id_: str, holder: str) -> bool:
        """Say that the worker lives; whether the job is still its own."""
        return self.state.take(records.record_name(id_), holder, LEASE_S)

    def word(self, id_: str) -> str:
        """The last word of the owner."""
        content = self.state.read(records.command_name(id_))
        return content.decode() if content else ""

    def report(self, id_: str, progress: Json) -> None:
        """Note how far a job is."""
        self.state.write(records.progress_name(id_), json.dumps(progress).encode(), UNDONE_S)

    def keep(self, id_: str, holder: str, name: str, content: bytes) -> None:
        """Keep a file of a job; one of the same name is replaced.

        Raises:
            Gone: the job is not this holder's any more.
            Refusal: it keeps too much.
            StateFull: there is no room.
        """

        def change(record: Record) -> bool:
            if not record.is_run_by(holder):
                raise Gone
            if name not in record.kept:
                record.kept.append(name)
            record.kept_bytes += len(content)
            if len(record.kept) > MAX_KEPT_FILES or record.kept_bytes > MAX_KEPT_BYTES:
                raise Refusal("job.keeps-too-much", "Its results are more than can be kept.")
            return True

        self._change(id_, change, UNDONE_S)
        self.state.write(records.kept_name(id_, name), content, UNDONE_S)

    def file(self, id_: str, record: Record, name: str) -> bytes | None:
        """A file that a job kept."""
        if name not in record.kept:
            return None
        return self.state.read(records.kept_name(id_, name))

    def hand_back(self, id_: str, holder: str) -> None:
        """Let another worker have the job, as if this one had never begun."""

        def change(record: Record) -> bool:
            if not record.is_run_by(holder):
                return False
            record.attempts.pop()
            record.state = JobState.WAITING.value
            return True

        self._change(id_, change, UNDONE_S)
        self.state.release(records.record_name(id_), holder)

    def end(self, id_: str, holder: str, ending: Ending) -> None:
        """Note what became of a job. What it was started with is dropped."""

        def change(record: Record) -> bool:
            if not record.is_run_by(holder):
                return False
            self._over(record, ending.state)
            record.progress, record.result = ending.progress, ending.result
            record.refusal = records.pack_refusal(ending.refusal)
            return True

        self._change(id_, change, self.life_s)
        self._tidy(id_)
        self.state.release(records.record_name(id_), holder)

    def _change(self, id_: str, change: Callable[[Record], bool], life_s: float) -> None:
        """Change a record in place, where `change` says that it did."""

        def apply(content: bytes | None) -> bytes | None:
            if content is None:
                return None
            record = unpack(content)
            return pack(record) if change(record) else None

        self.state.update(records.record_name(id_), apply, life_s)

    def _taken(self, record: Record, holder: str) -> bool:
        if record.is_over:
            return False
        if len(record.attempts) >= MAX_ATTEMPTS:
            self._over(record, JobState.LOST)
            return True
        record.attempts.append(holder)
        record.state = JobState.RUNNING.value
        record.started = record.started or self._clock()
        return True

    def _cancelled(self, record: Record) -> bool:
        if record.state != JobState.WAITING.value:
            return False  # its worker will hear of it; that of a dead one, when it is run again
        self._over(record, JobState.CANCELLED)
        return True

    def _over(self, record: Record, state: JobState) -> None:
        record.state, record.ended, record.details = state.value, self._clock(), None

    def _list(self, owner: str, id_: str) -> str:
        """Add a job to those of its owner; returns the one that made room, if one had to."""
        dropped = ""

        def change(content: bytes | None) -> bytes:
            nonlocal dropped
            dropped = ""
            listed: list[str] = json.loads(content) if content else []
            found = self.state.read_all([records.record_name(each) for each in listed])
            known = {
                each: unpack(record) for each, record in zip(listed, found, strict=True) if record
            }
            if sum(not record.is_over for record in known.values()) >= MAX_UNFINISHED:
                raise Refusal(
                    "job.too-many",
                    sentence(
                        "{count} jobs of yours are under way, and no more can be.",
                        count=MAX_UNFINISHED,
                    ),
                    "Wait until one is over, or cancel one.",
                    status=429,
                )
            ids = list(known)
            if len(ids) >= MAX_REMEMBERED:
                dropped = next(each for each in reversed(ids) if known[each].is_over)
                ids.remove(dropped)
            return json.dumps([id_, *ids]).encode()

        self.state.update(records.owner_name(owner), change, UNDONE_S + self.life_s)
        return dropped

    def _forget(self, id_: str) -> None:
        record = self.find(id_)
        if record is not None:
            kept = (records.kept_name(id_, name) for name in record.kept)
            self.state.delete(*records.undone_names(id_, record), *kept)
            self.state.delete(records.record_name(id_))

    def _tidy(self, id_: str) -> None:
        """Drop what is of no more use to a job that is over; what it kept stays as long as it."""
        record = self.find(id_)
        if record is not None and record.is_over:
            self.state.delete(*records.undone_names(id_, record))
            self.state.expire(self.life_s, *(records.kept_name(id_, n) for n in record.kept))


def unknown_job() -> Refusal:
    """The refusal where there is no such job, or none of this visitor's."""
    return Refusal(
        "job.unknown",
        "There is no such job of yours. One that is over is forgotten after some hours.",
        "Look at the list of your jobs.",
        status=404,
    )
