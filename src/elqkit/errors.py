"""The errors of ElqKit, drawn.

    ElqError                 base; has .code, stable and documented; never holds anything of a file
    ├─ UnreadableTable       no row could be read: empty, too large, not a CSV
    ├─ TakesLonger           a workbook was not read in the time that there was for it
    ├─ NoSuchForm            no form of that name, or more than one
    └─ EloquaError           a call to Eloqua gave nothing useful; has .status and .request_id
       ├─ BadRow             Eloqua refuses the values of this row; has .faults
       ├─ Refused            Eloqua refuses the call, whatever the row
       │  ├─ NotSignedIn     the credentials are not taken: stop and ask, never try again
       │  └─ HostNotAllowed  the address is none of Eloqua's: nothing was sent
       ├─ Unsure             sent, no answer says what became of it: never sent again blindly
       ├─ Throttled          too many calls: nothing was done; has .retry_after_s
       └─ Unreachable        nothing was sent, or a call that only reads has failed

A fault that leaves something to look at is not raised: it is a `Problem` in the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elqkit.eloqua.models import Form


class Fault(NamedTuple):
    """Why Eloqua refuses a value. The value is not kept: it is somebody's."""

    property: str
    """What is refused: a field's id or HTML name, `correlationId`, `name`."""
    requirement: str
    """What it does not meet: `NotNullRequirement`, or Eloqua's reason in a few words."""
    conflicting_id: str = ""
    """The asset or submission that has the same value already, if Eloqua names it."""


class ElqError(Exception):
    """The base of all that ElqKit raises on purpose."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        """`file.empty`: a row of `elqkit.table.causes`, or of the reference of the client."""


class UnreadableTable(ElqError):  # noqa: N818 - a state of the file, read as a claim
    """The bytes hold no table that could be shown."""

    def __init__(self, code: str, expected: str = "", found: str = "") -> None:
        super().__init__(code)
        self.expected = expected
        self.found = found
        """What the bytes are instead, in words: `a PNG picture`. Never a part of them."""


class TakesLonger(ElqError):  # noqa: N818 - a state, read as a claim
    """The workbook was not read in the time that its caller gives. Nothing is wrong with it."""

    def __init__(self) -> None:
        super().__init__("reading.takes-long")


class NoSuchForm(ElqError):  # noqa: N818 - a state, read as a claim
    """No form of that name, or more than one."""

    def __init__(self, found: Sequence[Form] = ()) -> None:
        super().__init__("form.ambiguous" if found else "form.not-found")
        self.found = tuple(found)
        """The forms that have the name, if there are several: their ids tell them apart."""


class EloquaError(ElqError):
    """A call to Eloqua gave nothing useful. Holds nothing of what was sent."""

    def __init__(self, code: str, *, status: int | None = None, request_id: str = "") -> None:
        super().__init__(code)
        self.status = status
        """The HTTP status; none if there was no answer."""
        self.request_id = request_id
        """Eloqua's own name of the call, for its support; often empty."""


class BadRow(EloquaError):  # noqa: N818 - a state of the row, read as a claim
    """Eloqua refuses the values of this row; others may pass."""

    def __init__(
        self,
        code: str = "eloqua.bad-row",
        *,
        faults: Sequence[Fault] = (),
        status: int | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(code, status=status, request_id=request_id)
        self.faults = tuple(faults)


class Refused(EloquaError):  # noqa: N818 - what happened, read as a claim
    """Eloqua refuses the call, whatever the row: the next one would be refused, too."""


class NotSignedIn(Refused):
    """The credentials are not taken. Trying again may lock the user."""


class HostNotAllowed(Refused):
    """The address is neither Eloqua's nor one that an administrator named. Nothing was sent."""


class Unsure(EloquaError):  # noqa: N818 - what happened, read as a claim
    """It was sent, and no answer tells what became of it."""


class Throttled(EloquaError):  # noqa: N818 - what happened, read as a claim
    """Eloqua asks for a pause. The call was not carried out."""

    def __init__(
        self,
        code: str = "eloqua.throttled",
        *,
        retry_after_s: float | None = None,
        status: int | None = 429,
        request_id: str = "",
    ) -> None:
        super().__init__(code, status=status, request_id=request_id)
        self.retry_after_s = retry_after_s
        """The pause that Eloqua names, in seconds; it often names none."""


class Unreachable(EloquaError):  # noqa: N818 - what happened, read as a claim
    """Nothing was sent, or a call that only reads has failed. It may be made again later."""
