"""fujifilm."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.makernotes.note import Note


def parse(note: Note) -> None:
    """Read the note."""
