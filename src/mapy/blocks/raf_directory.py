"""The directories of a RAF: lists of numbers, lengths and values, and one shaped like TIFF."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import TYPE_CHECKING, Any, TypeAlias

from mapy.blocks.ifd import BYTE_ORDERS, Vocabulary, Walker
from mapy.buffer import ByteView
from mapy.model import Tag
from mapy.reading import Reading
from mapy.tags.raf import HEIGHT, IFD, RAF, SIZES, WIDTH, Row
from mapy.tiff_types import BYTE, LONG, PLAIN, SHORT, SRATIONAL, Rational

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry

Reader: TypeAlias = Callable[[ByteView, Reading, int, str], None]

_HEAD = Struct(">HH")
_LAYOUT, _SIZE, _RAF_DATA = 0x0130, 0x0121, 0xC000
_TWO_ROWS = 0x80
"""The layout's bit for pixels that stand in twice as many rows."""
_FUJI_IFD = 0xF000
_WIDE = 10_000
"""No width is greater; a number that is stands in front of it."""
_LONGEST_START = 16
"""Bytes of the value that begins with sizes, which alone is little-endian."""


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
            elif number == _RAF_DATA and length >= _HEAD.size:
                tags += _sizes(view, at, length, group)
            at += length
    finally:
        layout = next((tag.raw[0] for tag in tags if tag.id == _LAYOUT), 0)
        if layout & _TWO_ROWS:
            tags = [_in_two_rows(tag) for tag in tags]
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
    """A size as it is where two rows of pixels stand in one."""
    if tag.id == _SIZE:
        width, height = tag.raw
        return tag._replace(raw=(width // 2, height * 2))
    if tag.definition is WIDTH:
        if tag.raw % 2:
            return tag._replace(type=PLAIN, raw=tag.raw / 2)
        return tag._replace(raw=tag.raw // 2)
    return tag._replace(raw=tag.raw * 2) if tag.definition is HEIGHT else tag


def _sizes(view: ByteView, at: int, length: int, group: str) -> list[Tag]:
    """The picture's size: the first number that can be a width, and the one behind it."""
    numbers = view.unpack(Struct(f"<{min(length, _LONGEST_START) // 4}I"), at)
    first = next((place for place, number in enumerate(numbers[:3]) if number < _WIDE), None)
    if first is None:
        return []
    pairs = zip((WIDTH, HEIGHT), numbers[first : first + 2], strict=False)
    return [
        Tag(group, definition, LONG, 1, number, view.start + at + 4 * (first + place), 4)
        for place, (definition, number) in enumerate(pairs)
    ]


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
