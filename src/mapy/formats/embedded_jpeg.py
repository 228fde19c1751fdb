"""The JPEG inside a camera raw file: its segments are read as those of a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.errors import OutOfBounds
from mapy.formats.jpeg import SOI, read_segments

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

MOST = 512 * 1024
"""Bytes in front of a picture's data: what is read of an embedded JPEG."""


def read_embedded_jpeg(view: ByteView, reading: Reading, at: int, length: int) -> None:
    """Read the segments of the JPEG at a place, if there is one."""
    size = min(length, view.size - at, MOST)
    if size < len(SOI) or view.take(at, len(SOI)) != SOI:
        return
    try:
        read_segments(view.sub(at, size), reading, len(SOI) - 1)
    except OutOfBounds:
        reading.problem("jpeg.truncated", "The embedded JPEG is cut short.", view.span(at, size))
