"""What carries a row to the far side, as the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
import re
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elqkit.runs.outcomes import Outcome

T_contra = TypeVar("T_contra", contravariant=True)

_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+){0,7}")
MAX_CODE_CHARS = 64
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answer:
    """The row was sent, and this is what is known of it."""

    outcome: Outcome
    """`ACCEPTED`, `REFUSED` or `UNKNOWN`."""
    code: str = ""
    """Why, from a fixed list: `http.500`. The ledger keeps it, so nothing of a row is in it."""
    detail: str = field(default="", repr=False)
    """The far side's own words. They may repeat the row: held in memory, written nowhere."""
    far_id: str = ""
    """The far side's own name of the row, to find it there: a number or the like."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The row certainly did not arrive and may be sent later: throttled, or nobody there."""

    code: str
    wait_s: float | None = None
    """How long the far side asked to wait (Retry-After); None where it did not say."""
    ends_run: bool = False
    """No row will get through: the form is gone, or the credentials are."""
    fewer: bool = False
    """Rows that went together were refused as a whole: fewer of them may pass."""


class Transport(Protocol[T_contra]):
    """Sends one row at a time; called by many threads at once."""

    @property
    def repeats_safely(self) -> bool:
        """Whether the far side keeps one row for one correlation id, however often it is sent."""

    def send(self, row: T_contra, correlation_id: str, /) -> Answer | NotSent:
        """Send one row once, without trying again, and within the transport's own time limit.

        What is raised counts as an unknown outcome. Where the far side knows the correlation id
        already, the row had arrived before: `ACCEPTED`.
        """


@runtime_checkable
class BatchingTransport(Protocol[T_contra]):
    """Sends rows together, each under an id of its own that the far side keeps once."""

    @property
    def rows_per_call(self) -> int:
        """The most rows of one call."""

    def send_batch(
        self, batch_id: str, rows: Sequence[tuple[T_contra, str]], /
    ) -> Sequence[Answer] | NotSent:
        """Send rows with their correlation ids; an answer for each, in their order.

        The same batch id comes with the same rows, or with some of them: then the others are
        settled.
        """


def stable(code: str) -> str:
    """A code as the ledger may keep it; `other` for what is none."""
    is_code = len(code) <= MAX_CODE_CHARS and _CODE.fullmatch(code)
    return code if is_code or not code else OTHER
