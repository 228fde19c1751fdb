"""XMP in a segment of JPEG whose head is not the one that the standard asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import blocks

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_NEAR = 512
"""Bytes of a segment in which the packet begins."""


def parse(view: ByteView, reading: Reading) -> None:
    """Hand the packet, from its first element or instruction on, to the parser of XMP."""
    at = view.take(0, min(len(view), _NEAR)).find(b"<")
    if at >= 0:
        blocks.parse("xmp", view.sub(at, len(view) - at), reading, "APP1")
