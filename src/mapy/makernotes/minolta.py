"""Minolta and Konica Minolta: an IFD without a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.note import Meanings, ifd_table

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

MAIN = ifd_table("minolta", "Main", Meanings())


def parse(note: Note) -> None:
    """Read the note."""
    note.ifd(MAIN, note.at)
