"""An answer that is no success, as one typed error. Every shape of a refusal ends here.

Eloqua answers a refusal with an object, an array of them, a string, HTML or nothing, depending on
the call; the status tells the kind, the body only the details. No value of a body is kept.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from elqkit.errors import (
    BadRow,
    EloquaError,
    Fault,
    NotSignedIn,
    Refused,
    Throttled,
    Unreachable,
    Unsure,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.eloqua.wire import Answer

MAX_FAULTS = 1_000
MAX_NAME_CHARS = 200
NOT_AUTHENTICATED = "not authenticated"
CODES = {
    HTTPStatus.MOVED_PERMANENTLY: "eloqua.sign-in-required",
    HTTPStatus.FORBIDDEN: "eloqua.forbidden",
    HTTPStatus.NOT_FOUND: "eloqua.not-found",
    HTTPStatus.CONFLICT: "eloqua.conflict",
    HTTPStatus.GONE: "eloqua.gone",
    HTTPStatus.PRECONDITION_FAILED: "eloqua.in-use",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "eloqua.too-large",
}
"""Codes by status; any other 3xx or 4xx is `eloqua.refused`."""


def is_success(answer: Answer) -> bool:
    """Whether the call was carried out. A body of `Not authenticated.` is a refusal with 200."""
    return HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES and not is_signed_out(
        answer
    )


def is_signed_out(answer: Answer) -> bool:
    """Whether the credentials were not taken: by status, or by a bare string with 200."""
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return True
    head = answer.body[:64].decode("utf-8", "replace").strip('\ufeff"\r\n ').lower()
    return head.startswith(NOT_AUTHENTICATED)


def error_of(answer: Answer, *, only_reads: bool) -> EloquaError:
    """What an answer that is no success means.

    Args:
        answer: as it came.
        only_reads: the call changes nothing, so a fault of the server leaves nothing open.
    """
    status, request_id = answer.status, answer.request_id
    if is_signed_out(answer):
        return NotSignedIn("eloqua.not-signed-in", status=status, request_id=request_id)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(retry_after_s=answer.retry_after_s, request_id=request_id)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = Unreachable if only_reads else Unsure
        return kind("eloqua.server-error", status=status, request_id=request_id)
    if status == HTTPStatus.BAD_REQUEST:
        return _bad_request(answer)
    if status < HTTPStatus.MULTIPLE_CHOICES:
        kind = Unreachable if only_reads else Unsure
        return kind("eloqua.not-understood", status=status, request_id=request_id)
    code = next((code for key, code in CODES.items() if key == status), "eloqua.refused")
    return Refused(code, status=status, request_id=request_id)


def _bad_request(answer: Answer) -> EloquaError:
    """A refusal of values, if the body says so; else of the call."""
    faults = tuple(faults_in(answer.json))
    if not faults:
        return Refused("eloqua.refused", status=answer.status, request_id=answer.request_id)
    is_call = isinstance(answer.json, dict) and answer.json.get("type") == "EndpointParameterError"
    if is_call:
        return Refused("eloqua.bad-parameter", status=answer.status, request_id=answer.request_id)
    return BadRow(faults=faults, status=answer.status, request_id=answer.request_id)


def faults_in(body: Any) -> Iterator[Fault]:  # noqa: ANN401 - a parser's edge
    """The faults that a body of a refusal names: REST's object or array, or Bulk's `failures`."""
    if isinstance(body, dict):
        failures = body.get("failures")
        body = failures if isinstance(failures, list) else [body]
    if not isinstance(body, list):
        return
    for item in body[:MAX_FAULTS]:
        fault = _fault(item) if isinstance(item, dict) else None
        if fault is not None:
            yield fault


def _fault(item: dict[str, Any]) -> Fault | None:
    """One fault, without the value that is refused."""
    requirement = item.get("requirement")
    details = requirement if isinstance(requirement, dict) else {}
    name = _short(item.get("property") or item.get("parameter") or item.get("field"))
    # Bulk's reason is a text and may quote the value: only that there is one is taken.
    kind = _short(details.get("type")) or ("Constraint" if "constraint" in item else "")
    if not name and not kind:
        return None
    return Fault(name, kind, _short(details.get("conflictingId")))


def _short(value: object) -> str:
    return str(value)[:MAX_NAME_CHARS] if isinstance(value, (str, int)) else ""
