"""JPEG XL: the codestream's header (ISO/IEC 18181-1, section D.2) and the container (18181-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.boxes import Box, walk
from mapy.errors import OutOfBounds
from mapy.formats.jp2 import read_box
from mapy.model import Tag
from mapy.tags.file import FILE
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_SIGNATURE = b"\0\0\0\x0cJXL \r\n\x87\n"
_CODESTREAM = b"\xff\x0a"
_SIZE_BYTES = 12
"""More than the longest header of sizes."""
_BIT_COUNTS = (9, 13, 18, 30)
_EIGHTH_BITS, _RATIO_BITS = 5, 3
_RATIOS = ((1, 1), (6, 5), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
"""Width to height, by the field `ratio`, from 1."""
_PART_HEAD = 4
"""The number of a part, in front of it in a `jxlp` box."""


class Jxl:
    """The container of JPEG XL."""

    name = "JXL"
    media_type = "image/jxl"
    extension = "JXL"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the signature box."""
        return head.startswith(_SIGNATURE)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the boxes to the end of the file."""
        has_size = False
        for box in walk(view, reading):
            try:
                if box.kind in (b"jxlc", b"jxlp"):
                    skip = _PART_HEAD if box.kind == b"jxlp" else 0
                    has_size = has_size or _read_size(view, reading, box.at + skip, box.end)
                elif box.kind == b"brob":
                    _read_packed(view, reading, box)
                else:
                    read_box(view, reading, box)
            except OutOfBounds:
                reading.problem("jxl.cut-short", "A box is cut short.", view.span(box.at, box.size))


class JxlCodestream:
    """JPEG XL without a container."""

    name = "JXL Codestream"
    media_type = "image/jxl"
    extension = "JXL"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the codestream's signature."""
        return head.startswith(_CODESTREAM)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the size; a codestream has no other metadata."""
        _read_size(view, reading, 0, view.size)


def _read_packed(view: ByteView, reading: Reading, box: Box) -> None:
    from mapy.blocks.brob import unpacked  # noqa: PLC0415 - most files have no such box

    inner = unpacked(view, reading, box)
    if inner is not None:
        for held in walk(inner, reading):
            read_box(inner, reading, held)


class _Bits:
    """Bits from the lowest of the first byte on."""

    def __init__(self, content: bytes) -> None:
        self._bits = int.from_bytes(content, "little")

    def take(self, count: int) -> int:
        """The next `count` bits."""
        taken = self._bits & ((1 << count) - 1)
        self._bits >>= count
        return taken


def _read_size(view: ByteView, reading: Reading, at: int, end: int) -> bool:
    """Add the size that a codestream begins with; whether there is one."""
    size = min(end - at, _SIZE_BYTES)
    if size <= len(_CODESTREAM) or view.take(at, len(_CODESTREAM)) != _CODESTREAM:
        return False
    bits = _Bits(view.take(at + 2, size - 2))
    is_small = bits.take(1)
    height = _length(bits, is_small)
    ratio = bits.take(_RATIO_BITS)
    if ratio:
        across, down = _RATIOS[ratio - 1]
        width = height * across // down
    else:
        width = _length(bits, is_small)
    reading.check_pixels(width, height)
    tags = [
        Tag("File", FILE[name], PLAIN, 1, value, view.start + at + 2, size - 2)
        for name, value in (("ImageWidth", width), ("ImageHeight", height))
    ]
    reading.add("File", tags, view.span(at, size))
    return True


def _length(bits: _Bits, is_small: int) -> int:
    """A height or width: eighths where it is small, else in one of four widths."""
    if is_small:
        return (bits.take(_EIGHTH_BITS) + 1) * 8
    return bits.take(_BIT_COUNTS[bits.take(2)]) + 1
