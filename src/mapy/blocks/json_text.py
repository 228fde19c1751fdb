"""JSON (RFC 8259) as a block of metadata: its values as tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mapy.blocks.structures import add_tags

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "JSON"


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a text; numbers are kept as they are written."""
    if len(view) > reading.limits.value_bytes:
        reading.problem("limit.value-bytes", "A JSON text is too long.", view.span(0, len(view)))
        return
    content = view.take(0, len(view)).rstrip(b"\0")
    if _depth(content) > reading.limits.box_depth:
        reading.problem("json.too-deep", "JSON lies too deep inside itself.", view.span(0, 0))
        return
    try:
        value = json.loads(content, parse_float=str, parse_int=str, parse_constant=str)
    except ValueError:  # not well-formed, or not UTF-8
        reading.problem(
            "json.not-well-formed", "A JSON text is not well-formed.", view.span(0, len(view))
        )
        return
    add_tags(GROUP, value, view, reading, {})


def _depth(content: bytes) -> int:
    """No less than how deep the values lie, but what texts hold counts, too, if it opens more."""
    depth = deepest = 0
    is_text = is_escaped = False
    for byte in content:
        if is_text:
            is_text = is_escaped or byte != _QUOTE
            is_escaped = not is_escaped and byte == _BACKSLASH
        elif byte == _QUOTE:
            is_text = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


_QUOTE, _BACKSLASH = b'"\\'
