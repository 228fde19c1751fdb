"""The JFIF header (ECMA TR/98, section 10.1): version, resolution, size of an uncompressed thumbnail."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEADER = Struct(">BBBHH")
_THUMBNAIL = 7

_VERSION = Definition(
    0,
    "JFIFVersion",
    say=lambda value: ".".join(
        f"{int(part):0{1 + at}d}" for at, part in enumerate(str(value).split())
    ),
)
_UNIT = Definition(2, "ResolutionUnit", {0: "None", 1: "inches", 2: "cm"})
_X = Definition(3, "XResolution")
_Y = Definition(5, "YResolution")
_WIDTH = Definition(7, "ThumbnailWidth")
_HEIGHT = Definition(8, "ThumbnailHeight")


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `JFIF` and its NUL."""
    major, minor, unit, x, y = view.unpack(_HEADER, 0)
    start = view.start
    tags = [
        Tag("JFIF", _VERSION, PLAIN, 2, f"{major} {minor}", start, 2),
        Tag("JFIF", _UNIT, PLAIN, 1, unit, start + 2, 1),
        Tag("JFIF", _X, PLAIN, 1, x, start + 3, 2),
        Tag("JFIF", _Y, PLAIN, 1, y, start + 5, 2),
    ]
    if view.has(_THUMBNAIL, 2) and (size := view.take(_THUMBNAIL, 2)) != b"\0\0":
        tags.append(Tag("JFIF", _WIDTH, PLAIN, 1, size[0], start + _THUMBNAIL, 1))
        tags.append(Tag("JFIF", _HEIGHT, PLAIN, 1, size[1], start + _THUMBNAIL + 1, 1))
    reading.add("JFIF", tags, view.span(0, len(view)))
