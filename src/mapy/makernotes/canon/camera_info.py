"""Canon's `CameraInfo`: a dump of the camera's state, whose layout each model has of its own.

Of some models the layout also depends on the firmware: its version number, a text, is looked for
at each place where one is known to stand, and what comes behind certain places is shifted.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain import words
from mapy.makernotes.canon import codes
from mapy.makernotes.canon.camera_info_tables import BY_COUNT, BY_MODEL, Shape
from mapy.makernotes.canon.picture_styles import picture_styles
from mapy.makernotes.canon.records import record, serial_number
from mapy.makernotes.fields import read_fields
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Hook, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Value

_VERSION = re.compile(rb"\d+\.\d+\.\d+\s*\0?")
_VERSION_BYTES = 6
_MACRO_LENS = 124
"""The MP-E 65mm: the one lens whose magnification is told."""


def read_camera_info(note: Note, piece: Piece) -> None:
    """Read the block by the layout of its camera, if that is known."""
    for pattern, shape in BY_MODEL:
        if pattern.search(note.model):
            _read(note, piece, shape)
            return
    numbers = piece.entry.raw
    if isinstance(numbers, tuple) and len(numbers) * _LONG == len(piece.view):
        section, place = _by_count(len(numbers))
        if section:
            read_fields(_compact(section, place), note, piece.view, piece.order)
    else:
        read_fields(_unknown(), note, piece.view, piece.order)


def _by_count(count: int) -> tuple[str, int]:
    """The layout of a block of numbers, by how many it has; and where the temperature stands."""
    found = BY_COUNT.get(count)
    if found is None and count > _LONG_BLOCK:
        return "CameraInfoUnknown32", count - 3
    return found or ("", 0)


_LONG, _LONG_BLOCK = 4, 400


def _read(note: Note, piece: Piece, shape: Shape) -> None:
    shifts: tuple[tuple[int, int], ...] = ()
    styles = shape.styles
    end = len(piece.view)
    if shape.firmware:
        end = shape.until
        shifts = shape.otherwise
        for place, moved in shape.firmware:
            if _has_version(piece, place):
                shifts, end = moved, len(piece.view)
                break
    layout = _layout(shape.section, shape.meanings)
    if shifts or end < len(piece.view) or shape.leaves_out:
        layout = _moved(shape, shifts, end if end < len(piece.view) else _ALL)
    read_fields(layout, note, piece.view, piece.order)
    if styles and end == len(piece.view):
        styles += shifts[-1][1] if shifts else 0
        if styles < end:
            block = piece.view.sub(styles, end - styles)
            read_fields(picture_styles(shape.style_section), note, block, piece.order)


def _has_version(piece: Piece, place: int) -> bool:
    if not piece.view.has(place, _VERSION_BYTES):
        return False
    return _VERSION.fullmatch(piece.view.take(place, _VERSION_BYTES)) is not None


_ALL = 1 << 31
"""No field stands behind it."""


@cache
def _moved(shape: Shape, shifts: tuple[tuple[int, int], ...], end: int) -> Fields:
    """The layout with the fields from certain places on shifted, and none from `end` on."""
    layout = _layout(shape.section, shape.meanings)
    fields = []
    for field in layout.fields:
        if field.offset >= end or field.offset in shape.leaves_out:
            continue
        shift = 0
        for place, moved in shifts:
            if field.offset >= place:
                shift = moved
        fields.append(field._replace(offset=field.offset + shift))
    return layout.of(fields)


def _f_number(tag: Tag) -> Value:
    return float(2 ** ((tag.raw - 8) / 16))


def _exposure_time(tag: Tag) -> Value:
    return float(2 ** (4 * (1 - codes.exposure_value(tag.raw - 24))))


def _iso(tag: Tag) -> Value:
    return float(100 * 2 ** (tag.raw / 8 - 9))


def _measured_ev(tag: Tag) -> Value:
    return float(tag.raw / 8 - 6)


def _magnification(tag: Tag) -> Value:
    return float(2 ** ((75 - tag.raw) * 3 / 40))


def _of_macro_lens(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("LensType") == _MACRO_LENS else None


def _version(_note: Note, tag: Tag) -> Tag | None:
    raw = tag.raw
    return tag if isinstance(raw, bytes) and _VERSION.fullmatch(raw) else None


def _of_1d_mark_iii(note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw and "1D Mark III" in note.model else None


def _rounded(value: Value) -> Value:
    return f"{value:.0f}" if isinstance(value, (int, float)) else value


def _two_digits(value: Value) -> Value:
    return f"{value:.2g}" if isinstance(value, (int, float)) else value


class _Words(NamedTuple):
    """What a kind of layout means by the names that all share."""

    convert: dict[str, Converter]
    say: dict[str, Formatter]
    hooks: dict[str, Hook]


def _shared() -> _Words:
    unless_0 = codes.unless(0)
    return _Words(
        {
            "FNumber": _f_number,
            "ExposureTime": _exposure_time,
            "ISO": _iso,
            "CameraTemperature": codes.celsius,
            "MacroMagnification": _magnification,
            "FocusDistanceUpper": codes.hundredths,
            "FocusDistanceLower": codes.hundredths,
            "MeasuredEV": _measured_ev,
            "MeasuredEV2": _measured_ev,
            "MeasuredEV3": _measured_ev,
            "FileIndex": codes.plus_one,
            "FileIndex2": codes.plus_one,
            "DirectoryIndex": codes.minus_one,
            "DirectoryIndex2": codes.minus_one,
            "LensSerialNumber": serial_number,
            "TimeStamp": codes.moment,
            "TimeStamp1": codes.moment,
        },
        {
            "FNumber": _two_digits,
            "ExposureTime": words.exposure_time,
            "ISO": _rounded,
            "CameraTemperature": words.celsius,
            "FocalLength": words.millimetres,
            "MinFocalLength": words.millimetres,
            "MaxFocalLength": words.millimetres,
            "FocusDistanceUpper": codes.distance,
            "FocusDistanceLower": codes.distance,
        },
        {
            "FNumber": unless_0,
            "ExposureTime": unless_0,
            "FocalLength": unless_0,
            "MeasuredEV": unless_0,
            "MeasuredEV2": unless_0,
            "MeasuredEV3": unless_0,
            "MacroMagnification": _of_macro_lens,
            "FirmwareVersionLookAhead": codes.drop,
            "TimeStamp": unless_0,
            "TimeStamp1": _of_1d_mark_iii,
        },
    )


def _as_the_5d(found: _Words) -> None:
    """The 5D counts folders as they are, and says its lens twice."""
    found.convert.pop("DirectoryIndex")
    found.hooks["LensType"] = _first_lens


def _first_lens(note: Note, tag: Tag) -> Tag | None:
    first = note.seen.setdefault("LensTypeOf5D", tag.raw or None)
    return tag if first in (tag.raw, None) else None


def _with_checked_version(found: _Words) -> None:
    """Layouts that name two places of the version."""
    found.hooks["FirmwareVersion"] = _version


def _with_plain_folders(found: _Words) -> None:
    """Cameras that number folders as they are."""
    found.convert.pop("DirectoryIndex")


def _as_the_first(found: _Words) -> None:
    """The first EOS-1D cameras write 0 for a lens that they do not know."""
    found.hooks["LensType"] = codes.unless(0)


_KINDS: dict[str, Callable[[_Words], None]] = {
    "5D": _as_the_5d,
    "checked": _with_checked_version,
    "plain": _with_plain_folders,
    "old": _as_the_first,
    "1DS": _as_the_first,
}


_COUNTS_FROM_0 = "CameraInfo1DmkIII"


@cache
def _layout(section: str, kind: str) -> Fields:
    found = _shared()
    if kind in _KINDS:
        _KINDS[kind](found)
    if section == _COUNTS_FROM_0:
        found.convert["ShutterCount"] = codes.plus_one
    variants = {"72": 1} if kind == "1DS" else {}
    return record(section, "int8u", Meanings(*found), variants=variants)


def _compact_iso(tag: Tag) -> Value:
    return float(100 * 2 ** ((tag.raw - 411) / 96))


def _compact_f_number(tag: Tag) -> Value:
    return float(2 ** (tag.raw / 192))


def _compact_time(tag: Tag) -> Value:
    return float(2 ** (-tag.raw / 96))


@cache
def _compact(section: str, place: int) -> Fields:
    """The layout of compact and mirrorless cameras: 32-bit numbers, the temperature at `place`."""
    layout = record(
        section,
        "int32s",
        Meanings(
            {"ISO": _compact_iso, "FNumber": _compact_f_number, "ExposureTime": _compact_time},
            {
                "FNumber": _two_digits,
                "ExposureTime": words.exposure_time,
                "ISO": _rounded,
                "CameraTemperature": words.celsius,
            },
        ),
    )
    fields = [each for each in layout.fields if each.definition.name != "CameraTemperature"]
    temperature = next(
        each for each in layout.fields if each.definition.name == "CameraTemperature"
    )
    fields.append(temperature._replace(offset=place * 4))
    return layout.of(fields)


def _of_5ds(note: Note, tag: Tag) -> Tag | None:
    return tag if "EOS 5DS" in note.model else None


@cache
def _unknown() -> Fields:
    """What is known of the block of any other camera."""
    return record(
        "CameraInfoUnknown",
        "int8u",
        Meanings(
            {"LensSerialNumber": serial_number},
            hooks={"FirmwareVersion": _version, "LensSerialNumber": _of_5ds},
        ),
    )
