"""Toshiba's APP6 of a JPEG (`EPPIM`): a TIFF structure whose one entry is Print Image Matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.ifd import Vocabulary, Walker, as_they_are, begun

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_PRINT_IM = 0xC4A5


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature."""
    structure = begun(view, reading, _VOCABULARY)
    if structure is not None:
        walker, first = structure
        walker.directory(first, "EPPIM", 0)


def _descend(walker: Walker, entry: Entry, _: int) -> None:
    body = walker.view.sub(entry.place, entry.length)
    blocks.parse("print-im", body, walker.reading, "EPPIM")


_VOCABULARY = Vocabulary({}, {}, (), (_PRINT_IM,), as_they_are, _descend)
