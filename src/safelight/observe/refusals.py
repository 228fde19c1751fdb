"""What is told of refusals, to the audit log and to Prometheus: one place, whoever refuses."""

from __future__ import annotations

from safelight.observe import audit, metrics
from safelight.observe.audit_events import NAME
from safelight.observe.request_ids import of_current_request

CHECKS = {
    "request.cross-site": "fetch-metadata",
    "request.form-expired": "csrf",
    "request.unknown-host": "host",
}
"""The check that refuses with a code."""
LIMITS = {
    "request.too-many": "requests",
    "job.too-many": "jobs",
    "server.busy": "room",
    "state.full": "room",
}
"""The limit that a code stands for: how often, how many, how much."""
UPLOADS = ("upload.", "form.", "file.")
"""What the codes of refused files and forms begin with."""
API = "api"


def refused(code: str, request: str | None = None) -> None:
    """Count a refusal or a fault, and record those that a watchful operator wants to see.

    Args:
        code: as the reply names it.
        request: the request's number, unless it is the current one.
    """
    named = code if NAME.fullmatch(code) else metrics.OTHER
    metrics.count_refusal(named)
    if named in CHECKS:
        audit.record("request.refused", request=request, check=CHECKS[named])
    elif named in LIMITS:
        audit.record("limit.hit", request=request, limit=LIMITS[named], tool=current_tool())
    elif named.startswith(UPLOADS):
        audit.record("upload.refused", request=request, code=named, tool=current_tool())


def current_tool() -> str:
    """The tool that the current request is for; empty if it is for none."""
    return tool_of(of_current_request(lambda flask: flask.request.endpoint) or "")


def tool_of(endpoint: str) -> str:
    """`mapy` of the endpoints `mapy.read` and `api.mapy.read`; empty of the workbench's own."""
    parts = endpoint.split(".")
    tool = parts[1] if parts[0] == API and len(parts) > 2 else parts[0]  # noqa: PLR2004
    return tool if len(parts) > 1 and tool not in {API, "safelight", "static"} else ""
