"""What is known of a job: one record, and the names of what lies beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
import json
from typing import TYPE_CHECKING

from safelight.api import JobState, JobView, Refusal
from safelight.sentences import packed, unpacked

if TYPE_CHECKING:
    from safelight.api import Json


@dataclass(slots=True)
class Record:
    """A job as it lies in the state, as JSON."""

    tool: str
    name: str
    owner: str
    created: float
    seconds: int
    details: Json = None
    files: list[str] = field(default_factory=list)
    """The names of what it was started with."""
    state: str = JobState.WAITING.value
    attempts: list[str] = field(default_factory=list)
    """The holder of each attempt, the newest last."""
    progress: Json = None
    """What it told last. Beside the record while it is under way."""
    result: Json = None
    refusal: dict[str, Json] | None = None
    kept: list[str] = field(default_factory=list)
    kept_bytes: int = 0
    started: float | None = None
    ended: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it."""
        return JobState(self.state).is_over

    def is_run_by(self, holder: str) -> bool:
        """Whether this attempt, and no later one, works on it."""
        return self.state == JobState.RUNNING.value and self.attempts[-1:] == [holder]

    def view(self, id_: str, command: str, progress: Json, *, is_held: bool) -> JobView:
        """What its owner sees. A job whose worker died waits for another one."""
        state = JobState(self.state)
        if state is JobState.RUNNING and not is_held:
            state = JobState.WAITING
        return JobView(
            id=id_,
            name=self.name,
            state=state,
            command=command,
            progress=progress,
            result=self.result,
            refusal=unpack_refusal(self.refusal),
            files=tuple(self.kept),
            created=self.created,
            started=self.started,
            ended=self.ended,
        )


def pack(record: Record) -> bytes:
    """A record as bytes."""
    return json.dumps(asdict(record)).encode()


def unpack(content: bytes) -> Record:
    """The record of these bytes."""
    return Record(**json.loads(content))


def pack_refusal(refusal: Refusal | None) -> dict[str, Json] | None:
    """A refusal as a record has it."""
    if refusal is None:
        return None
    message, hint = packed(refusal.message), packed(refusal.hint)
    return {"code": refusal.code, "message": message, "hint": hint}


def unpack_refusal(refusal: dict[str, Json] | None) -> Refusal | None:
    """The refusal that a record has."""
    if refusal is None:
        return None
    message, hint = unpacked(refusal["message"]), unpacked(refusal["hint"])
    return Refusal(str(refusal["code"]), message, hint)


def record_name(id_: str) -> str:
    """Of the record, and of the lease of who works on it."""
    return f"job:{id_}"


def command_name(id_: str) -> str:
    """Of the last word of the owner."""
    return f"job:{id_}:command"


def progress_name(id_: str) -> str:
    """Of what the job told last."""
    return f"job:{id_}:progress"


def file_name(id_: str, at: int) -> str:
    """Of a file that the job was started with."""
    return f"job:{id_}:file:{at}"


def kept_name(id_: str, name: str) -> str:
    """Of a file that the job kept."""
    return f"job:{id_}:kept:{name}"


def undone_names(id_: str, record: Record) -> list[str]:
    """What lies beside the record of a job only until it is over."""
    files = [file_name(id_, at) for at in range(len(record.files))]
    return [command_name(id_), progress_name(id_), *files]


def owner_name(owner: str) -> str:
    """Of the list of an owner's jobs."""
    return f"jobs:{owner}"
