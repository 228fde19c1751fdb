"""Small segments of JPEG with fields at fixed places; what each is tells its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.jpeg_records import JPS, JPS_COMMENT, RECORDS
from mapy.tiff_types import ASCII

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_LONGEST_SIGNATURE = 8
_COMMENT = 16
"""Where the comment of JPS begins; its length stands in the two bytes before."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload of a segment, signature included: one directory."""
    head = view.take(0, min(len(view), _LONGEST_SIGNATURE))
    for signature, table in RECORDS.items():
        if head.startswith(signature):
            tags = table.tags(view)
            if signature == JPS and view.has(_COMMENT, 1):
                size = min(view.u16be(_COMMENT - 2), len(view) - _COMMENT)
                raw = view.take(_COMMENT, size)
                tags.append(
                    Tag(table.group, JPS_COMMENT, ASCII, size, raw, view.start + _COMMENT, size)
                )
            reading.add(table.group, tags, view.span(0, len(view)))
            return
