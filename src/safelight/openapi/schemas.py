"""The schemas (JSON Schema 2020-12) that the workbench itself answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from safelight.api import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Json

Schema: TypeAlias = "dict[str, Json]"
COMPONENTS = "#/components/schemas/"
_INNER = "#/$defs/"
_OF_A_FILE = frozenset({"$schema", "$id"})
"""What a schema says of itself as a file of its own. Inside the document it would be wrong."""

PROBLEM: Schema = {
    "description": "What went wrong (RFC 9457). It never quotes the request or a file.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "hint", "instance"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:safelight:"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"description": "What happened, and what it means.", "type": "string"},
        "code": {
            "description": "Stable: decide by this. The codes are listed in `x-codes`.",
            "type": "string",
            "pattern": "^[a-z]+(-[a-z]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$",
        },
        "hint": {"description": "What to do next; may be empty.", "type": "string"},
        "instance": {"description": "The request's number.", "type": "string"},
    },
    "additionalProperties": False,
}
_MOMENT: Schema = {"description": "Seconds since 1970.", "type": ["number", "null"]}
JOB: Schema = {
    "description": "A job, as the one who started it sees it.",
    "type": "object",
    "required": [
        *("id", "job", "state", "command", "progress", "result", "problem", "files"),
        *("created", "started", "ended"),
    ],
    "properties": {
        "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{32}$"},
        "job": {"description": "What it does.", "type": "string"},
        "state": {"enum": [each.value for each in JobState]},
        "command": {"description": "The last word said to it.", "type": "string"},
        "progress": {"description": "What it reported last, by its kind."},
        "result": {"description": "What it came to, by its kind."},
        "problem": {
            "description": "Why it failed.",
            "type": ["object", "null"],
            "properties": {
                "code": {"type": "string"},
                "detail": {"type": "string"},
                "hint": {"type": "string"},
            },
        },
        "files": {
            "description": "Names of the files that it made.",
            "type": "array",
            "items": {"type": "string"},
        },
        "created": {"description": "Seconds since 1970.", "type": "number"},
        "started": _MOMENT,
        "ended": _MOMENT,
    },
}
STATUS: Schema = {
    "type": "object",
    "required": ["status"],
    "properties": {
        "status": {"type": "string"},
        "missing": {"type": "array", "items": {"type": "string"}},
    },
}
VERSION: Schema = {
    "type": "object",
    "required": ["name", "version"],
    "properties": {"name": {"type": "string"}, "version": {"type": "string"}},
}
OWN: dict[str, Schema] = {"Problem": PROBLEM, "Job": JOB, "Status": STATUS, "Version": VERSION}


def reference(name: str) -> Schema:
    """What stands for a component."""
    return {"$ref": f"{COMPONENTS}{name}"}


def embedded(name: str, schema: Mapping[str, Json]) -> Schema:
    """A schema as a component of the document: its references lead to where it stands there."""
    return {key: _moved(name, value) for key, value in schema.items() if key not in _OF_A_FILE}


def _moved(name: str, value: Json) -> Json:
    if isinstance(value, list):
        return [_moved(name, each) for each in value]
    if not isinstance(value, dict):
        return value
    target = value.get("$ref")
    moved = {key: _moved(name, each) for key, each in value.items()}
    if isinstance(target, str) and target.startswith(_INNER):
        moved["$ref"] = f"{COMPONENTS}{name}/$defs/{target.removeprefix(_INNER)}"
    return moved
