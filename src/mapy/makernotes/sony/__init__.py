"""Sony: an IFD, mostly behind a signature of 12 bytes; many of its blocks are enciphered.

Its offsets count from the TIFF header around it. Hasselblad sold some of these cameras, too.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes import unknown
from mapy.makernotes.note import Meanings, ifd_table
from mapy.makernotes.sony.main import MAIN
from mapy.makernotes.sony.pending import read_pending
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.note import IfdTable, Note

_SIGNATURES = (b"SONY DSC ", b"SONY CAM ", b"SONY MOBILE", b"\0\0SONY PIC\0", b"VHAB     \0")
_SIGNATURE_LENGTH = 12
_LOGS = b"SONY PIC\0"
"""How a note begins that is logs of text."""
_MAKE = "SONY"
"""Cameras; phones, whose notes are others, are of `Sony` or `Sony Ericsson`."""
_CHAIN_OF_SRF = b"\x01\x00"
"""How the note of the DSC-F828's raw files begins: a chain of enciphered IFDs."""
_SOLD_BY_HASSELBLAD = re.compile("HV|Stellar|Lusso|Lunar")


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), _SIGNATURE_LENGTH))
    if head.startswith(_ERICSSON):
        _ericsson(note)
        return
    if head.startswith(_CHAIN_OF_SRF) and note.make.startswith(_MAKE):
        from mapy.makernotes.sony import srf  # noqa: PLC0415 - two cameras of 2003 wrote it

        srf.parse(note)
        return
    if head.startswith(_LOGS):
        from mapy.makernotes.sony import pic  # noqa: PLC0415 - a few of the cheapest cameras

        pic.parse(note)
        return
    start = _SIGNATURE_LENGTH if head.startswith(_SIGNATURES) else 0
    if not start and not _is_bare(note, head):
        unknown.parse(note)  # phones of the name write texts and pictures
        return
    first = len(note.reading.directories)
    note.ifd(MAIN, note.at + start)
    read_pending(note, first)


def _is_bare(note: Note, head: bytes) -> bool:
    """Whether the note is the IFD without a signature."""
    if head.startswith((_CHAIN_OF_SRF, b"SONY ")):
        return False
    is_hasselblad = note.make.lower().startswith("hasselblad")
    if is_hasselblad:
        return _SOLD_BY_HASSELBLAD.match(note.model) is not None
    return note.make.startswith(_MAKE)


_ERICSSON = b"SEMC MS\0"
_ERICSSON_BASE, _ERICSSON_IFD = 12, 8
"""Where the header stands that offsets count from, and the directory behind it."""


@cache
def _ericsson_table() -> IfdTable:
    return ifd_table("sony", "Ericsson", Meanings())._replace(places=frozenset({0x0201}))


def _ericsson(note: Note) -> None:
    """Read the note of a phone of Sony Ericsson: where a preview lies, and the preview."""
    block, first = note.block, len(note.reading.directories)
    view = note.view.sub(note.at + _ERICSSON_BASE, len(note.view) - note.at - _ERICSSON_BASE)
    note.ifd(_ericsson_table(), _ERICSSON_IFD, view=view, order=note.order_at(_ERICSSON_IFD, view))
    for directory in note.reading.directories[first:]:
        found = {tag.name: tag.raw for tag in directory}
        start, length = found.get("PreviewImageStart"), found.get("PreviewImageLength")
        if isinstance(start, int) and isinstance(length, int) and length:
            tag = Tag(directory.name, _PREVIEW, UNDEFINED, length, None, start, length)
            note.add(directory.name, [tag], block, {})


_PREVIEW = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
