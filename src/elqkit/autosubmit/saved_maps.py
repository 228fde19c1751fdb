"""Mappings kept for the next file: a small JSON document of names. Nothing of a row is in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from elqkit.errors import ElqError

if TYPE_CHECKING:
    from elqkit.autosubmit.mapping import Mapping

MAX_MAP_BYTES = 256 * 1024


class BadMap(ElqError):  # noqa: N818 - what it is, read as a claim
    """A document that is no saved mapping."""

    def __init__(self) -> None:
        super().__init__("map.not-understood")


def write_map(mapping: Mapping) -> bytes:
    """A mapping as a document."""
    return (json.dumps(mapping.saved(), ensure_ascii=False, indent=2) + "\n").encode()


def read_map(content: bytes) -> dict[str, object]:
    """A document as `Choices.saved_map` takes it.

    Raises:
        BadMap: it is none.
    """
    try:
        found = json.loads(content) if len(content) <= MAX_MAP_BYTES else None
    except (ValueError, RecursionError):
        raise BadMap from None
    if not isinstance(found, dict) or not isinstance(found.get("columns"), dict):
        raise BadMap
    return found
