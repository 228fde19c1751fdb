"""Sony's records: found by the number of their entry, by the camera, by how they begin."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.sony.cipher import deciphered
from mapy.makernotes.sony.meanings import BY_SECTION, ENCIPHERED
from mapy.makernotes.sony.models import variants

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.note import Handler, Note, Piece

UNITS = {
    "CameraSettings": "int16u",
    "CameraSettings2": "int16u",
    "FaceInfo": "int16u",
    "FaceInfoA": "int16u",
    "Panorama": "int32u",
}
"""What places are counted in, where it is not bytes."""
MASKS = {
    "CameraInfo": {"305": 0x80, "305.1": 0x7F},
    "CameraSettings3": {"276": 0xFFC000, "276.1": 0x3FFF},
}


@lru_cache(maxsize=256)
def record(section: str, model: str) -> Fields:
    """The layout of a section for a camera."""
    return fields(
        "sony",
        section,
        UNITS.get(section, "int8u"),
        BY_SECTION.get(section, ENCIPHERED),
        masks=MASKS.get(section),
        variants=variants(section, model),
    )


def read(note: Note, section: str, view: ByteView, order: str) -> None:
    """Read a block as a section."""
    read_fields(record(section, note.model), note, view, order)


def reads(section: str, order: str = "") -> Handler:
    """A handler that reads an entry's block as this section."""

    def handle(note: Note, piece: Piece) -> None:
        read(note, section, piece.view, order or piece.order)

    return handle


def reads_enciphered(section: str) -> Handler:
    """A handler that deciphers an entry's block and reads it as this section."""

    def handle(note: Note, piece: Piece) -> None:
        read(note, section, deciphered(piece.view), "<")

    return handle
