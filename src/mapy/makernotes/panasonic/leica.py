"""Leica's notes: one shape a family of cameras, told by how they begin."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain import words
from mapy.makernotes.fields import fields, reads
from mapy.makernotes.note import Meanings, ifd_table
from mapy.makernotes.panasonic import values
from mapy.tags import makers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapy.makernotes.note import Handler, IfdTable, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value


class Shape(NamedTuple):
    """One kind of note."""

    begins: bytes
    section: str
    ifd_at: int
    """Where the IFD begins in the note."""
    counts_from: int | None
    """Where offsets count from in the note; None: the TIFF header; `_FILE`: the file."""
    model: str = ""
    """How the camera's Model begins."""
    make: str = ""


_FILE = -1
SHAPES = (
    Shape(b"LEICA CAMERA AG\0", "Main", 18, None),
    Shape(b"LEICA\0\0\0", "Leica2", 8, 0, make="Leica Camera AG"),
    Shape(b"LEICA\0\0\0", "Main", 8, None),
    Shape(b"LEICA0\x03\0", "Leica4", 8, 0),
    Shape(b"LEICA\0\x02\xff", "Leica6", 8, _FILE),
    Shape(b"LEICA\0\x02\0", "Leica6", 8, None, model="S2"),
    Shape(b"LEICA\0\x02\0", "Leica6", 8, None, model="LEICA M (Typ 240)"),
    Shape(b"LEICA\0\x02\0", "Leica6", 8, None, model="LEICA S (Typ 006)"),
    Shape(b"LEICA\0\x02\0", "Leica9", 8, None),
    Shape(b"LEICA\0\x08\0", "Leica5", 8, None),
    Shape(b"LEICA\0\x09\0", "Leica5", 8, None),
    Shape(b"LEICA\0\x0a\0", "Leica5", 8, None),
    Shape(b"LEICA\0", "Leica5", 8, 0),
    Shape(b"", "Leica3", 0, None, model="R8"),
    Shape(b"", "Leica3", 0, None, model="R9"),
    Shape(b"", "Leica3", 0, None, model="DIGITAL MODUL R"),
)
"""The first that fits is it."""

_LENS_BITS = 2
_ADAPTERS = 3
_THOUSAND = 1000


def _lens(tag: Tag) -> Value:
    """The lens, and the frame that the finder shows: two numbers in one."""
    return f"{tag.raw >> _LENS_BITS} {tag.raw & _ADAPTERS}"


def _lens_name(names: Mapping[int | str, str]) -> Callable[[Value], Value]:
    def say(value: Value) -> Value:
        code, _, frame = str(value).partition(" ")
        return names.get(f"{code} {frame}") or names.get(int(code)) or f"Unknown ({value})"

    return say


def _thousandths(tag: Tag) -> Value:
    return float(tag.raw / _THOUSAND)


def _hundred_thousandths(tag: Tag) -> Value:
    return float(tag.raw / 1e5)


def _hexadecimal_serial(value: Value) -> Value:
    return f"{value:07d}" if isinstance(value, int) else value


_MEANINGS = {
    "Leica2": Meanings(
        convert={"LensType": _lens},
        say={
            "SerialNumber": _hexadecimal_serial,
            "CameraTemperature": words.celsius,
            "ApproximateFNumber": words.f_number,
            "ExternalSensorBrightnessValue": lambda value: f"{value:.2f}",
            "MeasuredLV": lambda value: f"{value:.2f}",
        },
    ),
    "Leica5": Meanings(
        convert={"ExposureMode": values.listed},
        say={"InternalSerialNumber": values.serial_number},
    ),
    "Leica6": Meanings(
        convert={"FirmwareVersion": values.listed},
        say={
            "FirmwareVersion": words.dotted,
            "ExternalSensorBrightnessValue": lambda value: f"{value:.2f}",
            "MeasuredLV": lambda value: f"{value:.2f}",
        },
    ),
    "Leica9": Meanings(
        convert={"FNumber": _thousandths},
        say={
            "FNumber": words.f_number,
            "ISOSelected": values.as_is,
            "ExternalSensorBrightnessValue": lambda value: f"{value:.2f}",
            "MeasuredLV": lambda value: f"{value:.2f}",
        },
    ),
    "Subdir": Meanings(
        convert={
            "LensType": _lens,
            "MeasuredLV": _hundred_thousandths,
            "ExternalSensorBrightnessValue": _hundred_thousandths,
        },
        say={
            "CameraTemperature": words.celsius,
            "ApproximateFNumber": words.f_number,
            "MeasuredLV": lambda value: f"{value:.2f}",
            "ExternalSensorBrightnessValue": lambda value: f"{value:.2f}",
        },
    ),
}
_SUBDIRECTORIES = (0x3000, 0x3100, 0x3400, 0x3900)
_FOCUS_INFO, _SHOT_INFO = 0x040A, 0x0410


def _leads_on(note: Note, piece: Piece) -> None:
    """An entry of the M9 that holds an IFD of its own."""
    note.ifd(_table("Subdir"), piece.entry.place, view=piece.around, order=piece.order)


def _metres(value: Value) -> Value:
    return f"{value} m" if isinstance(value, int | float) and value < _FURTHEST else "inf"


def _if_any(_note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw else None


_FURTHEST = 65535
_FOCUS = Meanings(
    {"FocusDistance": _thousandths, "FocalLength": _thousandths},
    {"FocusDistance": _metres, "FocalLength": words.millimetres_1},
    {"FocalLength": _if_any},
)


@cache
def _table(section: str) -> IfdTable:
    if section == "Leica4":
        handlers: dict[int, Handler] = dict.fromkeys(_SUBDIRECTORIES, _leads_on)
        return ifd_table("panasonic", "Subdir", Meanings())._replace(
            definitions={}, handlers=handlers
        )
    table = ifd_table("panasonic", section, _with_lens(section))
    if section == "Leica5":
        shot = reads(fields("panasonic", "ShotInfo", "int16u", Meanings()))
        focus = reads(fields("panasonic", "FocusInfo", "int16u", _FOCUS))
        return table._replace(handlers={_SHOT_INFO: shot, _FOCUS_INFO: focus})
    return table


def _with_lens(section: str) -> Meanings:
    """The meanings of a section; a lens is worded by the list of its table."""
    meanings = _MEANINGS.get(section, Meanings())
    if "LensType" not in meanings.convert:
        return meanings
    names = makers.section("panasonic", "Data1").rows[0].names or {}
    return meanings._replace(
        say={**meanings.say, "LensType": _lens_name(names)}, names={"LensType": None}
    )


def parse(note: Note, head: bytes, panasonic: Callable[[], IfdTable]) -> None:
    """Read the note of a camera of Leica."""
    for shape in SHAPES:
        if (
            head.startswith(shape.begins)
            and note.model.startswith(shape.model)
            and note.make.startswith(shape.make)
        ):
            table = panasonic() if shape.section == "Main" else _table(shape.section)
            if shape.counts_from is None:
                at = note.at + shape.ifd_at
                note.ifd(table, at, order=note.order_at(at))
            elif shape.counts_from == _FILE:
                end = note.block.start + len(note.block)
                if end <= note.reading.limits.block_bytes:
                    view, at = note.reading.file.sub(0, end), note.block.start + shape.ifd_at
                    note.ifd(table, at, view=view, order=note.order_at(at, view))
            else:
                start = shape.counts_from
                view = note.block.sub(start, len(note.block) - start)
                at = shape.ifd_at - start
                note.ifd(table, at, view=view, order=note.order_at(at, view))
            return
