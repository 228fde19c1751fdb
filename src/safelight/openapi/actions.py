"""The operation of an action: its form, its answers, its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.api import Kind
from safelight.errors import PROBLEM, fault_of
from safelight.openapi.responses import EVERY_REFUSAL, JSON, WITH_FILES, refusals, reply
from safelight.openapi.samples import FILE
from safelight.openapi.schemas import reference
from safelight.sentences import sentence

if TYPE_CHECKING:
    from safelight.api import Action, FileField, Json, Option
    from safelight.openapi.schemas import Schema

MULTIPART = "multipart/form-data"
URL_ENCODED = "application/x-www-form-urlencoded"


def component_name(slug: str, action: Action) -> str:
    """What the schema of an action's answer is called: `MapyRead`."""
    return "".join(word.capitalize() for word in f"{slug}-{action.name}".split("-"))


def operation(slug: str, action: Action, *, signed_in: bool) -> Schema:
    """What the document says of `POST /api/v1/<slug>/<action>`."""
    found: Schema = {
        "operationId": f"{slug}.{action.name}",
        "summary": action.title,
        "description": _description(action),
        "responses": _responses(slug, action, signed_in=signed_in),
        "x-limits": _limits(action),
    }
    if action.files or action.options:
        found["requestBody"] = _body(action)
    if action.files:
        found[FILE] = f"{action.files.name}=@{action.files.example}"
    if action.grant:
        found["x-grant"] = f"{slug}.{action.grant}"
    return found


def _description(action: Action) -> str:
    if not action.grant:
        return action.summary
    return sentence(
        "{summary} It needs the grant `{grant}`.",
        summary=sentence(action.summary),
        grant=action.grant,
    )


def _limits(action: Action) -> Schema:
    limits: Schema = {"requests": action.rate}
    if action.files:
        limits |= {
            "files": action.files.max_files,
            "bytes_of_a_file": action.files.max_bytes,
            "bytes_of_a_request": action.files.body_limit,
        }
    return limits


def _body(action: Action) -> Schema:
    properties: Schema = {option.name: _option(option) for option in action.options}
    if action.files:
        properties = {action.files.name: _files(action.files), **properties}
    form: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if action.files:
        form["required"] = [action.files.name]
    media_types = [MULTIPART] if action.files else [MULTIPART, URL_ENCODED]
    return {
        "required": action.files is not None,
        "content": {each: {"schema": form} for each in media_types},
    }


def _files(field: FileField) -> Schema:
    file: Schema = {
        "type": "string",
        "contentMediaType": "application/octet-stream",
        "minLength": 1,
    }
    return {
        "description": field.help,
        "type": "array",
        "items": file,
        "minItems": 1,
        "maxItems": field.max_files,
    }


def _option(option: Option) -> Schema:
    choices: Json = list(option.choices)
    kinds: dict[Kind, Schema] = {
        Kind.FLAG: {"type": "boolean"},
        Kind.TEXT: {"type": "string", "maxLength": option.max_length},
        Kind.CHOICE: {"type": "string", "enum": choices},
        Kind.LIST: {
            "type": "array",
            "items": {"type": "string", "enum": choices},
            "uniqueItems": True,
        },
    }
    return {"description": option.help, **kinds[option.kind]}


def _responses(slug: str, action: Action, *, signed_in: bool) -> Schema:
    statuses = (*EVERY_REFUSAL, *(WITH_FILES if action.files else ()))
    answers = refusals(statuses, signed_in=signed_in)
    if action.media_types:
        answers["200"] = reply(
            sentence("The file."), action.media_types, None, "Content-Disposition"
        )
        return answers
    if action.starts:
        answers["202"] = reply(
            sentence("The job was started."), [JSON], reference("Job"), "Location"
        )
        return answers
    schema = reference(component_name(slug, action)) if action.schema else None
    answers["200"] = reply(sentence("The answer."), [JSON], schema)
    if action.files and action.schema:
        for status in _OF_FILES:
            answers[str(status)] = _or_answer(status, schema)
    return answers


_OF_FILES = (413, *WITH_FILES, 500)
"""Statuses of an answer all of whose files could not be read."""


def _or_answer(status: int, schema: Schema | None) -> Schema:
    """A refusal, or the answer that says of each file why it is refused."""
    title = sentence(fault_of(status).title)
    return {
        **reply(sentence("{title}: as a problem, or file by file.", title=title), [JSON], schema),
        "content": {
            PROBLEM: {"schema": reference("Problem")},
            JSON: {"schema": schema},
        },
    }
