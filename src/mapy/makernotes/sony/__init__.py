"""Sony: an IFD, mostly behind a signature of 12 bytes; many of its blocks are enciphered.

Its offsets count from the TIFF header around it. Hasselblad sold some of these cameras, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.makernotes.sony.main import MAIN
from mapy.makernotes.sony.pending import read_pending

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_SIGNATURES = (b"SONY DSC ", b"SONY CAM ", b"SONY MOBILE", b"\0\0SONY PIC\0", b"VHAB     \0")
_SIGNATURE_LENGTH = 12
_CHAIN_OF_SRF = b"\x01\x00"
"""How the note of the DSC-F828's raw files begins: a chain of enciphered IFDs."""
_SOLD_BY_HASSELBLAD = re.compile("HV|Stellar|Lusso|Lunar")


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), _SIGNATURE_LENGTH))
    start = _SIGNATURE_LENGTH if head.startswith(_SIGNATURES) else 0
    if not start and not _is_bare(note, head):
        return
    first = len(note.reading.directories)
    note.ifd(MAIN, note.at + start)
    read_pending(note, first)


def _is_bare(note: Note, head: bytes) -> bool:
    """Whether the note is the IFD without a signature."""
    if head.startswith((_CHAIN_OF_SRF, b"SONY ")):
        return False
    is_hasselblad = note.make.lower().startswith("hasselblad")
    return not is_hasselblad or _SOLD_BY_HASSELBLAD.match(note.model) is not None
