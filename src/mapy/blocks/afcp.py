"""AXS File Concatenation Protocol: blocks behind a picture, with a directory in front of them."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEAD = 12
_LITTLE = b"AXS*"
_ENTRIES = {order: Struct(order + "4sII") for order in "<>"}
"""Name, length and place in the file."""
_TEXT = Definition("TEXT", "Text")
_PICTURES = {
    b"Nail": Definition("Nail", "ThumbnailImage", convert=binary),
    b"PrVw": Definition("PrVw", "PreviewImage", convert=binary),
}
_PICTURE_HEAD = 18
"""Bytes in front of a picture."""
_MOST_ENTRIES = 100


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer from its header on."""
    entry = _ENTRIES["<" if view.take(0, 4) == _LITTLE else ">"]
    count = view.u16le(6) if entry.format.startswith("<") else view.u16be(6)
    tags: list[Tag] = []
    seen: set[bytes] = set()
    for number in range(min(count, _MOST_ENTRIES)):
        name, size, place = view.unpack(entry, _HEAD + number * entry.size)
        at = place - view.start
        if name in seen:
            continue
        seen.add(name)
        if not view.has(at, size):
            reading.problem("afcp.outside", "A block lies outside its trailer.", view.span(0, 0))
        elif name == b"IPTC":
            blocks.parse("iptc", view.sub(at, size), reading, "AFCP")
        elif name == b"TEXT":
            tags.append(Tag("AFCP", _TEXT, ASCII, size, view.take(at, size), place, size))
        elif name in _PICTURES:
            length = max(0, size - _PICTURE_HEAD)
            start = place + _PICTURE_HEAD
            tags.append(Tag("AFCP", _PICTURES[name], UNDEFINED, length, None, start, length))
    reading.add("AFCP", tags, view.span(0, len(view)))
