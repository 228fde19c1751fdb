"""FlashPix in JPEG (Exif 2.3, section 4.7.3): a list of streams, and their data in portions."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.buffer import ByteView
from mapy.errors import OutOfBounds

if TYPE_CHECKING:
    from mapy.reading import Reading

_CONTENTS, _DATA = 1, 2
_DATA_HEAD = Struct(">HI")
"""The number of the stream, and where in it the portion belongs."""
_ENTRY = Struct(">IB")
"""Bytes of the stream, and what fills it where nothing was written."""
_STORAGE = 0xFFFFFFFF
_CLASS_SIZE = 16
_MOST_STREAMS = 100
_LONGEST_NAME = 200


def join(portions: list[tuple[int, int]], view: ByteView, reading: Reading) -> None:
    """Put the streams together, and parse each under its name."""
    names: list[str] = []
    streams: dict[int, list[bytes]] = {}
    sizes: dict[int, int] = {}
    places: dict[int, int] = {}
    total = 0
    for at, size in portions:
        try:
            kind = view.u8(at + 1)
            if kind == _CONTENTS:
                names += _contents(view.sub(at + 2, size - 2))
            elif kind == _DATA:
                number, offset = view.unpack(_DATA_HEAD, at + 2)
                start, length = at + 2 + _DATA_HEAD.size, size - 2 - _DATA_HEAD.size
                if offset != sizes.get(number, 0) or len(streams) > _MOST_STREAMS:
                    continue  # a portion before it is missing
                total += length
                if total > reading.limits.block_bytes:
                    break
                streams.setdefault(number, []).append(view.take(start, length))
                sizes[number] = offset + length
                places.setdefault(number, view.start + start)
        except OutOfBounds:
            reading.problem("flashpix.cut-short", "A stream is cut short.", view.span(at, 0))
    for number, pieces in streams.items():
        name = names[number] if number < len(names) else ""
        body = ByteView(b"".join(pieces), places[number])
        blocks.parse("flashpix", body, reading, name)


def _contents(view: ByteView) -> list[str]:
    """The names of the streams, in the order of their numbers."""
    names: list[str] = []
    at = 2
    for _ in range(min(view.u16be(0), _MOST_STREAMS)):
        size, _fill = view.unpack(_ENTRY, at)
        at += _ENTRY.size
        name = view.take(at, min(2 * _LONGEST_NAME, len(view) - at)).decode("utf-16-le", "replace")
        name, end, _rest = name.partition("\0")
        if not end:
            break
        names.append(name)
        at += 2 * (len(name.encode("utf-16-le", "replace")) // 2 + 1)
        if size == _STORAGE:
            at += _CLASS_SIZE
    return names
