"""DNGPrivateData (DNG 1.7, chapter 4): what a maker keeps in a DNG, by the mark it begins with.

Adobe's converter keeps the maker's note of the raw file in it, Pentax and Samsung write theirs
there at once. What has none of their marks is shown as bytes.
"""

from __future__ import annotations

from importlib import import_module
from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.ifd import BYTE_ORDERS, EXIF, Walker
from mapy.blocks.ifd_entry import Entry
from mapy.buffer import ByteView
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.reading import Reading

_PRIVATE = Definition(0xC634, "DNGPrivateData", None, binary)
_MAKER_NOTE = 0x927C
_ADOBE = b"Adobe\0"
_NOTES = (b"PENTAX \0", b"SAMSUNG\0", b"RICOH\0II", b"RICOH\0MM")
_LONGEST_MARK = 8
_HEAD = Struct(">4sI")
_ORIGIN = Struct(">2sI")
"""The note's byte order, and where it stood in the raw file."""


def parse(walker: Walker, entry: Entry) -> None:
    """Read what an entry of IFD0 holds.

    Raises:
        OutOfBounds: a block of Adobe's is cut short.
    """
    view, at, size = walker.view, entry.place, entry.length
    mark = view.take(at, min(size, _LONGEST_MARK))
    if mark.startswith(_NOTES):
        _read_note(walker, Entry(_MAKER_NOTE, None, at, size))
    elif mark.startswith(_ADOBE):
        if size <= walker.reading.limits.block_bytes:
            _read_adobe(view.sub(at, size), walker.reading)
    else:
        tag = Tag("IFD0", _PRIVATE, UNDEFINED, size, None, view.start + at, size)
        walker.reading.add("IFD0", [tag], view.span(at, size))


def _read_note(walker: Walker, entry: Entry) -> None:
    import_module("mapy.makernotes").parse(walker, entry)


def _read_adobe(view: ByteView, reading: Reading) -> None:
    """Walk Adobe's blocks: four letters, a length, padded data."""
    at = len(_ADOBE)
    while view.has(at, _HEAD.size):
        reading.budget.spend("chunks")
        kind, length = view.unpack(_HEAD, at)
        at += _HEAD.size
        if kind == b"MakN" and length > _ORIGIN.size:
            _read_moved_note(view.sub(at, length), reading)
        at += length + (length & 1)


def _read_moved_note(view: ByteView, reading: Reading) -> None:
    """Read a note whose offsets still count from the start of the raw file."""
    mark, origin = view.unpack(_ORIGIN, 0)
    layouts = BYTE_ORDERS.get(mark)
    size = len(view) - _ORIGIN.size
    if layouts is None or origin > reading.limits.value_bytes:
        reading.problem(
            "dng.bad-note", "A note from the raw file is not to be read.", view.span(0, len(view))
        )
        return
    # So that offsets lead to the right places, zeros stand for what was in front of the note.
    content = bytes(origin) + view.take(_ORIGIN.size, size)
    moved = ByteView(content, view.start + _ORIGIN.size - origin)
    walker = Walker(moved, reading, layouts[0], EXIF)
    _read_note(walker, Entry(_MAKER_NOTE, None, origin, size))
