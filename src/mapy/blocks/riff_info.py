"""The lists INFO and exif of a RIFF file, which a WebP may have: texts in chunks of their own."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.riff_info import TEXTS
from mapy.tiff_types import ASCII

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEAD = Struct("<4sI")
_GROUP = "RIFF"


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the chunks of the list, behind its name.

    Raises:
        OutOfBounds: a chunk is longer than the list.
    """
    tags: list[Tag] = []
    at = 0
    while view.has(at, _HEAD.size + 1):
        reading.budget.spend("chunks")
        kind, length = view.unpack(_HEAD, at)
        at += _HEAD.size
        definition = TEXTS.get(kind)
        if definition is not None and length <= reading.limits.value_bytes:
            content = view.take(at, length)
            tags.append(Tag(_GROUP, definition, ASCII, length, content, view.start + at, length))
        at += length + (length & 1)
    reading.add(_GROUP, tags, view.span(0, len(view)))
