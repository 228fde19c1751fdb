"""Minolta and Konica Minolta: an IFD without a signature; its records are big-endian.

Its offsets count from the TIFF header around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes.minolta.records import A100, reads, reads_of_a100, says_stabilized
from mapy.makernotes.note import Meanings, ifd_table
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Directory

_FOREIGN = (b"MINOL\0", b"CAMER\0", b"MLY0", b"KC", b"+M+M", b"\xd7")
"""How notes begin of cameras that others made for Minolta: Olympus's, or without a structure."""


_FIVE_D = ("DYNAX 5D", "MAXXUM 5D", "ALPHA SWEET")


def _settings_of_slr(note: Note, piece: Piece) -> None:
    """The settings of the 5D and of the A100."""
    if note.model.startswith(_FIVE_D):
        reads("CameraSettings5D")(note, piece)
    elif note.model == A100:
        reads("CameraSettingsA100")(note, piece)


def _settings(note: Note, piece: Piece) -> None:
    """The settings of compact cameras; those of the X31 are not known."""
    if note.model != "DiMAGE X31":
        reads("CameraSettings")(note, piece)


MAIN = ifd_table(
    "minolta",
    "Main",
    Meanings(
        handlers={
            0x0001: reads("CameraSettings"),
            0x0003: _settings,
            0x0004: reads("CameraSettings7D"),
            0x0010: reads_of_a100("CameraInfoA100", "<"),
            0x0018: says_stabilized,
            0x0020: reads_of_a100("WBInfoA100"),
            0x0114: _settings_of_slr,
        },
    ),
)._replace(places=frozenset({0x0088}))
_PREVIEW = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
_UNTOLD = Definition(0x927C, "MakerNoteMinolta3", None, numbers.binary)
"""A note that nobody can read."""


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), _LONGEST))
    if head.startswith(_FOREIGN):
        size = len(note.block)
        tag = Tag("ExifIFD", _UNTOLD, UNDEFINED, size, None, note.block.start, size)
        note.add("ExifIFD", [tag], note.block, {})
        return
    first = len(note.reading.directories)
    note.ifd(MAIN, note.at)
    if first < len(note.reading.directories):
        _add_preview(note, note.reading.directories[first])


_LONGEST = max(map(len, _FOREIGN))


def _add_preview(note: Note, main: Directory) -> None:
    """Add the picture that the main directory says where to find."""
    found = {tag.id: tag for tag in main}
    start, length = found.get(0x0088), found.get(0x0089)
    if start is None or length is None or 0x0081 in found:  # noqa: PLR2004 - the picture itself
        return
    at, size = start.raw, length.raw
    if isinstance(at, int) and isinstance(size, int) and size:
        tag = Tag(main.name, _PREVIEW, UNDEFINED, size, None, at, size)
        note.add(main.name, [tag], note.block, {})
