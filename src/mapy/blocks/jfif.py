"""The JFIF header (ECMA TR/98, section 10.1): version, resolution, thumbnail size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.records import sequence
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value


def _version(value: Value) -> Value:
    major, _, minor = str(value).partition(" ")
    return f"{major}.{minor:0>2}"


_HEADER = sequence(
    "JFIF",
    ">",
    ("2B", Definition(0, "JFIFVersion", say=_version)),
    ("B", Definition(2, "ResolutionUnit", {0: "None", 1: "inches", 2: "cm"})),
    ("H", Definition(3, "XResolution")),
    ("H", Definition(5, "YResolution")),
)
_THUMBNAIL = sequence(
    "JFIF",
    ">",
    ("B", Definition(7, "ThumbnailWidth")),
    ("B", Definition(8, "ThumbnailHeight")),
)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `JFIF` and its NUL."""
    at, size = _HEADER.size, _THUMBNAIL.size
    tags = _HEADER.whole(view)
    if view.has(at, size) and any(view.take(at, size)):
        tags += _THUMBNAIL.tags(view.sub(at, size))
    reading.add("JFIF", tags, view.span(0, view.size))
