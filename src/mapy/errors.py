"""The errors of MAPy, and the problems that are no errors.

    MapyError                 base: .code is stable and documented, .hint says what to do next
    ├─ UnreadableFile         nothing could be read
    │  ├─ UnknownFormat       no format of ours begins like this
    │  ├─ OutOfBounds         a place outside the file was asked for
    │  └─ LimitExceeded       a budget of `Limits` ran out
    ├─ CannotClean            a copy would have to guess, so none is made
    ├─ VerificationFailed     the copy still says what it must not, or is another picture
    └─ UnusablePolicy         a policy cannot be read, or asks for what does not exist

An error is raised only when there is no useful result; all else is a `Problem`, a value kept in
`Metadata.problems`. Neither ever carries anything of the file's content.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the file, counted from its first byte."""

    offset: int
    length: int


class MapyError(Exception):
    """Base of every error that MAPy raises."""

    def __init__(
        self, code: str, message: str, *, hint: str = "", span: Span | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.span = span


class UnreadableFile(MapyError):  # noqa: N818 - names the state of the file, as the tree above does
    """Nothing could be read."""


class UnknownFormat(UnreadableFile):
    """The content is of no format that MAPy reads."""


class OutOfBounds(UnreadableFile):
    """A place outside the file was asked for. Readers turn it into a Problem."""


class LimitExceeded(UnreadableFile):
    """A budget of `Limits` ran out."""


class CannotClean(MapyError):  # noqa: N818 - names what cannot be done, as the tree above does
    """A clean copy would have to guess, so none is made: no file is ever half cleaned."""


class VerificationFailed(MapyError):  # noqa: N818 - names what happened, as the tree above does
    """The copy, read again, still says what the policy forbids, or is not the same picture."""


class UnusablePolicy(MapyError):  # noqa: N818 - names what it is, as the tree above does
    """A policy of `mapy check` cannot be read, or asks for what does not exist."""


class Severity(Enum):
    """How much a problem cost."""

    NOTE = "note"
    """Against the standard, but nothing was lost."""
    LOSS = "loss"
    """Something could not be read."""


class Problem(NamedTuple):
    """What was wrong with a place of the file; reading went on."""

    code: str
    message: str
    span: Span
    severity: Severity = Severity.LOSS
