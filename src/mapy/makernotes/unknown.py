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


def parse(note: Note) -> None:
    """Read the note, if it is a text or a picture."""
    block = note.block
    if block.take(0, min(len(block), len(_SCANNER))) == _SCANNER:
        binary = Definition(_ID, "MakerNoteUnknownBinary", None, numbers.binary)
        tag = Tag(_GROUP, binary, UNDEFINED, len(block), None, block.start, len(block))
        note.reading.add(_GROUP, [tag], block.span(0, len(block)))
    if len(block) > _SMALLEST_PICTURE and block.take(0, len(_JPEG)) == _JPEG:
        picture = Tag("File", _PREVIEW, UNDEFINED, len(block), None, block.start, len(block))
        note.reading.add("File", [picture], block.span(0, len(block)))
        return
    if len(block) > _LONGEST_LOOKED_AT:
        return
    content = block.take(0, len(block))
    if not _TEXT.fullmatch(content):
        return
    means = Definition(_ID, _NAME, None, numbers.binary if len(block) > _LONGEST else None)
    shown = content.rstrip(b"\0").decode("ascii")
    tag = Tag(_GROUP, means, PLAIN, len(block), shown, block.start, len(block))
    note.reading.add(_GROUP, [tag], block.span(0, len(block)))
