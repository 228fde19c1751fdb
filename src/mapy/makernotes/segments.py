"""Makers' notes in a segment of JPEG of their own: APP7 of Pentax, Ricoh and DJI."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mapy.makernotes.note import Note

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_READERS = {b"PENTAX \0": "pentax", b"RICOH\0": "ricoh", b"[": "dji"}
"""How the note begins, and the module that reads it."""
_HEAD = 8


def parse(view: ByteView, reading: Reading) -> None:
    """Read the note that a segment holds; its offsets count from its own start."""
    head = view.take(0, min(len(view), _HEAD))
    for signature, maker in _READERS.items():
        if head.startswith(signature):
            note = Note(view, view, "<", reading)
            import_module(f"mapy.makernotes.{maker}").parse(note)
            return
