"""What Samsung's phones put behind a picture: pieces, then a directory (`SEFH` ... `SEFT`)."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain.dates import moment_of_milliseconds
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED, text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_GROUP = "Samsung"
_HEAD, _FOOT = 12, 8
_ENTRY = Struct("<HHII")
"""Nothing, the kind of a piece, how far in front of the directory it begins, its length."""
_PIECE_HEAD = 8
"""Nothing, the kind, the length of the name."""
_MOST_PIECES = 1_000
_LONGEST_TEXT = 4096
_TIME_STAMP, _COUNTRY = 0x0A01, 0x0AA1
_COUNTRIES_KNOWN = Definition(_COUNTRY, "MCCData")

_PIECES = {
    number: (Definition(number, name, convert=binary), Definition(f"{number}-name", label))
    for number, name, label in (
        (0x0001, "EmbeddedImage", "EmbeddedImageName"),
        (0x0100, "EmbeddedAudioFile", "EmbeddedAudioFileName"),
        (0x0201, "SurroundShotVideo", "SurroundShotVideoName"),
        (0x0A20, "DualCameraImage", "DualCameraImageName"),
        (0x0A30, "EmbeddedVideoFile", "EmbeddedVideoType"),
        (0x0AB1, "DepthMapData", "DepthMapName"),
    )
} | {0x0B41: (Definition(0x0B41, "SingleShotDepthMap", convert=binary), None)}
"""By kind: the piece itself, and its name in the file."""


def _moment(tag: Tag) -> Value:
    return moment_of_milliseconds(str(tag.raw))


_TEXTS = {
    _TIME_STAMP: Definition(_TIME_STAMP, "TimeStamp", convert=_moment),
    _COUNTRY: _COUNTRIES_KNOWN,
}


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
        if size <= back and size >= _PIECE_HEAD and (kind in _PIECES or kind in _TEXTS):
            tags += _piece(view, kind, start - back, size)
    reading.add(_GROUP, tags, view.span(start, directory))


def _piece(view: ByteView, kind: int, at: int, size: int) -> list[Tag]:
    """The tags of a piece; nothing where it begins in front of the view."""
    if not view.has(at, _PIECE_HEAD):
        return []
    length = view.u32le(at + 4)
    if length > size - _PIECE_HEAD:
        return []
    name = text(view.take(at + _PIECE_HEAD, length))
    place, size = at + _PIECE_HEAD + length, size - _PIECE_HEAD - length
    if kind in _TEXTS:
        value = text(view.take(place, min(size, _LONGEST_TEXT)))
        return [Tag(_GROUP, _TEXTS[kind], PLAIN, 1, value, view.start + place, size)]
    piece, label = _PIECES[kind]
    found = [Tag(_GROUP, piece, UNDEFINED, size, None, view.start + place, size)]
    if label is not None:
        at += _PIECE_HEAD
        found.append(Tag(_GROUP, label, PLAIN, 1, name, view.start + at, length))
    return found
