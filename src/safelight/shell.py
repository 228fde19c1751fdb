"""What a tool gets of the workbench: the `Shell` of `safelight.api`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import request

from safelight.api import Action, Request
from safelight.security.options import take_options
from safelight.security.uploads import MemoryRequest, take_files
from safelight.web import languages
from safelight.web.downloads import reply_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from safelight.api import Download, SettingValue


@dataclass(frozen=True, slots=True)
class ToolShell:
    """The workbench as one tool sees it."""

    settings: Mapping[str, SettingValue]
    actions: Mapping[str, Action]

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

    def translate(self, sentence: str) -> str:
        """An English sentence in the language of the current request."""
        return languages.translate(sentence)
