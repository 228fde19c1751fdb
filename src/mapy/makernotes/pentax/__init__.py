"""Pentax: an IFD with records, a topic each; the newer Ricohs write it too.

A note begins with `AOC`, and its offsets count from the TIFF header, or with `PENTAX` (newer
cameras and DNG) and they count from its own start, or `S1` (small cameras by other makers).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes.hp import read_labels
from mapy.makernotes.pentax import main
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.note import Note

_OWN_OFFSETS = {b"PENTAX \0": 10, b"S1\0\0\0\0\0\0\x0c\0\0\0": 12}
"""Notes whose offsets count from their own start, and where their IFD begins."""
_AOC, _AOC_AT = b"AOC\0", 6
_DIGITS = 3
"""The first bytes of a note that is a text, as small cameras by other makers write it."""


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), 16))
    if head[:_DIGITS].isdigit():
        read_labels(note, "pentax", "Type4")
        return
    view, at = note.view, note.at
    table = main.newer()
    for signature, start in _OWN_OFFSETS.items():
        if head.startswith(signature):
            view, at = note.block, start
            break
    else:
        if head.startswith(_AOC):
            at += _AOC_AT
        else:
            table = main.oldest()
    first = len(note.reading.directories)
    note.ifd(table, at, view=view, order=note.order_at(at, view))
    _preview(note, first, view)


def _preview(note: Note, first: int, view: ByteView) -> None:
    """Add the picture that a start and a length point to."""
    for directory in note.reading.directories[first:]:
        found = {tag.name: tag for tag in directory if tag.name.startswith("PreviewImage")}
        start, length = found.get("PreviewImageStart"), found.get("PreviewImageLength")
        if start is None or length is None:
            continue
        if isinstance(start.raw, int) and isinstance(length.raw, int) and length.raw:
            picture = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
            tag = Tag(main.GROUP, picture, UNDEFINED, length.raw, None, start.raw, length.raw)
            note.add(main.GROUP, [tag], view, {})
            return
