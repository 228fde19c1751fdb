"""Kodak's notes that are directories: a main one, others below it, each kind with its own header.

A directory below the main one is the value of its entry, or lies where its entry says. Those but
the first, and all that are values, begin with a byte order mark, and their offsets count from it.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.buffer import ByteView
from mapy.explain import words
from mapy.makernotes.note import IfdTable, Meanings, ifd_table

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Value

GROUP = "Kodak"
_FIRST, _COPY, _CAMERA = 0xFC00, 0xFCFF, 0xFF00
_MARKED = {0xFC01: "SubIFD1", 0xFC02: "SubIFD2", 0xFC03: "SubIFD3", 0xFC05: "SubIFD5"}
_MARKS = {b"II": "<", b"MM": ">"}
_MARK = 2
_HEADER = 8
"""Bytes of a TIFF header, which some notes begin with."""
PADDED = re.compile(rb"(?s)(?:MM\0\x2a\0\0\0\x08\0.\0\0|II\x2a\0\x08\0\0\0.\0\0\0)")
_PADDED_BIG = re.compile(rb"(?s)MM\0\x2a\0\0\0\x08(?:\0.\0\0|\0\0\0.)")
"""A TIFF header and a directory whose number of entries fills four bytes, zeros on either side."""
PADDED_AT = _HEADER + 2
"""Where such a directory begins when it is mended."""
_MOST_BYTES = 1 << 20
"""Of a note that is copied to be mended; cameras write some 20 KB."""


def scaled(factor: float) -> Converter:
    """A converter of numbers that stand for parts of a unit."""

    def convert(tag: Tag) -> Value:
        value = tag.raw / factor
        return int(value) if value == int(value) else float(value)

    return convert


def size(value: Value) -> Value:
    """Width and height: `640x480`."""
    return str(value).replace(" ", "x")


def _two_decimals(value: Value) -> Value:
    return f"{value:.2f}" if isinstance(value, int | float) else value


_HUNDREDTHS, _MICROSECONDS = scaled(100), scaled(1_000_000)
_SAY = {
    "ExposureTime": words.exposure_time,
    "OpticalZoom": _two_decimals,
    "PreviewImageSize": size,
}
_CONVERT: dict[str, dict[str, Converter]] = {
    "SubIFD0": {"FNumber": _HUNDREDTHS, "OpticalZoom": _HUNDREDTHS, "ExposureTime": scaled(1e5)},
    "SubIFD2": {
        **dict.fromkeys(("FNumber", "OpticalZoom", "MaxAperture"), _HUNDREDTHS),
        "ExposureTime": _MICROSECONDS,
        "ISO": scaled(10),
    },
    "SubIFD3": {"OpticalZoom": _HUNDREDTHS},
    "SubIFD5": {"OpticalZoom": _HUNDREDTHS},
    "CameraInfo": {"FNumber": _HUNDREDTHS, "ExposureTime": _MICROSECONDS},
}


def _iso(tag: Tag) -> Value:
    """ISO from thirds of an EV, 0 being ISO 25."""
    return float(25 * 2 ** (tag.raw / 3))


_TYPE_10 = Meanings(
    convert={
        "FNumber": scaled(10),
        "ExposureTime": scaled(1e5),
        "ISO": _iso,
        "FocalLength": _HUNDREDTHS,
    },
    say={
        "ExposureTime": words.exposure_time,
        "ISO": lambda value: int(float(str(value)) + 0.5),
        "FocalLength": lambda value: f"{value} mm",
        "PreviewImageSize": size,
    },
)


def _first_counts(note: Note, tag: Tag) -> Tag | None:
    """What the directories tell alike counts where it is told first."""
    name = tag.definition.name
    return tag if note.seen.setdefault(name, tag.offset) == tag.offset else None


_FIRST_COUNT = dict.fromkeys(("FNumber", "ExposureTime", "ISO"), _first_counts)


@cache
def _table(section: str) -> IfdTable:
    if section == "Type10":
        return ifd_table("kodak", section, _TYPE_10)
    return ifd_table("kodak", section, Meanings(_CONVERT.get(section, {}), _SAY, _FIRST_COUNT))


def _first(note: Note, piece: Piece) -> None:
    """The first directory: marked where it is a value, bare where it lies elsewhere."""
    if isinstance(piece.entry.raw, int):
        note.ifd(_table("SubIFD0"), piece.entry.raw, view=piece.around, order=piece.order)
    else:
        _marked(note, piece.view, "SubIFD0")


def _second(section: str) -> Handler:
    """A handler that reads a directory which begins with its byte order."""

    def handle(note: Note, piece: Piece) -> None:
        at, around = piece.entry.raw, piece.around
        if not isinstance(at, int):
            _marked(note, piece.view, section)
        elif at and around.has(at, _MARK):
            _marked(note, around.sub(at, len(around) - at), section)

    return handle


def _marked(note: Note, view: ByteView, section: str) -> None:
    order = _MARKS.get(view.take(0, _MARK))
    if order is not None:
        note.ifd(_table(section), _MARK, view=view, order=order)


def _copy(note: Note, piece: Piece) -> None:
    """The first directory once more, as a value without a mark."""
    if not isinstance(piece.entry.raw, int):
        note.ifd(_table("SubIFD0"), piece.entry.place, view=piece.around, order=piece.order)


def _camera(note: Note, piece: Piece) -> None:
    at = piece.entry.raw
    if isinstance(at, int) and at:
        note.ifd(_table("CameraInfo"), at, view=piece.around, order=piece.order)


@cache
def _main() -> IfdTable:
    handlers: dict[int, Handler] = {number: _second(name) for number, name in _MARKED.items()}
    handlers |= {_FIRST: _first, _COPY: _copy, _CAMERA: _camera}
    return IfdTable(GROUP, {}, {}, handlers)


def read_with_header(note: Note, head: bytes) -> bool:
    """Read a note that begins with a TIFF header; whether it is one."""
    order = _MARKS.get(head[:2])
    if order is None or head[2:4] not in (b"\x2a\0", b"\0\x2a"):
        return False
    is_kodak = "kodak" in note.make.lower()
    if is_kodak and head.startswith(b"MM") and PADDED.match(head):
        note.ifd(_main(), PADDED_AT, view=mended(note), order=order)
    elif is_kodak:
        note.ifd(_main(), _HEADER, view=note.block, order=order)
    elif PADDED.match(head) or _PADDED_BIG.match(head):
        note.ifd(_table("Type11"), PADDED_AT, view=mended(note), order=order)
    return True


def mended(note: Note) -> ByteView:
    """The note with the number of entries in the two bytes in front of them."""
    content = bytearray(note.block.take(0, min(len(note.block), _MOST_BYTES)))
    number, padding = content[8:10], content[10:12]
    content[10:12] = number if any(number) else padding
    return ByteView(bytes(content), note.block.start)


def read_behind_mark(note: Note) -> None:
    """Read a note that is a directory behind two letters of byte order."""
    at = note.at + _MARK
    note.ifd(_table("Type10"), at, order=note.order_at(at))


def read_bare(note: Note) -> None:
    """Read a note that is a directory from its first byte on."""
    note.ifd(_main(), note.at, order=note.order_at(note.at))
