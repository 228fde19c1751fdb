"""Toshiba's APP6 of a JPEG (`EPPIM`): a TIFF structure whose one entry is Print Image Matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.ifd import BYTE_ORDERS, Entry, Vocabulary, Walker

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading

_PRINT_IM = 0xC4A5


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature."""
    layouts = BYTE_ORDERS.get(view.take(0, 2))
    if layouts is not None:
        layout = layouts[0]
        first = view.unpack(layout.offset, layout.first)[0]
        Walker(view, reading, layout, _VOCABULARY).directory(first, "EPPIM", 0)


def _as_they_are(_: Walker, tags: list[Tag], __: str) -> list[Tag]:
    return tags


def _descend(walker: Walker, entry: Entry, _: int) -> None:
    body = walker.view.sub(entry.place, entry.length)
    blocks.parse("print-im", body, walker.reading, "EPPIM")


_VOCABULARY = Vocabulary({}, {}, (), (_PRINT_IM,), _as_they_are, _descend)
