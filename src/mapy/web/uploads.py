"""Uploads as the library takes them, and its errors as the workbench tells them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mapy import MapyError, UnknownFormat, read
from mapy.decoding.glance import greys
from mapy.errors import LimitExceeded
from mapy.explain.facts import Facts
from mapy.explain.rules import findings_of
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy import Metadata
    from mapy.explain.finding import Finding
    from safelight.api import Upload

COMPARE = "compare"
"""The option of reading that asks for it."""
PROGRAM = "svg.program"
"""The problem of a drawing that holds a program."""
_LOG = logging.getLogger(__name__)
_UNREADABLE, _UNSUPPORTED, _TOO_LARGE, _FAULT = 422, 415, 413, 500


def read_upload(upload: Upload) -> Metadata:
    """Read one file.

    Raises:
        Refusal: the workbench or the library did not take it, or it holds a program, which has no
            business among pictures.
    """
    if upload.refusal is not None:
        raise upload.refusal
    try:
        metadata = read(upload.content)
    except MapyError as error:
        raise refusal_of(error) from None
    except Exception as fault:  # noqa: BLE001 - a fault of ours must not lose the other files
        raise fault_at_file(fault) from None
    if any(problem.code == PROGRAM for problem in metadata.problems):
        raise Refusal(
            PROGRAM,
            "This drawing holds a program, which runs where a browser opens it. It was refused.",
            "Read it on the command line: mapy show FILE.",
            _UNSUPPORTED,
        )
    return metadata


def facts_at(upload: Upload, metadata: Metadata, *, compare: bool = False) -> Facts:
    """What the rules look at: its name and what stands behind the picture, too.

    To compare the pictures inside with the picture, all are decoded: that takes longer than all
    else together.
    """
    decode = greys if compare else None
    return Facts(metadata, name=upload.name, content=upload.content, decode=decode)


def found_in(upload: Upload, metadata: Metadata, *, compare: bool = False) -> tuple[Finding, ...]:
    """What a file gives away."""
    return findings_of(facts_at(upload, metadata, compare=compare))


def status_of(refusals: Sequence[Refusal | None]) -> int:
    """The HTTP status of a request: 200 if any file was read, else that of the first refusal."""
    statuses = [refusal.status for refusal in refusals if refusal is not None]
    return statuses[0] if statuses and len(statuses) == len(refusals) else 200


def refusal_of(error: MapyError) -> Refusal:
    """An error of the library, with the HTTP status that says why."""
    status = _UNREADABLE
    if isinstance(error, UnknownFormat):
        status = _UNSUPPORTED
    elif isinstance(error, LimitExceeded):
        status = _TOO_LARGE
    return Refusal(error.code, error.message, error.hint, status)


def fault_at_file(fault: Exception) -> Refusal:
    """A fault of ours at one file. Its text may hold values of the file, so only its kind is kept.

    Every reading has limits, so none is known; the other files are worth more than the trace.
    """
    _LOG.error("file.fault", extra={"code": "file.fault", "trace": type(fault).__qualname__})
    return Refusal(
        "file.fault",
        "MAPy failed at this file. That is a fault of MAPy, not of the file.",
        "Please report it, without the picture.",
        _FAULT,
    )


def distinct(names: Sequence[str]) -> list[str]:
    """The names in their order, with a number behind each that came before."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
