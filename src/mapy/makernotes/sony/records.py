"""Sony's records: found by the number of their entry, by the camera, by how they begin."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields
from mapy.makernotes.sony.cipher import deciphered
from mapy.makernotes.sony.meanings import BY_SECTION, ENCIPHERED
from mapy.makernotes.sony.models import variants

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from mapy.buffer import ByteView
    from mapy.makernotes.note import Handler, Note, Piece
    from mapy.model import Tag

GROUP = "Sony"
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
        "AFInfo" if section.startswith("AFInfo") else section,
        UNITS.get(section, "int8u"),
        BY_SECTION.get(section, ENCIPHERED),
        masks=MASKS.get(section),
        variants=variants(section, model),
    )


def read(note: Note, section: str, view: ByteView, order: str) -> None:
    """Read a block as a section.

    What the main IFD or an earlier block tells is not told again: the cameras write the same
    settings into several blocks, and keep up to date what stands in the main IFD.
    """
    final = _FINAL.get(section, frozenset())
    skipped = set() if section in _ALWAYS_FINAL else _told(note) - final
    read_layout(note, record(section, note.model), view, order, skipped)


def read_layout(
    note: Note, layout: Fields, view: ByteView, order: str, skipped: set[str] | None = None
) -> None:
    """Read a block of that layout, but for what is skipped: what was told before, unless given."""
    told = _told(note)
    skipped = set(told) if skipped is None else skipped
    tags: list[Tag] = []
    for tag in note.hooked(layout.tags(view, order), layout.hooks):
        name = tag.definition.name
        if name in skipped:
            continue
        if name in _FIRST_COUNTS:
            skipped.add(name)
        tags.append(tag)
    told.update([tag.definition.name for tag in tags])
    note.add(layout.group, tags, view, {})


_FIRST_COUNTS = {
    "DynamicRangeOptimizer",
    "DynamicRangeOptimizerMode",
    "FolderNumber",
    "ImageNumber",
    "LensSpecFeatures",
    "PictureProfile",
}
"""Of what a record tells more than once, the last counts, but for these."""
_ALWAYS_FINAL = {"Tag9400a", "Tag9400b"}
"""Blocks that count for more than what was told before them."""
_FINAL: Mapping[str, AbstractSet[str]] = {
    "ShotInfo": {"SonyDateTime", "SonyImageHeight", "SonyImageWidth", "FacesDetected"},
    "Tag9416": {
        "SonyISO", "StopsAboveBaseISO", "SonyExposureTime2", "ExposureTime", "SonyFNumber2",
        "SonyMaxApertureValue", "SequenceImageNumber", "LensMount",
        "LensFormat", "LensType", "LensType2", "DistortionCorrParams", "PictureProfile",
        "FocalLength", "MinFocalLength", "MaxFocalLength", "VignettingCorrParams",
        "ChromaticAberrationCorrParams",
    },
}  # fmt: skip
"""What other blocks tell that counts for more than what was told before."""


def _told(note: Note) -> set[str]:
    """The names of the tags of the note that were read."""
    told: set[str] | None = note.seen.get("told")
    if told is None:
        directories = note.reading.directories
        told = note.seen["told"] = {
            tag.definition.name
            for directory in directories
            if directory.name == GROUP
            for tag in directory.tags
        }
    return told


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
