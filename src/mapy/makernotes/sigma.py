"""Sigma and Foveon: an IFD of texts in older cameras, of numbers in newer ones."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.fields import Fields, fields, reads
from mapy.makernotes.note import Meanings, ifd_table
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import definition
from mapy.tiff_types import ASCII, FLOAT, LONG, RATIONAL, SHORT, SRATIONAL, UNDEFINED, text

if TYPE_CHECKING:
    from mapy.makernotes.note import IfdTable, Note, Piece
    from mapy.tags.definition import Value

_IFD_AT = 10
_GROUP = "Sigma"
_LABEL = re.compile(r"(?:Expo|Cont|Shad|High|Satu|Shar|Fill|CC|Qual|Chro|Luma):\s*")
_OLD_PREVIEW, _NEW_PREVIEW = frozenset({26}), frozenset({28})
_MICRO = 1e-6
_TYPES = {
    "string": {ASCII}, "int32u": {LONG}, "int16u": {SHORT}, "undef": {UNDEFINED},
    "float": {FLOAT}, "rational64s": {RATIONAL, SRATIONAL}, "rational64u": {RATIONAL, SRATIONAL},
}  # fmt: skip


def _unlabelled(tag: Tag) -> Value:
    """A text without the label in front of it: `+0.8` of `Expo:+0.8`."""
    value = numbers.plain(tag)
    return _LABEL.sub("", value, count=1) if isinstance(value, str) else value


def _microseconds(tag: Tag) -> Value:
    """Seconds from a text of microseconds."""
    return float(text(tag.raw)) * _MICRO


def _size(value: Value) -> Value:
    return str(value).replace(" ", "x")


def _lens_code(tag: Tag) -> Value:
    """The number of a lens: digits of 16 in a text."""
    return int(text(tag.raw), 16) if isinstance(tag.raw, bytes) else numbers.plain(tag)


def _exposure_time(value: Value) -> Value:
    """Seconds as a fraction, from a number or a text of one."""
    try:
        return words.exposure_time(float(str(value)))
    except ValueError:
        return value


_LABELLED = (
    "ExposureCompensation", "Contrast", "Shadow", "Highlight", "Saturation", "Sharpness",
    "X3FillLight", "ColorAdjustment", "Quality", "ChrominanceNoiseReduction",
    "LuminanceNoiseReduction",
)  # fmt: skip
_MARK, _VERSION_AT, _FIRST_NEW = b"SIGMA\0\0\0", 9, 3
"""How a note begins that tells its version, where, and the first of the newer cameras."""
_OLD_ONLY = frozenset({34, 36, 49, 50, 52, 53, 57, 58, 59, 60})
_NEW_ONLY = frozenset({30, 38, 39, 42, 43, 72, 73, 74, 77, 85, 86, 88, 89})
_EITHER = frozenset({28, 29, 31, 48})
"""Numbers that mean one thing in older cameras and another in newer ones."""
_EXPOSURE_TIME, _EXPOSURE_TIME_NEW = 51, 75
_LAST_MICROSECONDS = 3
_NO_TIME = re.compile(r" (?:SD1|SD9|SD15|Merrill|Quattro|fp)$")
_SECONDS = re.compile(r"SIGMA (?:SD1(?: Merrill)?|DP\d Merrill)$")
_MICROSECONDS = re.compile(r"SIGMA dp\d Quattro$", re.IGNORECASE)
_MEANINGS = Meanings(
    convert={
        **dict.fromkeys(_LABELLED, _unlabelled),
        "ExposureTime2": _microseconds,
        "LensType": _lens_code,
    },
    say={
        "ExposureTime": words.exposure_time,
        "ExposureTime2": _exposure_time,
        "FNumber": words.f_number,
        "PreviewImageSize": _size,
        "SensorTemperature": lambda value: value if str(value).endswith("C") else f"{value} C",
        "MeteringMode": lambda value: value,
        "ExposureMode": lambda value: value,
    },
)


@cache
def _rows() -> dict[int, tuple[tuple[set[int], Definition], ...]]:
    """By number: the rows of it, each with the types that tell which counts."""
    found: dict[int, list[tuple[set[int], Definition]]] = {}
    for row in makers.section("sigma", "Main").rows:
        known = _TYPES.get(row.type, set())
        found.setdefault(row.number, []).append((known, definition(row, _MEANINGS)))
    return {number: tuple(rows) for number, rows in found.items()}


def _by_version(note: Note, tag: Tag) -> Tag | None:
    """Cameras use some numbers for different things: the version of the note tells which."""
    number, version = int(tag.id), note.seen.get("Version", 0)
    is_new = version >= _FIRST_NEW
    if number in (_OLD_ONLY if is_new else _NEW_ONLY):
        return None
    if number == _EXPOSURE_TIME:
        is_told = version <= _LAST_MICROSECONDS and not _NO_TIME.search(note.model)
        return tag if is_told else None
    if number == _EXPOSURE_TIME_NEW:
        return _new_exposure_time(note, tag)
    rows = _rows()[number]
    if number in _EITHER:
        return tag._replace(definition=rows[is_new][1])
    means = next((means for types, means in rows if tag.type in types), tag.definition)
    return tag._replace(definition=means)


def _new_exposure_time(note: Note, tag: Tag) -> Tag | None:
    """Seconds or microseconds, by the camera."""
    if _SECONDS.match(note.model):
        return tag._replace(definition=tag.definition._replace(convert=None))
    return tag if _MICROSECONDS.match(note.model) else None


_WHITE_BALANCES = 0x0120


@cache
def _white_balances() -> Fields:
    return fields("sigma", "WBSettings", "float", Meanings())


def _read_white_balances(note: Note, piece: Piece) -> None:
    reads(_white_balances())(note, piece)


@cache
def _main() -> IfdTable:
    names = {row.name for row in makers.section("sigma", "Main").rows}
    handlers = {_WHITE_BALANCES: _read_white_balances}
    meanings = _MEANINGS._replace(hooks=dict.fromkeys(names, _by_version), handlers=handlers)
    return ifd_table("sigma", "Main", meanings)


def parse(note: Note) -> None:
    """Read the note."""
    at = note.at + _IFD_AT
    is_marked = note.block.take(0, len(_MARK)) == _MARK
    version = note.seen["Version"] = note.block.u8(_VERSION_AT) if is_marked else -1
    first = len(note.reading.directories)
    note.ifd(
        _main()._replace(places=_NEW_PREVIEW if version >= _FIRST_NEW else _OLD_PREVIEW),
        at,
        order=note.order_at(at),
    )
    for directory in note.reading.directories[first:]:
        found = {tag.name: tag.raw for tag in directory}
        start, length = found.get("PreviewImageStart"), found.get("PreviewImageLength")
        if isinstance(start, int) and isinstance(length, int) and length:
            picture = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
            tag = Tag(_GROUP, picture, UNDEFINED, length, None, start, length)
            note.add(_GROUP, [tag], note.block, {})
