"""The directories of a RAF: lists of numbers, lengths and values, and one shaped like TIFF."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import TYPE_CHECKING, Any, TypeAlias

from mapy.blocks.ifd import BYTE_ORDERS, Vocabulary, Walker
from mapy.buffer import ByteView
from mapy.model import Tag
from mapy.reading import Reading
from mapy.tags.raf import IFD, RAF, SIZES, Row
from mapy.tiff_types import BYTE, SHORT, SRATIONAL, Rational

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.tags.definition import Definition

Reader: TypeAlias = Callable[[ByteView, Reading, int, str], None]

_HEAD = Struct(">HH")
_LAYOUT, _SIZE, _RAF_DATA = 0x0130, 0x0121, 0xC000
_TWO_ROWS = 0x80
"""The layout's bit for pixels that stand in twice as many rows."""
_FUJI_IFD = 0xF000
_WIDE = 10_000
"""No width is greater; a number that is stands in front of it."""
_LITTLE = Struct("<3I")


def read_directory(view: ByteView, reading: Reading, at: int, group: str) -> None:
    """Read a list of values.

    Raises:
        OutOfBounds: it is cut short; what stands in front of the cut is kept.
    """
    start = at
    count = view.u32be(at)
    at += 4
    tags: list[Tag] = []
    try:
        for _ in range(count):
            reading.budget.spend("entries")
            number, length = view.unpack(_HEAD, at)
            at += _HEAD.size
            row = RAF.get(number)
            if row is not None and length >= row.layout.size:
                tags.append(_tag(view, at, number, row, group))
            elif number == _RAF_DATA and length >= _LITTLE.size:
                _read_data(view, reading, at)
            at += length
    finally:
        layout = next((tag.raw[0] for tag in tags if tag.id == _LAYOUT), 0)
        if layout & _TWO_ROWS:
            tags = [_in_two_rows(tag) if tag.id == _SIZE else tag for tag in tags]
        reading.add(group, tags, view.span(start, at - start))


def _tag(view: ByteView, at: int, number: int, row: Row, group: str) -> Tag:
    raw: Any = view.unpack(row.layout, at)
    kind = SHORT
    if row.is_rational:
        raw, kind = Rational(*raw), SRATIONAL
    elif row.layout.size == len(raw):
        raw, kind = bytes(raw), BYTE
    elif number in SIZES:
        raw = raw[::-1]  # the height stands first
    size = row.layout.size
    return Tag(group, row.definition, kind, len(raw), raw, view.start + at, size, ">")


def _in_two_rows(tag: Tag) -> Tag:
    width, height = tag.raw
    return tag._replace(raw=(width // 2, height * 2))


def _read_data(view: ByteView, reading: Reading, at: int) -> None:
    """Read the picture's size from the one value that is little-endian."""
    first, second, third = view.unpack(_LITTLE, at)
    width, height = (second, third) if first > _WIDE else (first, second)
    group = "FujiFilm"
    sizes = (("RawImageWidth", width), ("RawImageHeight", height))
    tags = [
        Tag(group, _named(name), 0, 1, value, view.start + at, _LITTLE.size)
        for name, value in sizes
    ]
    reading.add(group, tags, view.span(at, _LITTLE.size))


def _named(name: str) -> Definition:
    return RAF[_SIZE].definition._replace(id=name, name=name, convert=None, say=None)


def read_ifd(view: ByteView, reading: Reading, at: int, group: str) -> None:
    """Read the directory in front of the sensor's data, where there is one."""
    layouts = BYTE_ORDERS.get(view.take(at, 2))
    if layouts is None:
        return
    layout = layouts[0]

    def descend(walker: Walker, entry: Entry, depth: int) -> None:
        if isinstance(entry.raw, int) and depth == 0:
            walker.directory(entry.raw, group, 1)

    vocabulary = Vocabulary(
        {},
        IFD,
        frozenset({0xF007}),
        frozenset({_FUJI_IFD}),
        lambda _walker, tags, _group: tags,
        descend,
    )
    size = min(view.size - at, reading.limits.value_bytes)
    walker = Walker(view.sub(at, size), reading, layout, vocabulary)
    walker.directory(walker.view.unpack(layout.offset, layout.first)[0], group, 0)
