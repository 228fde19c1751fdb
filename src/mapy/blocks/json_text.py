"""JSON (RFC 8259) as a block of metadata: its values as tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mapy.blocks.structures import add_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "JSON"


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a text that stands for itself."""
    parse_as(GROUP, {}, view, reading)


def parse_as(group: str, names: Mapping[str, str], view: ByteView, reading: Reading) -> None:
    """Parse a text whose tags go by a group; numbers are kept as they are written.

    Raises:
        LimitExceeded: it has more values than `Limits.nodes`, or they lie too deep.
    """
    reading.value_bytes_left -= len(view)
    if len(view) > reading.limits.value_bytes or reading.value_bytes_left < 0:
        reading.problem("limit.value-bytes", "A JSON text is too long.", view.span(0, len(view)))
        return
    content = view.take(0, len(view)).rstrip(b"\0")
    # Every value but the first follows one of these; texts may hold some more.
    reading.budget.spend("nodes", 1 + sum(content.count(mark) for mark in (b",", b"[", b"{")))
    try:
        value = json.loads(content, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):  # not well-formed, not UTF-8, or far too deep
        reading.problem(
            "json.not-well-formed", "A JSON text is not well-formed.", view.span(0, len(view))
        )
        return
    add_tags(group, value, view, reading, names)
