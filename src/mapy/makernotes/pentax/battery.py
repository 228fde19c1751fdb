"""Pentax: BatteryInfo, whose readings each generation of cameras has in its own way."""

from __future__ import annotations

from functools import lru_cache
import re
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import Meanings
from mapy.makernotes.pentax import values

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Formatter, Value

_K10D_K20D = r"(K10D|GX10|K20D|GX20)\b"
_MARK_III = r"K-3 Mark III"
_WITH_VOLTS = r"^(?!.*III).*(645D|645Z|K-(1|01|3|5|7|30|50|70|500|r|x|S[12])|KP)\b"
_LEFT_OUT = -1
_ROWS: dict[str, tuple[tuple[str, int], ...]] = {
    "0.1": ((_MARK_III, 1), ("", 0)),
    "0.2": ((_MARK_III, 0),),
    "1.1": (
        (r"(\*ist|K100D|K200D|K10D|GX10|K20D|GX20|GX-1[LS]?)\b", 0),
        (r"(K110D|K2000|K-m|K-3 Mark III)\b", _LEFT_OUT),
        ("", 1),
    ),
    "1.2": ((_K10D_K20D, 0),),
    "2": (
        (_K10D_K20D, 0),
        (r"(\*ist|K100D|K200D|GX-1[LS]?)\b", 1),
        (_WITH_VOLTS, 2),
        (_MARK_III, 3),
    ),
    "3": ((_K10D_K20D, 0), (r"(\*ist|K100D|K200D)\b", 1), (_MARK_III, 2)),
    "4": (
        (r"(\*ist|K10D|GX10|K20D|GX20|GX-1[LS]?)\b", 0),
        (_WITH_VOLTS, 1),
        (_MARK_III, 2),
    ),
    "5": ((r"(\*ist|K10D|GX10|K20D|GX20)\b", 0),),
    "6": ((r"(K-5|K-r|645D)\b", 0),),
    "8": ((r"(K-5|K-r)\b", 0),),
    "16": ((_MARK_III, 0),),
    "17": ((_MARK_III, 0),),
    "18": ((_MARK_III, 0),),
}
"""By place: the row that counts for a camera is that of the first pattern found in its Model."""
_MASKS = {"0.1": 0x0F, "0.2": 0xF0, "1.1": 0xF0, "1.2": 0x0F}
_VOLTS = (
    "BodyBatteryVoltage1",
    "BodyBatteryVoltage2",
    "BodyBatteryVoltage3",
    "BodyBatteryVoltage4",
)
_BIG_VOLTS = ("BodyBatteryVoltage", "GripBatteryVoltage")


def _volts(value: Value) -> Value:
    return f"{value:.2f} V" if isinstance(value, (int, float)) else value


def _reading(empty: int, full: int) -> Formatter:
    """A formatter: what the converter read, the volts, and how full the battery is."""

    def say(value: Value) -> Value:
        if not isinstance(value, int):
            return value
        share = int((value - empty) * 100 / (full - empty))
        return f"{value} ({value * 8.18 / 186:.1f}V, {share}%)"

    return say


def _fine_volts(tag: Tag) -> Value:
    return float(tag.raw * 4e-8 + 0.27219)


_MEANINGS = Meanings(
    {
        **dict.fromkeys(_VOLTS, values.scaled(100)),
        **dict.fromkeys(_BIG_VOLTS, _fine_volts),
    },
    dict.fromkeys((*_VOLTS, *_BIG_VOLTS), _volts),
)
_READINGS: dict[str, Formatter] = {
    "BodyBatteryADNoLoad": _reading(155, 190),
    "BodyBatteryADLoad": _reading(152, 186),
}
"""Of the cameras whose converter is known."""


@lru_cache(maxsize=64)
def _record(model: str) -> Fields:
    variants = {
        place: next((row for pattern, row in rows if re.search(pattern, model)), _LEFT_OUT)
        for place, rows in _ROWS.items()
    }
    is_known = re.search(_K10D_K20D, model)
    meanings = _MEANINGS._replace(say={**_MEANINGS.say, **(_READINGS if is_known else {})})
    return fields("pentax", "BatteryInfo", "int8u", meanings, masks=_MASKS, variants=variants)


def read(note: Note, piece: Piece) -> None:
    """Read BatteryInfo, which is big-endian whatever its note is."""
    read_fields(_record(note.model), note, piece.view, ">")
