"""The JFIF header (ECMA TR/98, section 10.1): version, resolution, thumbnail size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks.record import record, tags_of
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value


def _version(value: Value) -> Value:
    major, _, minor = str(value).partition(" ")
    return f"{major}.{minor:0>2}"


_HEADER = record(
    "JFIF",
    ">",
    ("2B", Definition(0, "JFIFVersion", say=_version)),
    ("B", Definition(2, "ResolutionUnit", {0: "None", 1: "inches", 2: "cm"})),
    ("H", Definition(3, "XResolution")),
    ("H", Definition(5, "YResolution")),
)
_THUMBNAIL = record(
    "JFIF",
    ">",
    ("B", Definition(7, "ThumbnailWidth")),
    ("B", Definition(8, "ThumbnailHeight")),
)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `JFIF` and its NUL."""
    tags = tags_of(_HEADER, view)
    at, size = _HEADER.layout.size, _THUMBNAIL.layout.size
    if view.has(at, size) and any(view.take(at, size)):
        tags += tags_of(_THUMBNAIL, view.sub(at, size))
    reading.add("JFIF", tags, view.span(0, len(view)))
