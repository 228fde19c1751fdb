"""The titles that Panasonic's cameras keep in IFD0: fields of fixed size, empty as a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_TITLES = {
    "0xC6D2": Definition(0xC6D2, "PanasonicTitle"),
    "0xC6D3": Definition(0xC6D3, "PanasonicTitle2"),
}


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Note a title, if there is one."""
    size = len(view)
    title = view.take(0, size)
    if title.partition(b"\0")[0]:
        tag = Tag("IFD0", _TITLES[name], ASCII, size, title, view.start, size)
        reading.add("IFD0", [tag], view.span(0, size))
