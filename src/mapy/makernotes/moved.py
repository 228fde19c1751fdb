"""Notes that a program has moved without telling their offsets."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy.buffer import ByteView
from mapy.tiff_types import TIFF_TYPES

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_ENTRY: Final = "HHII"
_NEXT: Final = 4
"""Bytes of the offset of the next IFD, behind the entries; also what fits into an entry."""
_MOST_ENTRIES: Final = 1000
_NOTHING_BEFORE: Final = 0x10000
"""How far offsets may count from in front of the file."""


def unmoved(note: Note, at: int, order: str) -> tuple[ByteView, int]:
    """A view in which offsets hold even where a program has moved the note; the IFD's place in it.

    A camera writes its values right behind the IFD; where they seem to lie elsewhere, all offsets
    are wrong by the same number.
    """
    view = note.view
    entry = Struct(order + _ENTRY)
    count = view.unpack(Struct(order + "H"), at)[0]
    end = at + 2 + count * entry.size
    if count > _MOST_ENTRIES or not view.has(at, end + _NEXT - at):
        return view, at
    starts = []
    for number in range(count):
        _, kind, values, offset = view.unpack(entry, at + 2 + number * entry.size)
        if kind in TIFF_TYPES and TIFF_TYPES[kind].size * values > _NEXT:
            starts.append(offset)
    shift = end + _NEXT - min(starts, default=end)
    if shift in (0, _NEXT):
        return view, at
    file, start = note.reading.file, note.view.start + shift
    begin = max(start, 0)
    size = note.block.start + len(note.block) - begin
    before = begin - start
    if before > _NOTHING_BEFORE or not 0 < size <= note.reading.limits.block_bytes:
        return view, at
    return ByteView(bytes(before) + file.take(begin, size), start), at - shift
