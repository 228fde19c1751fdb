"""The routes of the API that are no action, in one table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safelight.jobs.store import COMMANDS
from safelight.openapi.responses import EVERY_REFUSAL, JSON, refusals, reply
from safelight.openapi.schemas import reference
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Json
    from safelight.openapi.schemas import Schema

TEXT = "text/plain"
SERVICE = sentence("Service")
JOBS = sentence("Jobs")
TAGS = {
    JOBS: sentence("Work that outlasts the request that started it."),
    SERVICE: sentence("What tells about the installation."),
}
"""What the routes below are about. Each tool is a tag, too."""


@dataclass(frozen=True, slots=True)
class Route:
    """What the document says of a route."""

    name: str
    summary: str
    tag: str = SERVICE
    answer: str = ""
    """The component of its answer; without one it is anything."""
    media_type: str = JSON
    status: int = 200
    also: Mapping[int, str] = field(default_factory=dict)
    """Further statuses that come with an answer of the same kind, and what they mean."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What stands for the parts of the address, in their order."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a parameter may be, where that is a closed set."""


ID_LENGTH = 32
_ID = {"id": sentence("The job's number, as the answer that started it tells.")}

ROUTES: Mapping[tuple[str, str], Route] = {
    ("GET", "/api/v1/jobs/{}"): Route("jobs.show", "Watch a job", JOBS, "Job", parameters=_ID),
    ("POST", "/api/v1/jobs/{}/{}"): Route(
        "jobs.command",
        "Pause a job, let it go on, or cancel it",
        JOBS,
        "Job",
        parameters={**_ID, "command": sentence("What to say to it.")},
        choices={"command": COMMANDS},
    ),
    ("GET", "/api/v1/jobs/{}/files/{}"): Route(
        "jobs.file",
        "Fetch a file that a job made",
        JOBS,
        media_type="application/octet-stream",
        parameters={**_ID, "name": sentence("Its name, as the job tells.")},
    ),
    ("GET", "/api/openapi.json"): Route("service.document", "This document"),
    ("GET", "/healthz"): Route("service.alive", "Whether the server answers", answer="Status"),
    ("GET", "/readyz"): Route(
        "service.ready",
        "Whether all parts of it are there, and which are not",
        answer="Status",
        also={503: sentence("Something is missing.")},
    ),
    ("GET", "/version"): Route("service.version", "What runs here", answer="Version"),
    ("GET", "/metrics"): Route("service.metrics", "Figures for Prometheus", media_type=TEXT),
}
"""By method and address, `{}` standing for what varies."""


def operation(route: Route, *, signed_in: bool) -> Schema:
    """What the document says of a route."""
    schema = reference(route.answer) if route.answer else None
    answers = refusals(
        () if route.tag == SERVICE else EVERY_REFUSAL, signed_in=signed_in and route.tag == JOBS
    )
    answers[str(route.status)] = reply(sentence("The answer."), [route.media_type], schema)
    for status, meaning in route.also.items():
        answers[str(status)] = reply(meaning, [route.media_type], schema)
    found: Schema = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": route.summary,
        "responses": answers,
    }
    if route.parameters:
        found["parameters"] = [_parameter(name, route) for name in route.parameters]
    return found


def _parameter(name: str, route: Route) -> Json:
    schema: Schema = {"type": "string"}
    if name in route.choices:
        schema["enum"] = list(route.choices[name])
    if name == "id":
        schema |= {"minLength": ID_LENGTH, "maxLength": ID_LENGTH}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": route.parameters[name],
        "schema": schema,
    }
