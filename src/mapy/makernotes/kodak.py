"""Kodak: records of a dozen layouts, and IFDs, by how the note begins and which camera wrote it."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain import words
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import IfdTable, Meanings, ifd_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.makernotes.note import Handler, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Value

_GROUP = "Kodak"


class Layout(NamedTuple):
    """A kind of record, and how it is known."""

    section: str
    order: str
    begins: str = ""
    """How the note begins: a regular expression of its bytes."""
    model: str = ""
    """Which cameras write it: a regular expression."""
    start: int = 0


_LAYOUTS = (
    Layout("Main", ">", begins=r"KDK INFO", start=8),
    Layout("Main", "<", begins=r"KDK", start=8),
    Layout("Type2", ">", begins=r".{8}Eastman Kodak|\x01\0[\0\x01]\0\0\0\x04\0[a-zA-Z]{4}"),
    Layout("Type3", ">", begins=r"(?!MM|II).{12}\x07"),
    Layout("Type4", ">", begins=r".{41}JPG"),
    Layout("Type5", ">", model=r"CX(4200|4210|4230|4300|4310|6200|6230)"),
    Layout("Type6", ">", model=r"DX3215"),
    Layout("Type6", "<", model=r"DX3700"),
    Layout("Type9", "<", begins=r"IIII[\x02\x03]\0.{14}\d{4}/\d\d/\d\d "),
    Layout("Type7", ">", begins=r"[CK][A-Z\d]{3} ?[A-Z\d]{1,2}\d{2}[A-Z\d]\d{4}[ \0]"),
)
"""The first that fits reads the note, but IFDs are looked for before Type3."""
_HEAD = 64
_IFD_10 = re.compile(rb"MM\0[\x02-\x04]", re.DOTALL)
_IFD_8 = re.compile(rb"(II|MM)(\x2a\0|\0\x2a)", re.DOTALL)
_SUB_IFDS = {
    0xFC00: "SubIFD0", 0xFC01: "SubIFD1", 0xFC02: "SubIFD2", 0xFC03: "SubIFD3",
    0xFC05: "SubIFD5", 0xFF00: "CameraInfo",
}  # fmt: skip


def _scaled(factor: float) -> Converter:
    def convert(tag: Tag) -> Value:
        value = tag.raw / factor
        return int(value) if value == int(value) else float(value)

    return convert


def _month_day(tag: Tag) -> Value:
    return "{:02d}:{:02d}".format(*tag.raw)


def _time(tag: Tag) -> Value:
    """Hours, minutes, seconds and hundredths."""
    return "{:02d}:{:02d}:{:02d}.{:02d}".format(*tag.raw)


def _signed(value: Value) -> Value:
    return f"{value:+d}" if isinstance(value, int) and value else "Normal"


_MEANINGS = Meanings(
    convert={
        "MonthDayCreated": _month_day,
        "TimeCreated": _time,
        "FNumber": _scaled(100),
        "ExposureTime": _scaled(100_000),
        "ExposureCompensation": _scaled(1000),
        **dict.fromkeys(("TotalZoom", "DigitalZoom", "OpticalZoom"), _scaled(100)),
    },
    say={
        "ExposureTime": words.exposure_time,
        "FocalLength": words.millimetres_1,
        "PreviewImageSize": lambda value: str(value).replace(" ", "x"),
        "Sharpness": _signed,
        "ISOSetting": lambda value: value or "Auto",
        "DateTimeStamp": lambda value: f"Mode {value}" if value else "Off",
    },
    names={"Sharpness": None},
)


@cache
def _record(section: str) -> Fields:
    return fields("kodak", section, "int8u", _MEANINGS)


@cache
def _ifd(section: str) -> IfdTable:
    handlers = _handlers() if section == "Type8" else {}
    if section == "Type8":
        return IfdTable(_GROUP, {}, {}, handlers)
    convert = dict(_MEANINGS.convert)
    if section == "Type10":
        convert.update(FNumber=_scaled(10), ISO=_scaled(1), FocalLength=_scaled(10))
    return ifd_table("kodak", section, _MEANINGS._replace(convert=convert))


def _leads_to(section: str) -> Handler:
    """A handler that reads the IFD at the offset that an entry holds, or in its own bytes."""

    def handle(note: Note, piece: Piece) -> None:
        raw = piece.entry.raw
        at = raw if isinstance(raw, int) else piece.entry.place
        note.ifd(_ifd(section), at, view=piece.around, order=note.order_at(at, piece.around))

    return handle


@cache
def _handlers() -> dict[int, Handler]:
    return {id_: _leads_to(section) for id_, section in _SUB_IFDS.items()}


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), _HEAD))
    order = "<" if head.startswith(b"II") else ">"
    if _IFD_8.match(head):
        note.ifd(_ifd("Type8"), 8, view=note.block, order=order)
        return
    if _IFD_10.match(head):
        note.ifd(_ifd("Type10"), note.at + 2, order=">")
        return
    for layout in _LAYOUTS:
        begins = re.match(layout.begins.encode(), head, re.DOTALL)
        if begins and re.search(layout.model, note.model):
            view = note.block.sub(layout.start, len(note.block) - layout.start)
            read_fields(_record(layout.section), note, view, layout.order)
            return
    if len(head) > _FEWEST_BYTES and _looks_like_ifd(note):
        note.ifd(_ifd("Type8"), note.at, order=note.order_at(note.at))


_FEWEST_BYTES = 14
_FEW_ENTRIES = 64
_LAST_TYPE = 13


def _looks_like_ifd(note: Note) -> bool:
    """Whether the note begins with a small number of entries, the first of a known type."""
    order = note.order_at(note.at)
    read: Callable[[int], int] = note.block.u16le if order == "<" else note.block.u16be
    return 0 < read(0) < _FEW_ENTRIES and 0 < read(4) < _LAST_TYPE
