"""The JFIF extension (ECMA TR/98, section 10.2): a thumbnail, which may be a JPEG of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_DEFINITIONS = {
    code: Definition(code, name, convert=binary)
    for code, name in ((0x10, "ThumbnailImage"), (0x11, "ThumbnailTIFF"), (0x13, "ThumbnailTIFF"))
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind `JFXX` and its NUL: a code, then the thumbnail."""
    definition = _DEFINITIONS.get(view.u8(0))
    if definition is None:
        return
    length = len(view) - 1
    tag = Tag("JFXX", definition, UNDEFINED, length, None, view.start + 1, length)
    reading.add("JFXX", [tag], view.span(0, len(view)))
