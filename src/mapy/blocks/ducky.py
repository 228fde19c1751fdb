"""What Photoshop's "Save for Web" notes in APP12 of a JPEG: `Ducky`, then rows of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value


def _percent(value: Value) -> Value:
    return f"{value}%"


_QUALITY = 1
_DEFINITIONS = {
    1: Definition(1, "Quality", say=_percent),
    2: Definition(2, "Comment"),
    3: Definition(3, "Copyright"),
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the rows behind the signature: a number, a length, a value; 0 ends them."""
    tags: list[Tag] = []
    at = 0
    while view.has(at, 4) and (number := view.u16be(at)):
        size = view.u16be(at + 2)
        body = view.sub(at + 4, size)
        definition = _DEFINITIONS.get(number)
        if definition is not None and size >= 4:  # noqa: PLR2004 - a number, or a text's length
            value = body.u32be(0) if number == _QUALITY else _text(body)
            tags.append(Tag("Ducky", definition, PLAIN, 1, value, body.start, size))
        at += 4 + size
    reading.add("Ducky", tags, view.span(0, len(view)))


def _text(body: ByteView) -> str:
    """UTF-16 behind the number of its characters."""
    length = min(2 * body.u32be(0), (len(body) - 4) & ~1)
    return body.take(4, length).decode("utf-16-be", "replace").partition("\0")[0]
