"""ExtraInfo, the battery of cameras with A-mount and of the first NEX; and HiddenInfo."""

from __future__ import annotations

from functools import lru_cache
import re
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields
from mapy.makernotes.note import Meanings
from mapy.makernotes.sony import units, values, wording
from mapy.makernotes.sony.records import read_layout
from mapy.makernotes.sony.values import linear
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.maker_tables import definition
from mapy.tiff_types import LONG

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Value

_BIG_ENDIAN = r"DSLR-A(850|900)\b"
_SMALL = r"DSLR-A(230|290|330|380|390)\b"
_FIRST_NEX = r"NEX-(3|5|5C|C3|VG10|VG10E)\b"
_FIRST_LIVE_VIEW = r"DSLR-A(450|500|550)\b"
_ORIENTATION = {"22": 0xC0, "24": 0x30}
"""The bits of a byte that tell how the camera was held."""


def _volts(value: Value) -> Value:
    return f"{value:.2f} V" if isinstance(value, int | float) else value


def _dotted(value: Value) -> Value:
    return str(value).replace(" ", ".")


_MEANINGS = Meanings(
    convert={
        "BatteryTemperature": values.fahrenheit,
        **dict.fromkeys(("BatteryVoltage1", "BatteryVoltage2"), linear(1 / 128)),
    },
    say={
        "BatteryTemperature": wording.temperature,
        "BatteryLevel": units.percent,
        "ExtraInfoVersion": _dotted,
        **dict.fromkeys(("BatteryVoltage1", "BatteryVoltage2"), _volts),
    },
)


def _rows_of(model: str) -> dict[str, int]:
    """Which row of each place counts for a camera; -1 where none does."""
    is_first_nex = bool(re.match(_FIRST_NEX, model))
    is_slr = model.startswith("DSLR-")
    state = -1
    if model.startswith("SLT-"):
        state = 0
    elif is_slr:
        state = 1 if re.match(_FIRST_LIVE_VIEW, model) else 2
    rows = {"20": state, "22": 0 if is_slr else 1 if is_first_nex else -1}
    if is_first_nex:
        rows |= dict.fromkeys(("6", "8", "17", "24"), -1)
    return rows


@lru_cache(maxsize=64)
def _layout(model: str) -> tuple[Fields, str]:
    """The layout of the block for a camera, and its byte order, if that is not the note's."""
    if re.match(_BIG_ENDIAN, model):
        return fields("sony", "ExtraInfo", "int8u", _MEANINGS), ">"
    if re.match(_SMALL, model):
        return fields("sony", "ExtraInfo2", "int8u", _MEANINGS), ""
    masks = _ORIENTATION if re.match(_FIRST_NEX, model) else {"24": _ORIENTATION["24"]}
    return (
        fields("sony", "ExtraInfo3", "int8u", _MEANINGS, masks=masks, variants=_rows_of(model)),
        "",
    )


def read_extra(note: Note, piece: Piece) -> None:
    """Read what the camera tells of its battery."""
    layout, order = _layout(note.model)
    read_layout(note, layout, piece.view, order or piece.order)


def read_hidden(note: Note, piece: Piece) -> None:
    """Read where data lie that nobody has explained; the place counts from the file's start.

    Raises:
        OutOfBounds: there are no two numbers.
    """
    view = piece.view
    u32 = view.u32le if piece.order == "<" else view.u32be
    group, rows = makers.section("sony", "HiddenInfo")
    numbers = u32(0) + piece.around.start, u32(4)
    tags = [
        Tag(group, definition(row, _MEANINGS), LONG, 1, number, view.start + 4 * row.number, 4)
        for row, number in zip(rows, numbers, strict=True)
    ]
    note.add(group, tags, view, {})
