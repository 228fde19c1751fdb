"""Scalado's APP4 of a JPEG, in phones of Sony Ericsson and others: the size of a preview."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_FIRST = 8
"""Where the rows begin, counted from behind the signature."""
_ROW = Struct(">4sIi")
"""Key, version, value."""
_MOST_ROWS = 100
_DEFINITIONS = {
    key: Definition(key.decode(), name)
    for key, name in (
        (b"HGHT", "PreviewImageHeight"),
        (b"QUAL", "PreviewQuality"),
        (b"WDTH", "PreviewImageWidth"),
    )
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature: rows of keys and numbers."""
    tags: list[Tag] = []
    for number in range(_MOST_ROWS):
        at = _FIRST + number * _ROW.size
        if not view.has(at, _ROW.size):
            break
        key, _, value = view.unpack(_ROW, at)
        definition = _DEFINITIONS.get(key)
        if definition is not None:
            tags.append(Tag("Scalado", definition, PLAIN, 1, abs(value), view.start + at + 8, 4))
        elif not key.isalnum():
            break
    reading.add("Scalado", tags, view.span(0, len(view)))
