"""Hewlett-Packard's APP6 of a JPEG (`TDHD`): pieces of four letters, some of them nested."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEAD = Struct("<4sII")
"""Key, whether pieces are inside, length."""
_NESTED = 0x10001
_DEEPEST = 8
_DEFINITIONS = {
    b"CMSN": Definition("CMSN", "SerialNumber"),
    b"FWRV": Definition("FWRV", "FirmwareVersion"),
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload of the segment: one directory."""
    tags: list[Tag] = []
    first = _HEAD.size  # the outermost piece counts its own head in its length
    _pieces(view.sub(first, len(view) - first), 0, tags, reading)
    reading.add("HP", tags, view.span(0, len(view)))


def _pieces(view: ByteView, depth: int, tags: list[Tag], reading: Reading) -> None:
    at = 0
    while view.has(at, _HEAD.size):
        reading.budget.spend("datasets")
        key, kind, size = view.unpack(_HEAD, at)
        at += _HEAD.size
        if not view.has(at, size):
            return
        definition = _DEFINITIONS.get(key)
        if definition is not None:
            raw = view.take(at, size)
            tags.append(Tag("HP", definition, ASCII, size, raw, view.start + at, size))
        elif kind == _NESTED and depth < _DEEPEST:
            _pieces(view.sub(at, size), depth + 1, tags, reading)
        at += size
