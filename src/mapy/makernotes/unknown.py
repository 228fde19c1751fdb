"""Notes of no kind that is known: those that are a text are shown as one, as many phones write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_GROUP = "ExifIFD"
_ID, _NAME = 0x927C, "MakerNoteUnknownText"
_TEXT = re.compile(rb"[\t\r\n\x20-\x7e]+\0*")
_LONGEST = 64
"""Bytes of a text that is shown; a longer one is told by its length, and is seldom read."""
_LONGEST_LOOKED_AT = 1 << 16
_SCANNER = b"LSI1\0"
"""How the notes of SilverFast begin, which are no text."""
_JPEG = b"\xff\xd8\xff"
_SMALLEST_PICTURE = 6
_PREVIEW = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
_BINARY = Definition(_ID, "MakerNoteUnknownBinary", None, numbers.binary)


def parse(note: Note) -> None:
    """Read the note, if it is a text or a picture."""
    block, size = note.block, len(note.block)
    head = block.take(0, min(size, len(_SCANNER)))
    content = block.take(0, size) if size <= _LONGEST_LOOKED_AT else b""
    if size > _SMALLEST_PICTURE and head.startswith(_JPEG):
        tag = Tag("File", _PREVIEW, UNDEFINED, size, None, block.start, size)
    elif _TEXT.fullmatch(content):
        means = Definition(_ID, _NAME, None, numbers.binary if size > _LONGEST else None)
        shown = content.rstrip(b"\0").decode("ascii")
        tag = Tag(_GROUP, means, PLAIN, size, shown, block.start, size)
    elif head == _SCANNER:
        tag = Tag(_GROUP, _BINARY, UNDEFINED, size, None, block.start, size)
    else:
        return
    note.reading.add(tag.group, [tag], block.span(0, size))
