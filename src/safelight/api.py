"""The boundary between the workbench and its tools: all that a tool may import from `safelight`.

A tool is one package with a `Tool` value, named in the entry-point group `safelight.tools`. It
declares each `Action` once; the API route, the form's limits, the command line's options and the
reference grow from that.

This module imports neither Flask nor anything heavy: a tool's command line may use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
import re
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeAlias, TypeVar

from safelight.job_api import (
    AppendLog,
    Job,
    JobContext,
    JobState,
    JobView,
    LogInUse,
    LogLost,
    NewJob,
    Slot,
    SlotInUse,
)
from safelight.page_parts import page_part
from safelight.refusal import Refusal
from safelight.sentences import Sentence, Speech

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from flask import Blueprint, Response

__all__ = [
    "FORM_OVERHEAD",
    "RECEIVED_ACTION",
    "Action",
    "Answer",
    "AppendLog",
    "Download",
    "FileField",
    "Job",
    "JobContext",
    "JobState",
    "JobView",
    "Json",
    "Kind",
    "LogInUse",
    "LogLost",
    "NewJob",
    "Option",
    "OptionValue",
    "Refusal",
    "Request",
    "Sentence",
    "Setting",
    "SettingValue",
    "Shell",
    "Slot",
    "SlotInUse",
    "Speech",
    "Tool",
    "Upload",
    "command_options",
    "page_part",
    "receives",
]

Command = TypeVar("Command", bound=Callable[..., object])
View = TypeVar("View", bound=Callable[..., object])
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file, in memory for the length of its request and nowhere else."""

    name: str
    """What the sender called it. Text to show back to the sender: never a path, never logged."""
    content: bytes
    refusal: Refusal | None = None
    """Why this one file was not taken, its bytes being dropped; the others still are."""


@dataclass(frozen=True, slots=True)
class FileField:
    """The files that an action takes, with the limits that are enforced while reading them."""

    name: str
    """The field of the multipart form: `images`."""
    label: str
    help: str
    max_bytes: int
    """The most bytes of one file."""
    max_files: int = 1
    max_total_bytes: int = 0
    """The most bytes of all files of a request together; 0: `max_bytes` times `max_files`."""
    accept: tuple[str, ...] = ()
    """Media types and extensions for the browser's file dialog. A hint; content decides."""
    example: str = "file"
    """What examples call such a file: `photo.jpg`."""

    @property
    def body_limit(self) -> int:
        """The most bytes of a request body that carries these files, form overhead included."""
        return (self.max_total_bytes or self.max_bytes * self.max_files) + FORM_OVERHEAD


FORM_OVERHEAD = 64 * 1024
"""Bytes a form may add to its files: the other fields, the token, the part headers."""


class Kind(Enum):
    """What an option holds."""

    FLAG = "flag"
    TEXT = "text"
    CHOICE = "choice"
    LIST = "list"
    """Several of the choices: commas between them, or the field once for each."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of an action: a form control, a field of the API, an option of the command."""

    name: str
    help: str
    kind: Kind = Kind.TEXT
    short: str = ""
    """The one-letter form on the command line, with its dash: `-n`."""
    choices: tuple[str, ...] = ()
    max_length: int = 200
    suggested: bool = False
    """A flag whose box is ticked in the form until the person unticks it."""


OptionValue: TypeAlias = bool | str | None
SettingValue: TypeAlias = str | int | bool | None


def command_options(*options: Option) -> Callable[[Command], Command]:
    """Give a click command the options of an action, so that the two can never differ."""
    import click  # noqa: PLC0415 - the server and the libraries do without it

    def add(command: Command) -> Command:
        for option in reversed(options):
            kind = click.Choice(option.choices) if option.kind is Kind.CHOICE else None
            names = [
                f"--{option.name.replace('_', '-')}",
                *([option.short] if option.short else []),
            ]
            flag = option.kind is Kind.FLAG
            command = click.option(*names, option.name, help=option.help, is_flag=flag, type=kind)(
                command
            )
        return command

    return add


@dataclass(frozen=True, slots=True)
class Request:
    """What an action is run on: checked files and options.

    An option that was not given is None; a flag is True or False.
    """

    files: tuple[Upload, ...] = ()
    options: Mapping[str, OptionValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action gives back: JSON, and whether it is a refusal."""

    data: Json
    status: int = 200
    """The HTTP status: 200, or the 4xx that says why nothing useful came of it."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that an action or a page gives back. It is saved, never shown by the browser."""

    name: str
    """What it is saved as: letters, digits, dots and dashes that tell nothing of the upload."""
    media_type: str
    content: bytes | Iterable[bytes]
    """The whole; or its pieces, each made only when the client has taken those before it. They are
    made outside of the request, in whichever thread is free."""

    def __post_init__(self) -> None:
        """Refuse a name that a header or a disk could misread.

        Raises:
            ValueError: it is none of ours.
        """
        if not _NEUTRAL_NAME.fullmatch(self.name):
            raise ValueError("A download is called by a few letters, digits, dots and dashes.")


_NEUTRAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person does with a tool. `POST /api/v1/<tool>/<name>` is made from it."""

    name: str
    title: str
    summary: str
    run: Callable[[Request], Answer | Download | NewJob]
    files: FileField | None = None
    options: tuple[Option, ...] = ()
    rate: str = "240/minute"
    """The most requests of one client, as `limits` writes it."""
    schema: Callable[[], Mapping[str, Json]] | None = None
    """Gives the JSON Schema (2020-12) of an answer, for the API's document. Its own references are
    to `#/$defs/`."""
    media_types: tuple[str, ...] = ()
    """Of the files that it gives instead of an answer."""
    starts: str = ""
    """The job that it starts instead of answering."""
    grant: str = ""
    """What a person must be granted beyond the use of the tool: "send" or "delete"."""


def receives(action: Action) -> Callable[[View], View]:
    """Declare that a page's POST carries what `action` takes.

        @pages.post("/")
        @receives(shell.actions["read"])
        def read() -> str: ...

    The workbench must know before it reads a body how much of it to take; a route that says
    nothing takes 64 KiB and no file. The action's rate limit then holds for the page too.
    """

    def mark(view: View) -> View:
        view.__dict__[RECEIVED_ACTION] = action
        return view

    return mark


RECEIVED_ACTION = "safelight_action"
"""The attribute of a view that `receives` sets."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the same row for the workbench and for a tool."""

    name: str
    """The field's name: `max_upload_bytes`."""
    variable: str
    """The environment variable: `MAPY_MAX_UPLOAD_BYTES`. A tool's begin with its own name."""
    default: SettingValue
    help: str
    kind: type[str] | type[int] | type[bool] = str  # noqa: PYI055 - mypy needs the three apart
    check: Callable[[SettingValue], str | None] | None = None
    """Returns what is wrong with a value, in a sentence, or None."""
    secret: bool = False
    """Masked when printed; `<variable>_FILE` may name a file that holds it."""


class Shell(Protocol):
    """What the workbench offers a tool's views. A tool gets it once, when its blueprint is made."""

    @property
    def settings(self) -> Mapping[str, SettingValue]:
        """The values of the tool's own settings, by name."""

    @property
    def actions(self) -> Mapping[str, Action]:
        """The tool's own actions, by name."""

    def receive(self, action: Action) -> Request:
        """The current request's files and options, within the action's limits.

        The view is marked with `receives(action)`. A file over its own limit comes with its
        `refusal` and no content, as long as another one can be taken.

        Raises:
            Refusal: a file or the form is outside the limits.
        """

    def send(self, download: Download) -> Response:
        """The reply of a page that hands out a file."""

    def frame(self, template: str, parts: Mapping[str, bytes], **choices: str | bool) -> Response:
        """The page of a template, with HTML (`page_part`) where it says `{{ parts.name }}`.

        But for the parts it is the same for every visitor and every file, and made once.
        """

    def session(self) -> MutableMapping[str, Json]:
        """The tool's own part of the visitor's session. Small values: files go to `keep`."""

    def keep(self, content: bytes) -> str:
        """Keep bytes for the visitor as long as the session may last; returns their key.

        Raises:
            Refusal: it is more than one visitor may keep, or there is no room for it.
        """

    def kept(self, key: str) -> bytes | None:
        """What the visitor keeps under a key, if it is theirs and still there."""

    def drop(self, key: str) -> None:
        """Forget what the visitor keeps under a key."""

    def slot(self, key: str = "") -> Slot:
        """A slot by the key that the session has of it; a new one without."""

    def start(
        self, job: str, details: Json = None, files: Mapping[str, bytes] | None = None
    ) -> str:
        """Start one of the tool's jobs for the visitor; returns its number.

        Raises:
            Refusal: they have too many, or there is no room for it.
        """

    def job(self, id_: str) -> JobView | None:
        """One of the visitor's jobs of this tool. None too when it is another's."""

    def jobs(self) -> list[JobView]:
        """The visitor's jobs of this tool, the newest first."""

    def command(self, id_: str, word: str) -> None:
        """Say `pause`, `go-on` or `cancel` to one of the visitor's jobs.

        A job that no worker has yet is cancelled at once.

        Raises:
            Refusal: there is no such job, or it is over.
        """

    def result_file(self, id_: str, name: str) -> bytes | None:
        """A file that one of the visitor's jobs kept."""

    def apart(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """The result of a function that takes long, from a process beside the server if it has any.

        Args:
            function: one that can be imported by its name, and knows no request.
            args: what can be pickled, as the result can.
            named: likewise.

        Raises:
            Refusal: it took too long, or failed. What it answers for, it returns.
        """

    def translate(self, sentence: str | Sentence) -> str:
        """An English sentence in the language of the current request."""

    def speech(self) -> Speech:
        """That language, for what is written when the request is over."""


def _no_jobs(settings: Mapping[str, SettingValue]) -> tuple[Job, ...]:
    del settings
    return ()


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool of the workbench."""

    slug: str
    """URL prefix, API prefix, log field, template folder: `mapy`."""
    title: str
    summary: str
    blueprint: Callable[[Shell], Blueprint]
    """Makes the pages. Called once an application, mounted at `/<slug>`."""
    actions: Callable[[Mapping[str, SettingValue]], tuple[Action, ...]]
    """Makes the actions from the tool's settings."""
    jobs: Callable[[Mapping[str, SettingValue]], tuple[Job, ...]] = _no_jobs
    """Makes the jobs, likewise."""
    settings: tuple[Setting, ...] = ()
    card: str = ""
    """Template of the card on the landing page: `mapy/card.html`; empty: title and summary."""
    catalogues: str = ""
    """The package that has the tool's translations in its folder `locale`: `mapy`."""
