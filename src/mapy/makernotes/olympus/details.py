"""Olympus: the details of a point of focus, which OM-D and OM cameras pack into 16 bits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapy.makernotes.olympus import words

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_PACKED: Final = re.compile(r"E-M|OM-")
_PARTS: Final = (
    (13, 0x7, {0: "No Subject Detection", 1: "Motorsports", 2: "Airplanes", 3: "Trains",
               4: "Birds", 5: "Dogs & Cats", 6: "Human"}),
    (12, 0x1, {0: "Face Priority", 1: "Target Priority"}),
    (11, 0x1, {0: "Normal AF", 1: "AF on Half Press"}),
    (8, 0x3, {0: "No Eye-AF", 1: "Right Eye Priority", 2: "Left Eye Priority",
              3: "Both Eyes Priority"}),
    (7, 0x1, {0: "No Face Detection", 1: "Face Detection"}),
    (5, 0x1, {0: "No MF", 1: "With MF"}),
    (4, 0x1, {0: "AF Priority", 1: "Release Priority"}),
    (3, 0x1, {0: "No Object found", 1: "Object found"}),
    (0, 0x7, {0: "MF", 1: "S-AF", 2: "C-AF", 6: "C-AF + TR"}),
)  # fmt: skip
"""Of each part its lowest bit, how wide it is, and what it means."""


def _unpacked(tag: Tag) -> Value:
    return " ".join([str(tag.raw >> lowest & mask) for lowest, mask, _ in _PARTS])


_say = words.listed(*(names for *_, names in _PARTS), unknown="Unknown (0x{:x})")


def point_details(note: Note, tag: Tag) -> Tag:
    """The details in their parts; older cameras tell one number."""
    if not _PACKED.match(note.model) or not isinstance(tag.raw, int):
        return tag
    return tag._replace(definition=tag.definition._replace(convert=_unpacked, say=_say))
