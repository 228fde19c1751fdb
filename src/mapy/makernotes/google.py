"""Google: the note of HDR+, which newer phones keep in XMP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks

if TYPE_CHECKING:
    from mapy.makernotes.note import Note


def parse(note: Note) -> None:
    """Read the note."""
    blocks.parse("hdr-plus", note.block, note.reading, "0x927C")
