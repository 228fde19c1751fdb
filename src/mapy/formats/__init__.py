"""The containers: each knows the structure of a format and finds its blocks, not what they mean.

A format is a row of `FORMATS`: recognised by its first bytes, in this order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mapy.formats.jpeg import Jpeg
from mapy.formats.png import Png
from mapy.formats.tiff import Tiff
from mapy.formats.webp import WebP

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading


class Format(Protocol):
    """What a container must offer."""

    name: str
    media_type: str
    extension: str

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins so is of this format."""

    def read(self, view: ByteView, reading: Reading) -> None:
        """Find the blocks and hand each to its parser."""


FORMATS: tuple[Format, ...] = (Jpeg(), Png(), WebP(), Tiff())


def recognise(head: bytes) -> Format | None:
    """The format of a file that begins with `head`, or None."""
    for format_ in FORMATS:
        if format_.recognises(head):
            return format_
    return None
