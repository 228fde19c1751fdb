"""What OnePlus' phones put behind a picture: pieces, then a list of them in JSON.

Behind the list stand `jxrs` and its length, to which these 8 bytes count.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UTF8

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "OnePlus"
_FOOT = 8
_LONGEST_LIST = 64 * 1024
_LONGEST_TEXT = 1024
_MOST_PIECES = 1_000
_LIST = Definition("JSONInfo", "JSONInfo")
_TEXTS = {"watermark.device": Definition("watermark.device", "Device")}
"""Pieces that are texts behind a code, by their names."""
_CODE = 5
"""Bytes of the code; what it says is not known."""


class Piece(NamedTuple):
    """A row of the list."""

    name: str
    back: int
    """How far in front of the list it begins."""
    size: int


def pieces(listed: ByteView) -> list[Piece]:
    """The pieces that a list tells of; `listed` holds it, and its foot."""
    try:
        rows = json.loads(_list_of(listed))
    except (ValueError, RecursionError):  # not well-formed, not UTF-8, or far too deep
        return []
    if not isinstance(rows, list):
        return []
    return [
        Piece(row["name"], row["offset"], row["length"])
        for row in rows[:_MOST_PIECES]
        if isinstance(row, dict)
        and isinstance(row.get("name"), str)
        and all(type(row.get(key)) is int and row[key] > 0 for key in ("offset", "length"))
    ]


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer; `view` holds its end, which has the list."""
    start = view.size - view.u32le(view.size - 4)
    listed = view.sub(start, view.size - start)
    content = _list_of(listed)
    tags = [Tag(GROUP, _LIST, UTF8, len(content), content, listed.start, len(content))]
    for piece in pieces(listed):
        definition, at = _TEXTS.get(piece.name), start - piece.back
        if definition is not None and piece.size <= _LONGEST_TEXT and view.has(at, piece.size):
            raw = view.take(at, piece.size)
            value = f"0x{raw[:_CODE].hex()} {raw[_CODE:].decode('utf-8', 'replace')}"
            place = view.start + at
            tags.append(Tag(GROUP, definition, PLAIN, 1, value, place, piece.size))
    reading.add(GROUP, tags, listed.span(0, listed.size))


def _list_of(listed: ByteView) -> bytes:
    size = min(max(listed.size - _FOOT, 0), _LONGEST_LIST)
    return listed.take(0, size).rstrip(b"\0")
