"""Nikon's further directories: the preview, the scanner's, and the offsets of NikonCapture."""

from __future__ import annotations

from functools import cache
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes.fields import fields, reads
from mapy.makernotes.nikon import values
from mapy.makernotes.note import IfdTable, Meanings, ifd_table
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import definition
from mapy.tiff_types import LONG, UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Value

_START, _LENGTH = "PreviewImageStart", "PreviewImageLength"
_IMAGE = Definition("PreviewImage", "PreviewImage", None, numbers.binary)


def _keep(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


@cache
def _preview_table() -> IfdTable:
    meanings = Meanings(hooks={_START: _keep, _LENGTH: _keep})
    return ifd_table("nikon", "PreviewIFD", meanings)._replace(places=frozenset({0x0201}))


def preview(note: Note, piece: Piece) -> None:
    """Read the directory of the preview, and tell of the picture itself."""
    at = piece.entry.raw
    if not isinstance(at, int) or not piece.around.has(at, 2):
        return
    note.seen[_START] = note.seen[_LENGTH] = None
    note.ifd(_preview_table(), at, view=piece.around, order=piece.order)
    start, length = note.seen[_START], note.seen[_LENGTH]
    if isinstance(start, int) and isinstance(length, int) and length:
        image = Tag("PreviewIFD", _IMAGE, UNDEFINED, length, None, start, length)
        note.add("PreviewIFD", [image], piece.view, {})


def _two_decimals(value: Value) -> Value:
    parts = value.split() if isinstance(value, str) else [value]
    return " ".join(f"{float(part):.2f}" for part in parts if not isinstance(part, list))


@cache
def _scan_table() -> IfdTable:
    say = {"MasterGain": values.decimals(2), "ColorGain": _two_decimals}
    handlers = {0x0110: reads(_grain("ROC")), 0x0120: reads(_grain("GEM"))}
    return ifd_table("nikon", "Scan", Meanings(say=say, handlers=handlers))


def _grain(section: str) -> Fields:
    """What was restored of the colours (ROC), how the grain was softened (GEM)."""
    return fields("nikon", section, "int32u", _GRAIN)


_MOST_GRAIN, _ALL_GRAIN = 95, 4


def _softened(tag: Tag) -> Value:
    return tag.raw / 20 - 1 if tag.raw < _MOST_GRAIN else _ALL_GRAIN


_GRAIN = Meanings({"DigitalROC": lambda tag: tag.raw / 10, "DigitalGEM": _softened})


def scan(note: Note, piece: Piece) -> None:
    """Read what a film scanner writes."""
    at = piece.entry.raw
    if isinstance(at, int) and piece.around.has(at, 2):
        note.ifd(_scan_table(), at, view=piece.around, order=piece.order)


_COUNT_AT, _PAIRS_AT, _MOST = 4, 6, 64
_COUNT = {"<": Struct("<H"), ">": Struct(">H")}
_PAIR = {"<": Struct("<II4x"), ">": Struct(">II4x")}


@cache
def _offset_names() -> dict[int, str]:
    return {row.number: row.name for row in makers.section("nikon", "CaptureOffsets").rows}


def capture_offsets(note: Note, piece: Piece) -> None:
    """Read where the parts of a file stood that NikonCapture wrote: pairs of number and offset."""
    view, order = piece.view, piece.order
    if not view.has(0, _PAIRS_AT):
        return
    names = _offset_names()
    tags: list[Tag] = []
    pair = _PAIR[order]
    for number in range(min(view.unpack(_COUNT[order], _COUNT_AT)[0], _MOST)):
        at = _PAIRS_AT + number * pair.size
        if not view.has(at, pair.size):
            break
        kind, offset = view.unpack(pair, at)
        if kind in names:
            named = Definition(kind, names[kind])
            tags.append(Tag("Nikon", named, LONG, 1, offset, view.start + at, pair.size))
    note.add("Nikon", tags, view, {})


_SETTINGS_COUNT, _SETTINGS_AT, _MOST_SETTINGS = 20, 24, 2048
_NUMBER = {"<": Struct("<I"), ">": Struct(">I")}
_SETTING = {"<": Struct("<H2xI"), ">": Struct(">H2xI")}


def _frames(value: Value) -> Value:
    return f"{value} fps"


def _tuned(value: Value) -> Value:
    return f"{value:+.2f}" if value else 0


_FINE_TUNING = (
    "FineTuneOptMatrixMetering", "FineTuneOptCenterWeighted", "FineTuneOptSpotMetering",
    "FineTuneOptHighlightWeighted",
)  # fmt: skip
_SETTINGS = Meanings(
    convert=dict.fromkeys(_FINE_TUNING, values.scaled(lambda raw: (raw - 7) / 6))
    | {
        "SelfTimerShotCount": values.scaled(lambda raw: 10 - raw),
        "MovieAFSpeed": values.scaled(lambda raw: raw - 6),
        "MonitorBrightness": values.scaled(lambda raw: raw - 6),
        "CHModeShootingSpeed": values.scaled(lambda raw: 15 - raw),
        "CLModeShootingSpeed": values.scaled(lambda raw: 11 - raw),
    },
    say=dict.fromkeys(_FINE_TUNING, _tuned)
    | {"CHModeShootingSpeed": _frames, "CLModeShootingSpeed": _frames},
)
_D6, _Z, _OTHERS = 0, 1, -1


@cache
def _settings(family: int) -> dict[int, Definition]:
    """The settings of a family of cameras; where rows share a number, each is of one family."""
    rows = makers.section("nikon", "Settings.Main").rows
    shared = {row.number for row in rows if row.variant}
    meanings = _SETTINGS
    if family == _OTHERS:  # they write the frames themselves
        plain = {key: each for key, each in _SETTINGS.convert.items() if "ShootingSpeed" not in key}
        meanings = _SETTINGS._replace(convert=plain)
    return {
        row.number: definition(row, meanings)
        for row in rows
        if row.number not in shared or row.variant == family
    }


def _family(model: str) -> int:
    if model.startswith("NIKON Z"):
        return _Z
    return _D6 if model == "NIKON D6" else _OTHERS


def menu_settings(note: Note, piece: Piece) -> None:
    """Read the settings of the menus: a count, then number, type and value of each."""
    view, order = piece.view, piece.order
    if not view.has(0, _SETTINGS_AT):
        return
    layout, names = _SETTING[order], _settings(_family(note.model))
    count = min(view.unpack(_NUMBER[order], _SETTINGS_COUNT)[0], _MOST_SETTINGS)
    tags: list[Tag] = []
    for number in range(count):
        at = _SETTINGS_AT + number * layout.size
        if not view.has(at, layout.size):
            break
        key, value = view.unpack(layout, at)
        named = names.get(key)
        if named is not None:
            tags.append(Tag("NikonSettings", named, LONG, 1, value, view.start + at + 4, 4, order))
    note.add("NikonSettings", tags, view, {})
