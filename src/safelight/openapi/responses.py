"""What a route may answer: its own kind, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.errors import PROBLEM, fault_of
from safelight.openapi.schemas import reference
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.api import Json
    from safelight.openapi.schemas import Schema

JSON = "application/json"
EVERY_REFUSAL = (400, 403, 404, 405, 408, 413, 429, 500, 503)
"""Statuses that any address below `/api/` may refuse with."""
WITH_FILES = (415, 422)
"""Statuses that only what takes files adds."""
_WAIT = frozenset({429, 503})
_SIGN_IN = 401

_HEADERS: dict[str, Schema] = {
    "X-Request-Id": {
        "description": "The request's number: the one to name when asking for help.",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    },
    "RateLimit-Policy": {
        "description": 'How many requests in how many seconds: `"read";q=240;w=60`.',
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": 'How many are left, and seconds until there are more: `"read";r=239;t=60`.',
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds to wait.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "Content-Disposition": {
        "description": "Names the file. The name tells nothing of what was sent.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Where the job can be watched.",
        "schema": {"type": "string"},
    },
    "WWW-Authenticate": {
        "description": "What to sign in with.",
        "schema": {"type": "string"},
    },
}
"""None is promised to be there: rate limits can be off, and a refusal may come before them."""


def components() -> dict[str, Schema]:
    """The document's headers and refusals, by name."""
    refusals: Schema = {str(status): _refusal(status) for status in _refused()}
    return {"headers": dict(_HEADERS), "responses": refusals}


def refusals(statuses: Iterable[int], *, signed_in: bool) -> Schema:
    """The refusals of a route; those of a missing sign-in, where it is asked for."""
    chosen = {*statuses, *([_SIGN_IN] if signed_in else [])}
    return {str(each): {"$ref": f"#/components/responses/{each}"} for each in sorted(chosen)}


def reply(
    description: str, media_types: Iterable[str], schema: Schema | None, *headers: str
) -> Schema:
    """A reply, in one of some media types."""
    content: Schema = {each: {"schema": schema} if schema else {} for each in media_types}
    return {
        "description": description,
        "headers": _named("X-Request-Id", "RateLimit-Policy", "RateLimit", *headers),
        "content": content,
    }


def _refused() -> list[int]:
    return sorted({*EVERY_REFUSAL, *WITH_FILES, _SIGN_IN})


def _refusal(status: int) -> Schema:
    title = sentence(fault_of(status).title)
    headers = ["X-Request-Id", *(["Retry-After"] if status in _WAIT else [])]
    if status == _SIGN_IN:
        headers.append("WWW-Authenticate")
    return {
        "description": sentence("{title}.", title=title),
        "headers": _named(*headers),
        "content": {PROBLEM: {"schema": reference("Problem")}},
    }


def _named(*names: str) -> dict[str, Json]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
