"""FLIR's thermal files (`FFF`), in APP1 of a JPEG: a header, a list of records, the records."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags import flir
from mapy.tags.definition import Definition
from mapy.tags.flir import GROUP
from mapy.tiff_types import ASCII, PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_SIGNATURES = (b"FFF\0", b"AFF\0")
_CREATOR_AT, _CREATOR_SIZE = 4, 16
_VERSION_AT, _LIST_AT = 0x14, 0x18
_VERSIONS = range(100, 200)
"""What the version may be: in the other byte order it is none of these."""
_ENTRY_SIZE, _MOST_RECORDS = 32, 500
_ORDER_MARK = 2
"""The first number of a record that may be of either byte order."""
_PICTURE_AT = 32
_LONGEST_RECORD = 2048
"""What is read of a record: more than all its fields take."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_TIFF_HEADER = 204
"""What a header of TIFF around plain numbers would take."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a thermal file: one directory."""
    if view.take(0, 4) not in _SIGNATURES:
        reading.problem(
            "flir.bad-header", "The thermal block is of no known kind.", view.span(0, 4)
        )
        return
    creator = view.take(_CREATOR_AT, _CREATOR_SIZE)
    tags = [Tag(GROUP, flir.CREATOR, ASCII, 16, creator, view.start + _CREATOR_AT, 16)]
    order = ">" if view.u32be(_VERSION_AT) in _VERSIONS else "<"
    start, count = view.unpack(Struct(order + "II"), _LIST_AT)
    entry = Struct(order + "HHIIII")
    for number in range(min(count, _MOST_RECORDS)):
        at = start + number * _ENTRY_SIZE
        if not view.has(at, entry.size):
            break
        kind, _, _, _, place, length = view.unpack(entry, at)
        if not length or not (kind in flir.RECORDS or kind in flir.PICTURES):
            continue
        if not view.has(place, length):
            reading.problem("flir.outside", "A record lies outside its block.", view.span(at, 0))
            continue
        head = view.sub(place, min(length, _LONGEST_RECORD))  # records may share their bytes
        tags += _record(head, length, kind, order)
    reading.add(GROUP, tags, view.span(0, len(view)))


def _record(view: ByteView, size: int, kind: int, order: str) -> list[Tag]:
    """The tags of a record, of which the view is the first part."""
    if kind in flir.PICTURES or kind in flir.CAMERA_RECORDS:
        order = "<" if len(view) > 1 and view.u16le(0) == _ORDER_MARK else ">"
    if kind in flir.PICTURES:
        return _picture(view, size - _PICTURE_AT, flir.PICTURES[kind], order)
    tags = flir.RECORDS[kind][order].tags(view)
    if kind == flir.PALETTE and tags:
        length = int(tags[0].raw) * flir.COLOUR_SIZE
        if view.has(flir.COLOURS_AT, length):
            at = view.start + flir.COLOURS_AT
            tags.append(Tag(GROUP, flir.COLOURS, UNDEFINED, length, None, at, length))
    return tags


def _picture(view: ByteView, length: int, name: str, order: str) -> list[Tag]:
    """Size, kind and place of a picture: a PNG, a JPEG, or plain numbers of 16 bits."""
    if not view.has(0, _PICTURE_AT):
        return []
    _, width, height = view.unpack(Struct(order + "HHH"), 0)
    head = view.take(_PICTURE_AT, min(length, len(_PNG)))
    if head == _PNG:
        kind = "PNG"
    elif head.startswith(_JPEG):
        kind = "JPG"
    else:
        kind = "TIFF" if length == 2 * width * height else "DAT"
    place = view.start + _PICTURE_AT
    shown = length + _TIFF_HEADER if kind == "TIFF" else length
    values = {"Width": width, "Height": height, "Type": kind}
    tags = [
        Tag(GROUP, Definition(name + part, name + part), PLAIN, 1, value, view.start, 6)
        for part, value in values.items()
    ]
    tags.append(
        Tag(GROUP, Definition(name, name, convert=binary), UNDEFINED, shown, None, place, shown)
    )
    return tags
