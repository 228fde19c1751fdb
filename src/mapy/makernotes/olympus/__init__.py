"""Olympus and OM System: an IFD that leads to further ones, a topic each.

Older notes begin with `OLYMP` (and `EPSON`, `MINOL`, `CAMER`, from makers of the same family), and
their offsets count from the TIFF header. Since 2006 they begin with `OLYMPUS` or `OM SYSTEM` and
a byte order, and count from their own start.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes.fields import fields, read_fields
from mapy.makernotes.note import Meanings, ifd_table
from mapy.makernotes.olympus import settings
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Handler, IfdTable, Note, Piece

_GROUP = "Olympus"
_OWN_OFFSETS = {b"OLYMPUS\0": 12, b"OM SYSTEM\0": 16}
"""Notes whose offsets count from their own start, and where their IFD begins."""
_IFD_AT = 8
"""Where it begins in the older notes."""
_LONGER, _LONGER_AT = b"SONY PI\0", 12
"""Notes of the same shape that Sony's first cameras wrote, and where the IFD begins in them."""
_PICTURES = {"PreviewImage": "PreviewImage", "ZoomedPreview": "ZoomedPreviewImage"}
"""How tags that tell of a picture begin, and the picture's name."""
_LONGEST_TEXT = 2000


@cache
def _table(section: str) -> IfdTable:
    meanings, places = _SECTIONS[section]
    table = ifd_table("olympus", section, meanings)
    untold = _UNTOLD if section == "Main" else _RECORDS.get(section, {})
    definitions = {id_: means for id_, means in table.definitions.items() if id_ not in untold}
    return table._replace(
        places=frozenset(places), definitions=definitions, handlers=_RECORDS.get(section, {})
    )


def _leads_to(section: str) -> Handler:
    """A handler that reads the IFD which an entry holds, or whose offset it is."""

    def handle(note: Note, piece: Piece) -> None:
        raw = piece.entry.raw
        at = raw if isinstance(raw, int) else piece.entry.place
        table = _table(section)
        note.ifd(table, at, view=piece.around, order=piece.order)

    return handle


def _text_info(note: Note, piece: Piece) -> None:
    """A text of `name=value`, two of which are told: `[picture info] Resolution=1 ...`."""
    text = piece.view.take(0, min(len(piece.view), _LONGEST_TEXT)).decode("latin-1")
    tags: list[Tag] = []
    for row in makers.section("olympus", "TextInfo").rows:
        match = re.search(rf"\b{row.id}=([^\s\[\]\0]+)", text)
        if match:
            means = Definition(row.id, row.name, row.names)
            value = int(match[1]) if re.fullmatch(r"\d{1,9}", match[1]) else match[1]
            at = piece.view.start + match.start(1)
            tags.append(Tag(_GROUP, means, PLAIN, 1, value, at, len(match[1])))
    note.add(_GROUP, tags, piece.view, {})


_SECTIONS: dict[str, tuple[Meanings, tuple[int, ...]]] = {
    "Equipment": (settings.EQUIPMENT, ()),
    "CameraSettings": (settings.CAMERA, (0x0101,)),
    "RawDevelopment": (settings.RAW_DEVELOPMENT, ()),
    "RawDevelopment2": (settings.RAW_DEVELOPMENT, ()),
    "ImageProcessing": (settings.PROCESSING, ()),
    "FocusInfo": (settings.FOCUS, ()),
    "FETags": (settings.EQUIPMENT, ()),
    "RawInfo": (settings.RAW_INFO, ()),
    "Main": (settings.MAIN, (0x0088, 0x1036)),
}
_UNTOLD = (0x0400, 0x2050)
"""What nobody can read: an area of the sensor, and what stands in place of the IFD of focus."""


def _minolta(note: Note, piece: Piece) -> None:
    """The settings of cameras that were made for Minolta."""
    from mapy.makernotes.minolta.records import reads  # noqa: PLC0415 - few cameras have them

    reads("CameraSettings")(note, piece)


def _record(section: str, unit: str) -> Handler:
    """A handler of a record, whose layout is made when the first one is met."""

    @cache
    def layout() -> Fields:
        return fields("olympus", section, unit, Meanings())

    def handle(note: Note, piece: Piece) -> None:
        read_fields(layout(), note, piece.view, piece.order)

    return handle


_RECORDS: dict[str, dict[int, Handler]] = {
    "CameraSettings": {
        0x030A: _record("AFTargetInfo", "int16u"),
        0x030B: _record("SubjectDetectInfo", "int16u"),
    },
    "FocusInfo": {0x0328: _record("AFInfo", "int8u")},
}
"""What entries of the further IFDs lead to."""
_HANDLERS: dict[int, Handler] = {
    0x0001: _minolta,
    0x0003: _minolta,
    0x0208: _text_info,
    0x2010: _leads_to("Equipment"),
    0x2020: _leads_to("CameraSettings"),
    0x2030: _leads_to("RawDevelopment"),
    0x2031: _leads_to("RawDevelopment2"),
    0x2040: _leads_to("ImageProcessing"),
    0x2050: _leads_to("FocusInfo"),
    **dict.fromkeys(range(0x2100, 0x2A00, 0x0100), _leads_to("FETags")),
    0x3000: _leads_to("RawInfo"),
    0x4000: _leads_to("Main"),
}


@cache
def _main() -> IfdTable:
    return _table("Main")._replace(handlers=_HANDLERS)


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), 16))
    first = len(note.reading.directories)
    for signature, start in _OWN_OFFSETS.items():
        if head.startswith(signature):
            view, at = note.block, start
            order = ">" if head[start - 4 : start - 2] == b"MM" else "<"
            break
    else:
        start = _LONGER_AT if head.startswith(_LONGER) else _IFD_AT
        view, at = note.view, note.at + start
        order = note.order_at(at)
    note.ifd(_main(), at, view=view, order=order)
    _preview(note, first, view)


def _preview(note: Note, first: int, view: ByteView) -> None:
    """Add the picture that a start and a length point to."""
    for directory in note.reading.directories[first:]:
        found = {
            tag.definition.name: tag.raw
            for tag in directory.tags
            if "Preview" in tag.definition.name
        }
        for name, image in _PICTURES.items() if found else ():
            start, length = found.get(f"{name}Start"), found.get(f"{name}Length")
            if image in found or not isinstance(start, int) or not isinstance(length, int):
                continue
            if length:
                picture = Definition(image, image, None, numbers.binary)
                tag = Tag(_GROUP, picture, UNDEFINED, length, None, start, length)
                note.add(_GROUP, [tag], view, {})
