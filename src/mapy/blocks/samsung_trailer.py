"""What Samsung's phones put behind a picture: pieces, then a directory (`SEFH` ... `SEFT`)."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.samsung_pieces import GROUP, PIECES

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading

_HEAD, _FOOT = 12, 8
_ENTRY = Struct("<HHII")
"""Nothing, the kind of a piece, how far in front of the directory it begins, its length."""
_PIECE_HEAD = 8
"""Nothing, the kind, the length of the name."""
_MOST_PIECES = 1_000


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer; `view` holds its end, which has the directory."""
    directory = view.u32le(len(view) - _FOOT)
    start = len(view) - _FOOT - directory
    count = view.u32le(start + 8)
    tags: list[Tag] = []
    for number in range(min(count, _MOST_PIECES)):
        at = start + _HEAD + number * _ENTRY.size
        if at + _ENTRY.size > len(view) - _FOOT:
            break
        _, kind, back, size = view.unpack(_ENTRY, at)
        if _PIECE_HEAD <= size <= back and kind in PIECES and view.has(start - back, _PIECE_HEAD):
            tags += _piece(view.sub(start - back, size), kind, reading)
    told: dict[str, Tag] = {}
    for tag in tags:  # of several of one name the first counts
        told.setdefault(tag.name, tag)
    reading.add(GROUP, list(told.values()), view.span(start, directory))


def _piece(view: ByteView, kind: int, reading: Reading) -> list[Tag]:
    """The tags of a piece: its head has the length of its name, and its name."""
    length = view.u32le(4)
    if length > len(view) - _PIECE_HEAD:
        return []
    name = view.sub(_PIECE_HEAD, length)
    at = _PIECE_HEAD + length
    return PIECES[kind](name, view.sub(at, len(view) - at), reading)
