"""The part of JSON Schema 2020-12 that our schemas use, checked in a few lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Schema = dict[str, Any]

KEYWORDS = {
    *("$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "const"),
    *("oneOf", "anyOf", "items", "required", "properties", "patternProperties"),
    *("additionalProperties", "pattern", "minLength"),
}
TYPES: dict[str, type | tuple[type, ...]] = {
    "array": list,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "object": dict,
    "string": str,
}


def faults(value: object, schema: Schema, root: Schema | None = None, at: str = "$") -> list[str]:
    """What is wrong with a value, each with its place; empty where it is valid."""
    return list(_faults(value, schema, root or schema, at))


def _faults(value: object, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    unknown = schema.keys() - KEYWORDS
    assert not unknown, f"{unknown} is not checked"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        yield from _faults(value, root["$defs"][name], root, at)
    kinds = schema.get("type", list(TYPES))
    if not any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield f"{at}: {value!r} is no {kinds}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not in {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']}"
    yield from _choice_faults(value, schema, root, at)
    if isinstance(value, str):
        yield from _text_faults(value, schema, at)
    elif isinstance(value, list) and "items" in schema:
        for number, each in enumerate(value):
            yield from _faults(each, schema["items"], root, f"{at}[{number}]")
    elif isinstance(value, dict):
        yield from _object_faults(value, schema, root, at)


def _choice_faults(value: object, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    for keyword, most in (("oneOf", 1), ("anyOf", len(schema.get("anyOf", ())))):
        if keyword in schema:
            found = [list(_faults(value, each, root, at)) for each in schema[keyword]]
            if not 1 <= found.count([]) <= most:
                yield f"{at}: fits {found.count([])} of {keyword}: {found}"


def _is(value: object, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and not (kind == "number" and isinstance(value, bool))


def _text_faults(value: str, schema: Schema, at: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"
    if len(value) < schema.get("minLength", 0):
        yield f"{at}: {value!r} is too short"


def _object_faults(value: Schema, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, each in value.items():
        inner = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        for pattern, found in schema.get("patternProperties", {}).items():
            if re.search(pattern, name):
                inner.append(found)
        if not inner and schema.get("additionalProperties", True) is False:
            yield f"{at}: {name} is not foreseen"
        for found in inner:
            yield from _faults(each, found, root, f"{at}.{name}")
