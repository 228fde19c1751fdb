"""The document as people read it: what the page and the reference show, in their order."""

from __future__ import annotations

from dataclasses import dataclass
import json
from typing import TYPE_CHECKING, Any

from safelight.errors import PROBLEM
from safelight.openapi.document import ABOUT
from safelight.security.uploads import megabytes
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.openapi.schemas import Schema

    Node = dict[str, Any]
    """Part of the document: ours, and of known shape."""

METHODS = ("get", "post")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, or a part of an address."""

    name: str
    holds: str
    choices: tuple[str, ...]
    meaning: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes back."""

    status: str
    meaning: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One operation."""

    id: str
    method: str
    address: str
    title: str
    description: str
    sample: str
    fields: tuple[Field, ...]
    limits: tuple[tuple[str, str], ...]
    replies: tuple[Reply, ...]
    refusals: tuple[str, ...]
    """Statuses that are explained once for all."""
    schema: str
    """Of its answer, as JSON; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Part:
    """The operations of one tool, or of the workbench."""

    name: str
    about: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All of it."""

    version: str
    server: str
    about: tuple[str, ...]
    """Paragraphs."""
    signed_in: bool
    parts: tuple[Part, ...]
    refusals: tuple[Reply, ...]
    codes: tuple[tuple[str, str], ...]


def page_of(document: Schema) -> Page:
    """What is shown of a document."""
    whole: Node = document
    paths: Node = whole["paths"]
    calls = [
        (node["tags"][0], _call(whole, method, address, node))
        for address, item in paths.items()
        for method, node in item.items()
        if method in METHODS
    ]
    parts = (
        Part(tag["name"], tag["description"], tuple(c for name, c in calls if name == tag["name"]))
        for tag in whole["tags"]
    )
    return Page(
        version=whole["info"]["version"],
        server=whole["servers"][0]["url"],
        about=ABOUT,
        signed_in={} not in whole["security"],
        parts=tuple(part for part in parts if part.calls),
        refusals=tuple(
            Reply(status, node["description"], tuple(node["content"]))
            for status, node in whole["components"]["responses"].items()
        ),
        codes=tuple(whole["x-codes"].items()),
    )


def _call(whole: Node, method: str, address: str, node: Node) -> Call:
    responses: Node = node["responses"]
    own = {status: reply for status, reply in responses.items() if "$ref" not in reply}
    return Call(
        id=node["operationId"],
        method=method.upper(),
        address=address,
        title=node["summary"],
        description=node.get("description", ""),
        sample=node["x-codeSamples"][0]["source"],
        fields=tuple(_fields(node)),
        limits=tuple(_limits(node.get("x-limits", {}))),
        replies=tuple(
            Reply(status, reply["description"], tuple(reply["content"]))
            for status, reply in sorted(own.items())
        ),
        refusals=tuple(sorted(responses.keys() - own.keys())),
        schema=_schema(whole, own),
    )


def _fields(node: Node) -> Iterator[Field]:
    for each in node.get("parameters", ()):
        yield _field(each["name"], each["schema"], each["description"], is_required=True)
    for content in node.get("requestBody", {}).get("content", {}).values():
        form = content["schema"]
        for name, schema in form["properties"].items():
            required = name in form.get("required", ())
            yield _field(name, schema, schema["description"], is_required=required)
        return  # the media types of a form hold the same fields


def _field(name: str, schema: Node, meaning: str, *, is_required: bool) -> Field:
    items = schema.get("items", {})
    choices = tuple(schema.get("enum", items.get("enum", ())))
    return Field(name, _holds(schema, items), choices, meaning, is_required)


def _holds(schema: Node, items: Node) -> str:
    if "contentMediaType" in items:
        most = schema["maxItems"]
        return sentence("a file") if most == 1 else sentence("files, at most {most}", most=most)
    if schema["type"] == "boolean":
        return sentence("true or false")
    if schema["type"] == "array":
        return sentence("any of")
    if "enum" in schema:
        return sentence("one of")
    if "maxLength" in schema:
        return sentence("text, at most {most} characters", most=schema["maxLength"])
    return sentence("text")


def _limits(limits: Node) -> Iterator[tuple[str, str]]:
    if "requests" in limits:
        count, _, unit = limits["requests"].partition("/")
        most = sentence("{count} a {unit}", count=count, unit=_UNITS.get(unit, unit))
        yield sentence("Requests of a client"), most
    if "bytes_of_a_file" in limits:
        yield sentence("A file"), megabytes(limits["bytes_of_a_file"])
    if "bytes_of_a_request" in limits:
        yield sentence("A request"), megabytes(limits["bytes_of_a_request"])


_UNITS = {
    "second": sentence("second"),
    "minute": sentence("minute"),
    "hour": sentence("hour"),
    "day": sentence("day"),
}


def _schema(whole: Node, own: Node) -> str:
    """The schema of the answer, without what the reader saw of problems already."""
    for reply in own.values():
        for media_type, content in reply["content"].items():
            name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            if name and media_type != PROBLEM:
                return json.dumps(whole["components"]["schemas"][name], indent=2)
    return ""
