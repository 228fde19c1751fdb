"""Sony: an IFD, mostly behind a signature of 12 bytes; many of its blocks are enciphered.

Its offsets count from the TIFF header around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.sony.main import MAIN
from mapy.makernotes.sony.pending import read_pending

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_SIGNATURES = (b"SONY DSC ", b"SONY CAM ", b"SONY MOBILE", b"\0\0SONY PIC\0", b"VHAB     \0")
_SIGNATURE_LENGTH = 12


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), _SIGNATURE_LENGTH))
    start = _SIGNATURE_LENGTH if head.startswith(_SIGNATURES) else 0
    first = len(note.reading.directories)
    note.ifd(MAIN, note.at + start)
    read_pending(note, first)
