"""The colour profile of PNG (third edition, section 11.3.2.3): a name, a compressed profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.png_text import inflate
from mapy.buffer import ByteView
from mapy.model import Tag
from mapy.tags.png import PROFILE_NAME
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.reading import Reading


def parse(_: str, view: ByteView, reading: Reading) -> None:
    """Parse the body of an iCCP chunk."""
    name, _end, packed = view.take(0, len(view)).partition(b"\0")
    tag = Tag("PNG", PROFILE_NAME, PLAIN, 1, name.decode("latin-1"), view.start, len(name))
    reading.add("PNG", [tag], view.span(0, len(view)))
    profile = inflate(packed[1:], reading, view)
    if profile:
        blocks.parse("icc", ByteView(profile, view.start), reading, "iCCP")
