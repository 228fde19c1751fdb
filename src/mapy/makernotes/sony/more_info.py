"""MoreInfo: a small directory of records inside an entry of Sony's main IFD.

The number of records, the length of all, then for each its number and where it begins. A record
ends where the next begins.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.makernotes.sony import records

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.note import Note

_SECTIONS = {
    0x0001: "MoreSettings",
    0x0002: "FaceInfo",
    0x0201: "MoreInfo0201",
    0x0401: "MoreInfo0401",
}
_HEAD, _ENTRY = 4, 4
_MAX_RECORDS = 64
"""Cameras write about twenty."""


def read(note: Note, view: ByteView, order: str) -> None:
    """Read the records that are known."""
    pair = Struct(order + "HH")
    count, _ = view.unpack(pair, 0)
    count = min(count, _MAX_RECORDS, (len(view) - _HEAD) // _ENTRY)
    entries = [view.unpack(pair, _HEAD + _ENTRY * number) for number in range(count)]
    ends = sorted({offset for _, offset in entries} | {len(view)})
    for number, offset in entries:
        section = _SECTIONS.get(number)
        if section is None or offset >= len(view):
            continue
        end = min(place for place in ends if place > offset)
        if section == "FaceInfo" and note.model.startswith(_EARLY):
            section = "FaceInfoA"
        records.read(note, section, view.sub(offset, end - offset), order)


_EARLY = ("DSLR-A450", "DSLR-A500", "DSLR-A550")
