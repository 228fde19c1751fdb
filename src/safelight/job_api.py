"""Jobs, the half of the boundary that is about work outlasting its request.

Tools import these names from `safelight.api`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from safelight.api import Json, Refusal, SettingValue


@dataclass(frozen=True, slots=True)
class NewJob:
    """What an action gives back to have one of its tool's jobs started.

    A program is answered 202, with the job's number and the address where it can be watched.
    """

    name: str
    details: Json = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that outlasts the request that starts it, in a worker thread or another process."""

    name: str
    run: Callable[[JobContext], None]
    """Does the work. It may be run again from its beginning after a crash: what must not happen
    twice is noted in a log before it is done."""
    grant: str = ""
    """What a person needs beyond the use of the tool to start it: `send`, `delete`."""
    seconds: int = 3600
    """How long it may run. Then its command is `cancel`, and soon after it is ended."""


class JobState(Enum):
    """Where a job is."""

    WAITING = "waiting"
    """For a worker; again, if the one that had it died or handed it back."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """By a refusal, a fault, or because its time was over."""
    CANCELLED = "cancelled"
    LOST = "lost"
    """Given up: each worker that had it died."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it."""
        return self not in {JobState.WAITING, JobState.RUNNING}


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as its owner sees it."""

    id: str
    name: str
    state: JobState
    command: str
    """The last word that the owner said to it: empty, `pause`, `go-on` or `cancel`."""
    progress: Json
    """What the job reported last."""
    result: Json
    """What it finished with."""
    refusal: Refusal | None
    """Why it failed."""
    files: tuple[str, ...]
    """The names of what it kept for its owner."""
    created: float
    """Seconds since the epoch, as the two others."""
    started: float | None
    ended: float | None


class AppendLog(Protocol):
    """Records in the order they were written, which outlive the worker that wrote them."""

    def append(self, record: bytes) -> None:
        """Write a record; return when it is safe. Safe to use from many threads.

        Raises:
            LogLost: this holder's time is over: another one has the log. Nothing was written.
            OSError: it could not be written.
        """

    def read(self) -> list[bytes]:
        """All records there are.

        Raises:
            OSError: they could not be read.
        """

    def close(self) -> None:
        """Let another holder have it."""


class LogInUse(Exception):  # noqa: N818 - a state, read as a claim
    """Another job has this log."""


class LogLost(Exception):  # noqa: N818 - a state, read as a claim
    """This holder was taken for dead, and another one has its log now."""


class Slot(Protocol):
    """One small value that a visitor's pages and jobs share: a sign-in that is renewed at times.

    It is remembered for as long as a session may last after it was written last.
    """

    @property
    def key(self) -> str:
        """Names it. It belongs in the session or in a job's details, and nowhere else."""

    def read(self) -> bytes | None:
        """The value, if it is there."""

    def write(self, content: bytes) -> None:
        """Replace the value.

        Raises:
            Refusal: there is no room for it.
        """

    def drop(self) -> None:
        """Forget the value."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep all others out who come by this as well, in this process and others.

        Raises:
            SlotInUse: another one is at it, and does not end.
        """


class SlotInUse(Exception):  # noqa: N818 - a state, read as a claim
    """Another one is at this slot."""


class JobContext(Protocol):
    """What a job is given to work with. Each call is safe from any thread."""

    @property
    def id(self) -> str:
        """The job's number, which nobody can guess."""

    @property
    def settings(self) -> Mapping[str, SettingValue]:
        """The values of the tool's own settings, by name."""

    @property
    def details(self) -> Json:
        """What it was started with."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files it was started with. They are dropped when it is over."""

    @property
    def key(self) -> bytes:
        """32 bytes, the same for the tool in each process as long as SECRET_KEY stays the same."""

    @property
    def owner(self) -> str:
        """A name for whom it works: the same for all their jobs. It does not tell who it is."""

    @property
    def command(self) -> str:
        """What to do now; asking costs next to nothing.

        Empty, or the last word of the owner: `pause`, `go-on`, `cancel`, which is heard within
        half a second. `cancel` too when the time is over. `hand-back` when the worker is about to
        stop: come to a safe point and return without `finish`, and another worker begins anew.
        """

    def report(self, progress: Json) -> None:
        """Tell the owner how far it is. It may be called often: only the newest is kept."""

    def finish(self, result: Json) -> None:
        """Give the result. A job that returns without one is done, with None."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file for the owner.

        Raises:
            ValueError: the name is none that a `Download` may have.
            Refusal: there is no room for it.
        """

    def log(self, name: str) -> AppendLog:
        """One of the tool's logs, for this job alone until it is closed or the job is over.

        Raises:
            LogInUse: another job has it.
        """

    def slot(self, key: str) -> Slot:
        """The slot that its starter named in the details."""
