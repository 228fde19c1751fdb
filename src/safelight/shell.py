"""What a tool gets of the workbench: the `Shell` of `safelight.api`."""

from __future__ import annotations

from dataclasses import dataclass
import logging
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from flask import request, session

from safelight.accounts.grants import grant_of
from safelight.apart.processes import LostError
from safelight.api import Action, Refusal, Request
from safelight.security.admission import demand
from safelight.security.options import take_options
from safelight.security.uploads import MemoryRequest, take_files
from safelight.state.slots import StateSlot
from safelight.state.tool_session import ToolSession
from safelight.web import languages
from safelight.web.downloads import reply_with
from safelight.web.standing import framed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

    from flask import Response

    from safelight.api import Download, Job, JobView, Json, Sentence, SettingValue, Speech
    from safelight.sharing import Shared
    from safelight.web.standing import Choice

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ToolShell:
    """The workbench as one tool sees it."""

    slug: str
    settings: Mapping[str, SettingValue]
    actions: Mapping[str, Action]
    known_jobs: Mapping[str, Job]
    shared: Shared

    def receive(self, action: Action) -> Request:
        """The current request's files and options, within the action's limits.

        Raises:
            Refusal: a file or the form is outside the limits.
            LookupError: the view does not say that it receives this action, a fault of the tool.
        """
        current = cast("MemoryRequest", request)
        if current.action is not action:
            raise LookupError("Mark the view with @receives(action) to receive its files.")
        options = take_options(action.options, dict(current.form.lists()))
        if action.files is None:
            return Request(options=options)
        sent = list(current.files.items(multi=True))
        return Request(take_files(action.files, sent), options)

    def send(self, download: Download) -> Response:
        """The reply of a page that hands out a file."""
        return reply_with(download)

    def frame(self, template: str, parts: Mapping[str, bytes], **choices: Choice) -> Response:
        """See `Shell.frame`."""
        return framed(template, parts, **choices)

    def session(self) -> MutableMapping[str, Json]:
        """See `Shell.session`."""
        return ToolSession(self.slug, session)

    def keep(self, content: bytes) -> str:
        """See `Shell.keep`."""
        return self.shared.vault.keep(self.shared.owners.visitor(), content)

    def kept(self, key: str) -> bytes | None:
        """See `Shell.kept`."""
        return self.shared.vault.kept(self.shared.owners.visitor(), key)

    def drop(self, key: str) -> None:
        """See `Shell.drop`."""
        self.shared.vault.drop(self.shared.owners.visitor(), key)

    def slot(self, key: str = "") -> StateSlot:
        """See `Shell.slot`."""
        return StateSlot(self.shared.state, self.slug, key, self.shared.vault.life_s)

    def start(
        self, job: str, details: Json = None, files: Mapping[str, bytes] | None = None
    ) -> str:
        """See `Shell.start`."""
        known = self.known_jobs[job]
        if known.grant:
            demand(grant_of(self.slug, known.grant))
        owner = self.shared.owners.owner()
        return self.shared.jobs.start(owner, self.slug, known, details, files or {})

    def job(self, id_: str) -> JobView | None:
        """See `Shell.job`."""
        return self.shared.jobs.job(self.shared.owners.owner(), id_, self.slug)

    def jobs(self) -> list[JobView]:
        """See `Shell.jobs`."""
        return self.shared.jobs.jobs(self.shared.owners.owner(), self.slug)

    def command(self, id_: str, word: str) -> None:
        """See `Shell.command`."""
        self.shared.jobs.command(self.shared.owners.owner(), id_, word, self.slug)

    def result_file(self, id_: str, name: str) -> bytes | None:
        """See `Shell.result_file`."""
        return self.shared.jobs.file(self.shared.owners.owner(), id_, name, self.slug)

    def apart(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """See `Shell.apart`."""
        try:
            return self.shared.apart.call(function, *args, **named)
        except LostError as lost:
            _LOG.error("apart.lost", extra={"code": "apart.lost", "trace": str(lost)})
            raise Refusal(
                "apart.lost",
                "The server could not finish this: it took too long, or failed.",
                "Try it once more. If it fails again, report it, without the file.",
                500,
            ) from None

    def translate(self, sentence: str | Sentence) -> str:
        """An English sentence in the language of the current request."""
        return languages.translate(sentence)

    def speech(self) -> Speech:
        """See `Shell.speech`."""
        return languages.speech()
