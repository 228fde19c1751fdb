"""EXIF that a PNG holds compressed: the chunk `zxIf` (PNG-ext proposal of 2020 for `eXIf`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.png_text import inflate
from mapy.buffer import ByteView

if TYPE_CHECKING:
    from mapy.reading import Reading

_HEAD = 5
"""A byte that tells how it is compressed, the length that it had before."""


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse the body of the chunk."""
    content = inflate(view.take(_HEAD, len(view) - _HEAD), reading, view)
    if content:
        # Its bytes have no place of their own in the file: offsets count from where it begins.
        blocks.parse("exif", ByteView(content, 0), reading, name)
