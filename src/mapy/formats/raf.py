"""RAF: Fujifilm's raw files. A header, the camera's JPEG, directories, the sensor's data.

The header keeps place and length of each; of a sensor with two kinds of pixels there are two sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks import raf_directory
from mapy.errors import OutOfBounds
from mapy.formats.embedded_jpeg import read_embedded_jpeg
from mapy.model import Tag
from mapy.tags.raf import COMPRESSION, FIRMWARE, PREVIEW
from mapy.tiff_types import ASCII, PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

SIGNATURE = b"FUJIFILMCCD-RAW"
_VERSION_AT, _VERSION_SIZE = 0x3C, 4
_JPEG_AT, _COMPRESSION_AT = 0x54, 0x6C
_MOST_COMPRESSIONS = 0xFF
"""In a shorter header the JPEG begins there, which gives a larger number."""
_HEADER_SIZE = 0x70
_DIRECTORIES = (("RAF", 0x5C), ("RAF2", 0x78))
"""By group: where the header keeps place and length of a directory."""
_SENSORS = (("FujiIFD", 0x64), ("FujiIFD2", 0x80))
"""The same for the directory in front of a sensor's data."""


class Raf:
    """RAF and its parts."""

    name = "RAF"
    media_type = "image/x-fujifilm-raf"
    extension = "RAF"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with Fujifilm's signature."""
        return head.startswith(SIGNATURE)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the header, then each part that it tells of."""
        _read_header(view, reading)
        at, length = view.u32be(_JPEG_AT), view.u32be(_JPEG_AT + 4)
        read_embedded_jpeg(view, reading, at, length)
        if length:
            tag = Tag("File", PREVIEW, UNDEFINED, length, None, view.start + at, length)
            reading.add("File", [tag], view.span(at, length))
        for group, place in _DIRECTORIES:
            # Without a second set the JPEG begins where its header would be.
            if place + 4 > view.u32be(_JPEG_AT):
                continue
            at, length = view.u32be(place), view.u32be(place + 4)
            if at and length:
                _part(raf_directory.read_directory, view, reading, at, group)
        for group, place in _SENSORS:
            at = view.u32be(place) if place + 4 <= view.u32be(_JPEG_AT) else 0
            if at:
                _part(raf_directory.read_ifd, view, reading, at, group)


def _read_header(view: ByteView, reading: Reading) -> None:
    version = view.take(_VERSION_AT, _VERSION_SIZE)
    tags = [Tag("RAF", FIRMWARE, ASCII, 4, version, view.start + _VERSION_AT, _VERSION_SIZE)]
    compression = view.u32be(_COMPRESSION_AT)
    if compression <= _MOST_COMPRESSIONS:
        tags.append(Tag("RAF", COMPRESSION, PLAIN, 1, compression, _COMPRESSION_AT, 4))
    reading.add("RAF", tags, view.span(0, _HEADER_SIZE))


def _part(
    read: raf_directory.Reader, view: ByteView, reading: Reading, at: int, group: str
) -> None:
    """Read one part; a broken one is a problem."""
    try:
        read(view, reading, at, group)
    except OutOfBounds:
        reading.problem("raf.cut-short", "A directory is cut short.", view.span(at, 0))
