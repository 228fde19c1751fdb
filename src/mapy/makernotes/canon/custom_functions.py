"""Canon's custom functions: settings of the user's, in a list for each generation of cameras."""

from __future__ import annotations

from functools import cache
import math
import re
from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy.explain import words
from mapy.makernotes.canon import codes
from mapy.makernotes.canon.custom_function_tables import LISTS, SIZES, variant
from mapy.makernotes.canon.records import record, u16
from mapy.makernotes.note import Meanings
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.maker_tables import definition
from mapy.tiff_types import SHORT, SLONG

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Definition, Value

_BY_MODEL = (
    (re.compile(r"EOS-1D"), "Functions1D"),
    (re.compile(r"EOS 5D"), "Functions5D"),
    (re.compile(r"EOS 10D"), "Functions10D"),
    (re.compile(r"EOS 20D"), "Functions20D"),
    (re.compile(r"EOS 30D"), "Functions30D"),
    (re.compile(r"\b(?:400D|REBEL XTi|Kiss Digital X|K236)\b"), "Functions400D"),
    (re.compile(r"\b(?:350D|REBEL XT|Kiss Digital N)\b"), "Functions350D"),
    (re.compile(r"EOS D[36]0\b"), "FunctionsD30"),
)
_SHORT_BY_TWO: Final = re.compile(r"\bD60\b")
"""A camera whose list says that it is two bytes shorter than it is."""


def read_functions(note: Note, piece: Piece) -> None:
    """Read the list of a camera up to 2006."""
    for pattern, section in _BY_MODEL:
        if pattern.search(note.model):
            _read_list(note, piece, section)
            return


def read_functions_1d(note: Note, piece: Piece) -> None:
    """Read the list of an EOS-1D, which has an entry of its own."""
    _read_list(note, piece, "Functions1D")


def _read_list(note: Note, piece: Piece, section: str) -> None:
    """A list: its length, then words of a number and its value, a byte each."""
    size = len(piece.view)
    length = u16(piece, 0)
    if length != size and not (_SHORT_BY_TWO.search(note.model) and length + 2 == size):
        return
    group, known = _definitions(section)
    tags = []
    for at in range(2, size - 1, 2):
        word = u16(piece, at)
        found = known.get(word >> 8)
        if found:
            place = piece.view.start + at
            tags.append(Tag(group, found[0], SHORT, 1, word & 0xFF, place, 2, piece.order))
    note.add(group, tags, piece.view, {})


@cache
def _definitions(section: str) -> tuple[str, dict[int, list[Definition]]]:
    group, rows = makers.section("canon", f"Custom.{section}")
    found: dict[int, list[Definition]] = {}
    meanings = Meanings(_CONVERT, LISTS, names=dict.fromkeys(LISTS))
    for row in rows:
        found.setdefault(row.number, []).append(definition(row, meanings))
    return group, found


_MAX_GROUPS, _MAX_FUNCTIONS, _MAX_VALUES = 64, 512, 1024
_HEAD: Final = {order: Struct(order + "4xI") for order in "<>"}
_GROUP: Final = {order: Struct(order + "III") for order in "<>"}
_ENTRY: Final = {order: Struct(order + "II") for order in "<>"}


def read_functions_2(note: Note, piece: Piece) -> None:
    """Read the lists of a camera since 2007: groups of functions of several values each."""
    view, order = piece.view, piece.order
    if not view.has(0, 8) or u16(piece, 0) != len(view):
        return
    group_name, known = _definitions("Functions2")
    at = 8
    tags: list[Tag] = []
    for _ in range(min(view.unpack(_HEAD[order], 0)[0], _MAX_GROUPS)):
        if not view.has(at, 12):
            break
        _number, length, count = view.unpack(_GROUP[order], at)
        end = min(at + 4 + length, len(view))
        place = at + 12
        for _function in range(min(count, _MAX_FUNCTIONS)):
            if place + 8 > end:
                break
            number, values = view.unpack(_ENTRY[order], place)
            if values > _MAX_VALUES or place + 8 + 4 * values > end:
                break
            raw = view.unpack(Struct(f"{order}{values}i"), place + 8)
            variants = known.get(number)
            if variants and raw and values in SIZES.get(number, (values,)):
                row = variants[min(variant(number, values, note.model), len(variants) - 1)]
                value = raw[0] if values == 1 else raw
                start = view.start + place + 8
                tags.append(Tag(group_name, row, SLONG, values, value, start, values * 4, order))
            place += 8 + 4 * values
        at = end if end > at else len(view)
    note.add(group_name, tags, view, {})


def _numbers(values: list[float | int]) -> Value:
    return " ".join(f"{value:.15g}" if isinstance(value, float) else str(value) for value in values)


def _iso_step(code: int) -> float | int:
    if code < 2:  # noqa: PLR2004 - 0 and 1 are no speeds
        return code
    return 100 * 2 ** (code / 8 - 9) if code < 1000 else 0  # noqa: PLR2004


def _iso_range(tag: Tag) -> Value:
    first, *rest = tag.raw
    return _numbers([first, *(_iso_step(code) for code in rest)])


_AUTO_VALUES: Final = 4
"""Values of a range with a part for automatic modes; three are a switch and a range."""


_TIME_UNIT, _APERTURE_UNIT = 1600 * math.log(2), 2400
"""Of the logarithms that the ranges of four values are."""


def _time_range(tag: Tag) -> Value:
    if len(tag.raw) == _AUTO_VALUES:
        return _numbers([math.exp(-code / _TIME_UNIT) for code in tag.raw])
    first, *rest = tag.raw
    return _numbers([first, *(2 ** -(code / 8 - 7) for code in rest)])


def _aperture_range(tag: Tag) -> Value:
    if len(tag.raw) == _AUTO_VALUES:
        return _numbers([math.exp(code / _APERTURE_UNIT) for code in tag.raw])
    first, *rest = tag.raw
    return _numbers([first, *(2 ** ((code / 8 - 1) / 2) for code in rest)])


_CONVERT: Final = {
    "ISOSpeedRange": _iso_range,
    "ShutterSpeedRange": _time_range,
    "ApertureRange": _aperture_range,
}


def _switch(value: Value) -> Value:
    return "Off" if not value else "On" if value == 1 else f"On ({value})"


@cache
def personal_functions() -> Fields:
    """The record `PersonalFuncs`."""
    rows = makers.section("canon", "Custom.PersonalFuncs").rows
    return record(
        "Custom.PersonalFuncs", "int16u", Meanings(say={row.name: _switch for row in rows})
    )


def _personal_time(tag: Tag) -> Value:
    return float(2 ** -codes.exposure_value(tag.raw * 4) * 1000 / 8)


def _personal_aperture(tag: Tag) -> Value:
    return float(2 ** (codes.exposure_value(tag.raw * 4 - 32) / 2))


@cache
def personal_function_values() -> Fields:
    """The record `PersonalFuncValues`."""
    times = ("PF4ExposureTimeMin", "PF4ExposureTimeMax")
    apertures = ("PF5ApertureMin", "PF5ApertureMax")
    return record(
        "Custom.PersonalFuncValues",
        "int16u",
        Meanings(
            dict.fromkeys(times, _personal_time) | dict.fromkeys(apertures, _personal_aperture),
            {
                **dict.fromkeys(times, words.exposure_time),
                **dict.fromkeys(apertures, lambda value: f"{value:.2g}"),
            },
        ),
    )
