"""Reading values of Eloqua's JSON, where a number is a string and anything may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_DEPTH = 20
MAX_DIGITS = 18


def text(body: Mapping[str, Any], key: str) -> str:
    """A string, or a number as one; `` if there is none."""
    value = body.get(key)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else ""


def truth(body: Mapping[str, Any], key: str) -> bool:
    """A boolean, or `true` as a string in any case."""
    return text(body, key).lower() == "true"


def number(body: Mapping[str, Any], key: str) -> int | None:
    """A whole number, or one as a string; None if there is none."""
    value = text(body, key)
    return int(value) if value.isdecimal() and len(value) <= MAX_DIGITS else None


def objects(body: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list; what else it holds is left out."""
    value = body.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def nested(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An object; an empty one if there is none."""
    value = body.get(key)
    return value if isinstance(value, dict) else {}


def every_object(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Each object in a tree of lists and objects, outer ones first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for each in value.values():
            if isinstance(each, (dict, list)):
                yield from every_object(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from every_object(each, depth + 1)
