"""Two records of DNG 1.7: a picture's place in a sequence, and the dynamic range of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.records import record
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "DNG"
_SEQUENCE = "0xCD44"
_TEXTS = tuple(Definition(name, name) for name in ("SeqID", "SeqType", "SeqFrameInfo"))
_PLACE = record(
    GROUP,
    ">",
    (0, "I", Definition(3, "SeqIndex")),
    (4, "I", Definition(7, "SeqCount")),
    (8, "B", Definition(11, "SeqFinal", {0: "No", 1: "Yes"})),
)
_RANGE = record(
    GROUP,
    ">",
    (0, "H", Definition(0, "PDRVersion")),
    (2, "H", Definition(2, "DynamicRange", {0: "Standard", 1: "High"})),
    (4, "f", Definition(4, "HintMaxOutputValue")),
)


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse the value of an entry, which has that number."""
    tags = _sequence(view) if name == _SEQUENCE else _RANGE.tags(view)
    reading.add(GROUP, tags, view.span(0, len(view)))


def _sequence(view: ByteView) -> list[Tag]:
    """Three texts, each with its NUL, and the record behind them."""
    tags: list[Tag] = []
    content = view.take(0, len(view))
    at = 0
    for definition in _TEXTS:
        text, mark, _ = content[at:].partition(b"\0")
        size = len(text) + len(mark)
        if size:
            tags.append(Tag(GROUP, definition, ASCII, size, text, view.start + at, size))
        at += size
    return tags + _PLACE.tags(view.sub(at, len(view) - at))
