"""DNGPrivateData (DNG 1.7, chapter 4): what a maker hides in a DNG, by the mark it begins with.

A maker's note is kept in it by Adobe's converter, by Pentax and by Samsung. What has none of their
marks is shown as bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_PRIVATE = Definition(0xC634, "DNGPrivateData", None, binary)
_MARKS = (b"Adobe\0", b"PENTAX \0", b"SAMSUNG\0")
_LONGEST_MARK = 8


def parse(view: ByteView, reading: Reading) -> None:
    """Note the bytes of a block that no maker is known by."""
    size = len(view)
    if not view.take(0, min(size, _LONGEST_MARK)).startswith(_MARKS):
        tag = Tag("IFD0", _PRIVATE, UNDEFINED, size, None, view.start, size)
        reading.add("IFD0", [tag], view.span(0, size))
