"""Samsung: an IFD without a signature. Phones count its offsets from the note, raw files do not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes import unknown
from mapy.makernotes.fields import Fields, fields, reads
from mapy.makernotes.note import IfdTable, Meanings, ifd_table
from mapy.makernotes.samsung_cipher import HOOKS_BY_NUMBER
from mapy.tags import makers

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value

_FIRST_ENTRY = ((1, 7, 4), (1, 2, 4))
"""Number, type and count of a note's first entry: its version."""


def _less_four(tag: Tag) -> Value:
    return int(tag.raw) - 4


@cache
def _wizard() -> Fields:
    names = ("PictureWizardSaturation", "PictureWizardSharpness", "PictureWizardContrast")
    return fields("samsung", "PictureWizard", "int16u", Meanings(dict.fromkeys(names, _less_four)))


def _read_wizard(note: Note, piece: Piece) -> None:
    reads(_wizard())(note, piece)


@cache
def _orientation() -> Fields:
    return fields("samsung", "OrientationInfo", "rational64s", Meanings())


def _read_orientation(note: Note, piece: Piece) -> None:
    reads(_orientation())(note, piece)


def _first(tag: Tag) -> Value:
    """The first number: some cameras write two."""
    value = numbers.plain(tag)
    return _number(value.partition(" ")[0]) if isinstance(value, str) else value


def _number(text: str) -> Value:
    try:
        return float(text)
    except ValueError:
        return text


def _tenths(tag: Tag) -> Value:
    return tag.raw // 10 if tag.raw % 10 == 0 else float(tag.raw / 10)


def _temperature(value: Value) -> Value:
    """Degrees; one that was not measured has none."""
    return value if value in ("inf", "undef") else words.celsius(value)


def _album_colour(_note: Note, tag: Tag) -> Tag:
    """The colour that a picture is sorted by; two zeros say that there is none."""
    raw = tag.raw
    rows = makers.section("samsung", "Type2").rows
    which = int(isinstance(raw, tuple) and any(raw[:2]))
    names = next(row.names for row in rows if row.number == _ALBUM and row.variant == which)
    return tag._replace(definition=tag.definition._replace(one_of=names))


_WIZARD, _ORIENTATION, _ALBUM = 0x0021, 0x0011, 0x0020
_MEANINGS = Meanings(
    convert={
        "ExposureTime": _first,
        "FNumber": _first,
        "FocalLengthIn35mmFormat": _tenths,
    },
    say={
        "ExposureTime": words.exposure_time,
        "FNumber": words.one_decimal,
        "FocalLengthIn35mmFormat": words.millimetres,
        "CameraTemperature": _temperature,
    },
    handlers={_WIZARD: _read_wizard, _ORIENTATION: _read_orientation},
)


@cache
def _table() -> IfdTable:
    table = ifd_table("samsung", "Type2", _MEANINGS)
    kept = {id_: means for id_, means in table.definitions.items() if id_ not in table.handlers}
    hooks = {kept[number].name: hook for number, hook in HOOKS_BY_NUMBER.items() if number in kept}
    return table._replace(definitions=kept, hooks={**hooks, "SmartAlbumColor": _album_colour})


def parse(note: Note) -> None:
    """Read the note."""
    block = note.block
    order = note.order_at(0, block)
    u16, u32 = (block.u16le, block.u32le) if order == "<" else (block.u16be, block.u32be)
    if (u16(2), u16(4), u32(6)) not in _FIRST_ENTRY:
        unknown.parse(note)
        return
    if "NX" in note.model and not note.reading.file.take(0, 2).startswith(b"\xff\xd8"):
        note.ifd(_table(), note.at, order=order)
    else:
        note.ifd(_table(), 0, view=block, order=order)
