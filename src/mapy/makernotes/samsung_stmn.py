"""Samsung's compact cameras of 2005 to 2012: a record that tells where a preview lies.

Names of people who made the cameras fill the rest. Offsets count from the start of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII, LONG, UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_VERSION = re.compile(rb"STMN\d{3}")
_VERSION_SIZE, _START, _LENGTH = 8, 8, 12
_UNREAD = Definition(0x927C, "MakerNoteSamsung1a", None, numbers.binary)
_PREVIEW = Definition("PreviewImage", "PreviewImage", None, numbers.binary)


def parse(note: Note) -> None:
    """Read the note.

    Raises:
        OutOfBounds: it is shorter than its record.
    """
    block = note.block
    if not _VERSION.match(block.take(0, _VERSION_SIZE)):
        return
    start, length = (
        (block.u32le if note.order == "<" else block.u32be)(at) for at in (_START, _LENGTH)
    )
    if not start:  # a note without a preview is shown as it is
        tag = Tag("ExifIFD", _UNREAD, UNDEFINED, len(block), None, block.start, len(block))
        note.reading.add("ExifIFD", [tag], block.span(0, len(block)))
        return
    group, rows = makers.section("samsung", "Main")
    version, first, size = (Definition(row.id, row.name) for row in rows)
    tags = [
        Tag(group, version, ASCII, 8, block.take(0, _VERSION_SIZE), block.start, _VERSION_SIZE),
        Tag(group, first, LONG, 1, start, block.start + _START, 4),
        Tag(group, size, LONG, 1, length, block.start + _LENGTH, 4),
    ]
    if length:
        tags.append(Tag(group, _PREVIEW, UNDEFINED, length, None, start, length))
    note.add(group, tags, block, {})
