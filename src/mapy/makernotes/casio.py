"""Casio: an IFD without a signature in older cameras, behind `QVC` or `DCI` in newer ones."""

from __future__ import annotations

from functools import cache
import re
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.moved import unmoved
from mapy.makernotes.note import Meanings, ifd_table
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import definition
from mapy.tiff_types import UNDEFINED, text

if TYPE_CHECKING:
    from mapy.makernotes.note import IfdTable, Note, Piece
    from mapy.tags.definition import Names, Value

_IFD_AT = 6
_SIGNATURES = (b"QVC\0", b"DCI\0", b"AOC\0")
_INFINITY = 0x20000000
_UNKNOWN = 0xFFFF
_THOUSAND = 1000
_CENTURY = 70
_DATE = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})")
_PREVIEW_START, _PREVIEW_LENGTH, _PREVIEW = 0x0004, 0x0003, 0x2000
_FACES = 0x2089
_MOST_FACES = 10
_MOST_STEPS = 8


def _distance(tag: Tag) -> Value:
    """Metres from millimetres; the largest number stands for infinity."""
    return "inf" if tag.raw >= _INFINITY else tag.raw / _THOUSAND


def _plain_distance(tag: Tag) -> Value:
    """Metres from millimetres."""
    return float(tag.raw / _THOUSAND)


def _firmware_date(tag: Tag) -> Value:
    """Year, month, day, hour and minute, with NULs between."""
    return text(tag.raw.replace(b"\0", b"")) if isinstance(tag.raw, bytes) else numbers.plain(tag)


def _date(value: Value) -> Value:
    match = _DATE.match(str(value))
    if match is None:
        return f"Unknown ({value})"
    century = 20 if int(match[1]) < _CENTURY else 19
    return f"{century}{match[1]}:{match[2]}:{match[3]} {match[4]}:{match[5]}"


def _size(value: Value) -> Value:
    return str(value).replace(" ", "x")


def _position(value: Value) -> Value:
    """A place in the picture: two parts, each of its whole."""
    x, width, y, height = (int(part) for part in str(value).split())
    return (
        "n/a" if x == _UNKNOWN or not width or not height else f"{x / width:.2g} {y / height:.2g}"
    )


def _frames(tag: Tag) -> Value:
    """Pictures a second from thousandths."""
    return float(tag.raw / _THOUSAND)


def _step(tag: Tag) -> Value:
    """A number with a sign in two bytes of no type; older cameras have a code."""
    if isinstance(tag.raw, bytes):
        count = min(len(tag.raw) // 2, _MOST_STEPS)
        found = Struct(f"{tag.order or '<'}{count}h").unpack_from(tag.raw)
        return found[0] if count == 1 else " ".join(map(str, found))
    return numbers.plain(tag)


_FIRST_FLASH = re.compile(r"QV-(3500EX|8000SX)")


def _flash_mode(note: Note, tag: Tag) -> Tag:
    """The mode of the flash, for which two cameras have codes of their own."""
    return _of_variant(tag, "Main", 0 if _FIRST_FLASH.match(note.model) else 1)


_BEST_SHOTS = {
    "EX-FC100": 0, "EX-FC150": 1, "EX-FC200S": 2, "EX-FH100": 3, "EX-G1": 4, "EX-S10": 5,
    "EX-S880": 6, "EX-Z16": 7, "EX-Z9": 8, "EX-Z80": 9, "EX-Z100": 10, "EX-Z200": 10,
    "EX-Z750": 11, "EX-Z850": 13, "EX-Z1050": 15, "EX-Z1080": 16, "EX-Z1200": 17, "EX-Z2000": 19,
    "EX-Z2300": 20, "EX-Z3000": 21, "EX-ZR100": 22, "EX-ZR200": 23, "QV-4000": 24,
    "EX-ZR300": 25,
}  # fmt: skip
"""By camera: which of the rows names its scenes. Others' are not known."""


def _best_shot(note: Note, tag: Tag) -> Tag:
    """The scene, of which each camera has its own list."""
    variant = _BEST_SHOTS.get(note.model)
    if variant is None:
        say = tag.definition._replace(one_of=None, say=lambda value: value or "Off")
        return tag._replace(definition=say)
    return _of_variant(tag, "Type2", variant)


def _of_variant(tag: Tag, section: str, variant: int) -> Tag:
    return tag._replace(definition=_variants(section, tag.definition.name)[variant])


@cache
def _variants(section: str, name: str) -> dict[int, Definition]:
    rows = makers.section("casio", section).rows
    return {row.variant: definition(row, Meanings()) for row in rows if row.name == name}


_MAIN = Meanings(
    convert={"ObjectDistance": _plain_distance, "FirmwareDate": _firmware_date},
    say={"ObjectDistance": words.metres, "FirmwareDate": _date},
    hooks={"FlashMode": _flash_mode},
)
_RECORD_MODES: Names = {
    2: "Program AE", 3: "Shutter Priority", 4: "Aperture Priority", 5: "Manual", 6: "Best Shot",
    17: "Movie", 19: "Movie (19)", 20: "YouTube Movie", "2 0": "Program AE",
    "3 0": "Shutter Priority", "4 0": "Aperture Priority", "5 0": "Manual", "6 0": "Best Shot",
}  # fmt: skip


def _is_real_preview(_note: Note, tag: Tag) -> Tag:
    """The picture is told by its length only."""
    return tag._replace(raw=None, definition=tag.definition._replace(convert=numbers.binary))


_TYPE_2 = Meanings(
    convert={
        "ObjectDistance": _distance,
        "FirmwareDate": _firmware_date,
        "CaptureFrameRate": _frames,
        "Sharpness": _step,
        "Contrast": _step,
        "Saturation": _step,
    },
    say={
        "ObjectDistance": words.metres,
        "FirmwareDate": _date,
        "PreviewImageSize": _size,
        "AFPointPosition": _position,
        "FocalLength": words.millimetres_1,
        "DriveMode": lambda value: f"Continuous ({value} fps)" if isinstance(value, int) else value,
    },
    hooks={"PreviewImage": _is_real_preview, "BestShotMode": _best_shot},
    names={"RecordMode": _RECORD_MODES},
)
_FIRST_FACES = re.compile(rb"\0\0|.\x02\x80\x01\xe0", re.DOTALL)
_SECOND_FACES = b"\x02\x01"


@cache
def _face_record(section: str, found: int) -> Fields:
    """The record of so many faces."""
    hooks = {f"Face{n}Position": _drop for n in range(found + 1, _MOST_FACES + 1)}
    if not found:
        hooks |= dict.fromkeys(("FaceDetectFrameSize", "FaceOrientation"), _drop)
    return fields("casio", section, "int8u", Meanings(hooks=hooks))


def _faces(note: Note, piece: Piece) -> None:
    """Where the faces are: two layouts, told by how they begin."""
    head = piece.view.take(0, min(len(piece.view), 8))
    if _FIRST_FACES.match(head):
        section, order, count_at = "FaceInfo1", ">", 0
    elif head.startswith(_SECOND_FACES):
        section, order, count_at = "FaceInfo2", "<", 2
    else:
        return
    if len(piece.view) <= count_at:
        return
    found = min(piece.view.u8(count_at), _MOST_FACES)
    read_fields(_face_record(section, found), note, piece.view, order)


def _drop(_note: Note, _tag: Tag) -> None:
    """Leave out what is told of a face that there is not."""


@cache
def _main() -> IfdTable:
    return ifd_table("casio", "Main", _MAIN)


@cache
def _type_2() -> IfdTable:
    table = ifd_table("casio", "Type2", _TYPE_2)
    return table._replace(handlers={_FACES: _faces}, places=frozenset({_PREVIEW_START}))


def parse(note: Note) -> None:
    """Read the note."""
    if not note.block.take(0, min(len(note.block), 4)).startswith(_SIGNATURES):
        note.ifd(_main(), note.at, order=note.order_at(note.at))
        return
    at = note.at + _IFD_AT
    first = len(note.reading.directories)
    order = note.order_at(at)
    view, at = unmoved(note, at, order)
    note.ifd(_type_2(), at, view=view, order=order)
    for directory in note.reading.directories[first:]:
        found = {tag.id: tag.raw for tag in directory}
        start, length = found.get(_PREVIEW_START), found.get(_PREVIEW_LENGTH)
        if _PREVIEW not in found and isinstance(start, int) and isinstance(length, int):
            picture = Definition(_PREVIEW, "PreviewImage", None, numbers.binary)
            tag = Tag("Casio", picture, UNDEFINED, length, None, start, length)
            note.add("Casio", [tag], note.block, {})
