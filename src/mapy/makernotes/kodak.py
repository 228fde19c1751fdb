"""Kodak: records of a dozen layouts, or directories, by how the note begins and by the camera."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain import words
from mapy.makernotes import kodak_ifds
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.kodak_ifds import scaled, size
from mapy.makernotes.note import Meanings
from mapy.tiff_types import text

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value


class Layout(NamedTuple):
    """A kind of record, and how it is known."""

    section: str
    order: str
    begins: str = ""
    """How the note begins: a regular expression of its bytes."""
    model: str = ""
    """Which cameras write it: a regular expression."""
    make: str = ""
    """How the maker spells its name; the early cameras' notes are told apart by that, too."""
    start: int = 0


_EARLY, _LATER = "EASTMAN KODAK", "Eastman Kodak"
_LAYOUTS = (
    Layout("Main", ">", begins=r"KDK INFO", make=_EARLY, start=8),
    Layout("Main", "<", begins=r"KDK", make=_EARLY, start=8),
    Layout("Type2", ">", begins=r".{8}Eastman Kodak|\x01\0[\0\x01]\0\0\0\x04\0[a-zA-Z]{4}"),
    Layout("Type3", ">", begins=r"(?!MM|II).{12}\x07", make=_EARLY),
    Layout("Type4", ">", begins=r"(?!MM|II).{41}JPG", make=_LATER),
    Layout("Type5", ">", model=r"CX(4200|4210|4230|4300|4310|6200|6230)", make=_EARLY),
    Layout("Type5", ">", begins=r"\0(\x1a\x18|\x3a\x08|\x59\xf8|\x14\x80)\0", make=_EARLY),
    Layout("Type6", ">", model=r"DX3215", make=_EARLY),
    Layout("Type6", "<", model=r"DX3700", make=_EARLY),
    Layout("Type7", ">", begins=r"[CK][A-Z\d]{3} ?[A-Z\d]{1,2}\d{2}[A-Z\d]\d{4}[ \0]"),
    Layout("Type9", "<", begins=r"IIII[\x02\x03]\0.{14}\d{4}/\d\d/\d\d "),
)
"""The first that fits reads the note; what fits none may be a directory."""
_HEAD = 64
_BEHIND_MARK = re.compile(rb"MM\0[\x02-\x7f]|II[\x02-\x7f]\0")
_BARE = re.compile(
    rb"\0[\x02-\x7f]..\0[\x01-\x0c]\0\0|[\x02-\x7f]\0..[\x01-\x0c]\0..\0\0", re.DOTALL
)
"""A directory from the first byte on: how many entries it has, and the type of the first."""


def _month_day(tag: Tag) -> Value:
    return "{:02d}:{:02d}".format(*tag.raw)


def _time_of_type_3(tag: Tag) -> Value:
    return "{:2d}:{:02d}:{:02d}.{:02d}".format(*tag.raw)


def _with_colons(tag: Tag) -> Value:
    return text(tag.raw).replace("/", ":")


def _time(tag: Tag) -> Value:
    """Hours, minutes, seconds and hundredths."""
    return "{:02d}:{:02d}:{:02d}.{:02d}".format(*tag.raw)


def _signed(value: Value) -> Value:
    return f"{value:+d}" if isinstance(value, int) and value else "Normal"


_MEANINGS = Meanings(
    convert={
        "MonthDayCreated": _month_day,
        "TimeCreated": _time,
        "FNumber": scaled(100),
        "ExposureTime": scaled(100_000),
        "ExposureCompensation": scaled(1000),
        **dict.fromkeys(("TotalZoom", "DigitalZoom", "OpticalZoom"), scaled(100)),
    },
    say={
        "ExposureTime": words.exposure_time,
        "FocalLength": words.millimetres_1,
        "PreviewImageSize": size,
        "Sharpness": _signed,
        "ISOSetting": lambda value: value or "Auto",
        "DateTimeStamp": lambda value: f"Mode {value}" if value else "Off",
    },
    names={"Sharpness": None},
)


_NUMBER = re.compile(rb"[A-Za-z0-9]{1,11}\0|[A-Za-z0-9]{12}")


def _if_kodak(note: Note, tag: Tag) -> Tag | None:
    """Other makers keep something else there."""
    return tag if "kodak" in note.make.lower() else None


def _if_a_number(note: Note, tag: Tag) -> Tag | None:
    return tag if _NUMBER.match(tag.raw) and _if_kodak(note, tag) else None


def _hundredths_of_kodak(note: Note, tag: Tag) -> Tag:
    """Kodak counts the aperture in hundredths, other makers in tenths."""
    convert = scaled(100 if _if_kodak(note, tag) else 10)
    return tag._replace(definition=tag.definition._replace(convert=convert))


_BY_SECTION = {
    "Type3": _MEANINGS._replace(convert={**_MEANINGS.convert, "TimeCreated": _time_of_type_3}),
    "Type9": _MEANINGS._replace(
        convert={"ExposureTime": scaled(1_000_000), "DateTimeOriginal": _with_colons},
        hooks={
            "FNumber": _hundredths_of_kodak,
            "FirmwareVersion": _if_kodak,
            "UnknownNumber": _if_a_number,
        },
    ),
}


@cache
def _record(section: str) -> Fields:
    return fields("kodak", section, "int8u", _BY_SECTION.get(section, _MEANINGS))


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), _HEAD))
    if kodak_ifds.read_with_header(note, head):
        return
    if _BEHIND_MARK.match(head):
        kodak_ifds.read_behind_mark(note)
        return
    for layout in _LAYOUTS:
        begins = re.match(layout.begins.encode(), head, re.DOTALL)
        is_theirs = note.make.startswith(layout.make)
        if begins and is_theirs and re.search(layout.model, note.model):
            view = note.block.sub(layout.start, len(note.block) - layout.start)
            read_fields(_record(layout.section), note, view, layout.order)
            return
    if _BARE.match(head):
        kodak_ifds.read_bare(note)
