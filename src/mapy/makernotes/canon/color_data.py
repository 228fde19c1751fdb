"""Canon's `ColorData`: white balances, black and white levels, in a layout for each generation.

The number of its 16-bit words tells the generation; the version inside it tells the rest.
"""

from __future__ import annotations

from functools import cache
import math
from typing import TYPE_CHECKING

from mapy.makernotes.canon.records import record, row, u16
from mapy.makernotes.fields import read_fields
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value
    from mapy.tags.makers import Row

_BY_COUNT = {
    582: 1,  # EOS 20D, 350D
    653: 2,  # 1D Mark II
    796: 3,  # 1D Mark II N, 5D, 30D, 400D
    **dict.fromkeys((674, 692, 702, 1227, 1250, 1251, 1337, 1338, 1346), 4),
    5120: 5,  # PowerShot G10 and later, EOS M3 to M6
    **dict.fromkeys((1273, 1275), 6),  # 600D, 1200D
    **dict.fromkeys((1312, 1313, 1316, 1506), 7),  # 1D X, 5D Mark III, 6D, 7D Mark II
    **dict.fromkeys((1353, 1560, 1592, 1602), 8),  # 1D X Mark II, 5DS, 5D Mark IV, 80D
    **dict.fromkeys((1816, 1820, 1824), 9),  # M50, EOS R, RP
    **dict.fromkeys((2024, 3656), 10),  # 1D X Mark III, R5, R6
    **dict.fromkeys((3778, 3973), 11),  # R3, R7, R10
    4528: 12,  # R1, R5 Mark II
}
"""The generation, by the number of words."""
_BY_VERSION = frozenset({4, 5, 7, 8})
"""Generations whose levels stand elsewhere in each version."""
_LEVELS = {
    **dict.fromkeys(((4, 4), (4, 5)), 692),
    **dict.fromkeys(((4, 6), (4, 7)), 715),
    (4, 9): 719,
    (7, 10): 504,
    (7, 11): 728,
    **{(8, version): 778 for version in range(16)},
    (8, 14): 556,
}
"""Where the levels begin, in words: four of black, then of white."""
_MEASURED = {(7, 10): 429, (7, 11): 619}
"""Where stands what was measured."""
_FLASH = {4: 619, 7: 408}
"""Where stands how the flash fired."""
_BLACK_OF_COMPACT = {-3: 264, -4: 333}
_WHITE_OF_COMPACT = {-4: 1385}
_SPECULAR_OF_COMPACT = {-3: 662}
_COEFFICIENTS = {
    (5, -3): (71, "ColorCoefs"),
    (5, -4): (71, "ColorCoefs2"),
}
"""Where a record of white balances begins."""
_COEFFICIENTS_OF_4 = (63, "ColorCoefs")
_FOURTH, _COMPACT = 4, 5
_R50V = 65
"""A version whose block is as long as those of the generation before it."""


def read_color_data(note: Note, piece: Piece) -> None:
    """Read the block by the layout of its generation and version."""
    generation = _BY_COUNT.get(len(piece.view) // 2, 0)
    version = u16(piece, 0)
    version = version - 0x10000 if version >= 0x8000 else version  # noqa: PLR2004 - signed
    if version == _R50V:
        generation = 12
    if generation not in _BY_VERSION:
        version = 0
    read_fields(_layout(generation, version), note, piece.view, piece.order)
    start, section = _COEFFICIENTS.get((generation, version), (0, ""))
    if generation == _FOURTH:
        start, section = _COEFFICIENTS_OF_4
    if section:
        block = piece.view.sub(start * 2, len(piece.view) - start * 2)
        read_fields(_balances(section), note, block, piece.order)


@cache
def _balances(section: str) -> Fields:
    return record(section, "int16s", Meanings())


_MOVING = frozenset(
    {"PerChannelBlackLevel", "NormalWhiteLevel", "SpecularWhiteLevel", "LinearityUpperMargin"}
)


@cache
def _layout(generation: int, version: int) -> Fields:
    meanings = Meanings(
        {
            "RawMeasuredRGGB": _swapped,
            "MeasuredRGGBData": _swapped,
            "FlashOutput": _flash_output,
        },
        {"FlashOutput": _percent, "FlashBatteryLevel": _volts},
        {"ColorTempFlashData": _in_range, "NormalWhiteLevel": _if_any},
    )
    section = f"ColorData{generation}" if generation else "ColorDataUnknown"
    rows = _rows(generation, version)
    layout = record(section, "int16s", meanings, more=rows)
    if generation not in _BY_VERSION:
        return layout
    places = {each.number for each in rows}
    moving = _MOVING | ({"RawMeasuredRGGB"} if generation != _FOURTH else frozenset())
    kept = [
        each
        for each in layout.fields
        if each.definition.name not in moving or each.definition.id in places
    ]
    return layout.of(kept)


def _rows(generation: int, version: int) -> tuple[Row, ...]:
    """What stands elsewhere in each version, or became known later."""
    rows: list[Row] = []
    if generation == _COMPACT:
        black, white = _BLACK_OF_COMPACT.get(version), _WHITE_OF_COMPACT.get(version)
    else:
        black = _LEVELS.get((generation, version))
        white = black + 4 if black else None
    if black:
        kind = "int16s" if generation == _COMPACT else "int16u"
        rows.append(row(black, "PerChannelBlackLevel", kind, 4))
    if white:
        rows.append(row(white, "NormalWhiteLevel", "int16u"))
        rows.append(row(white + 1, "SpecularWhiteLevel", "int16u"))
    specular = _SPECULAR_OF_COMPACT.get(version) if generation == _COMPACT else None
    if specular:
        rows.append(row(specular, "SpecularWhiteLevel", "int16u"))
    if white and generation != _COMPACT:
        rows.append(row(white + 2, "LinearityUpperMargin", "int16u"))
    measured = _MEASURED.get((generation, version))
    if measured:
        rows.append(row(measured, "RawMeasuredRGGB", "int32u", 4))
    flash = _FLASH.get(generation)
    if flash:
        rows.append(row(flash, "FlashOutput"))
        rows.append(row(flash + 1, "FlashBatteryLevel"))
    return tuple(rows)


def _swapped(tag: Tag) -> Value:
    """Numbers of 32 bits whose halves stand the other way round."""
    return " ".join(str((number & 0xFFFF) << 16 | number >> 16) for number in tag.raw)


_STROBE = 255


def _flash_output(tag: Tag) -> Value:
    code = int(tag.raw)
    return _STROBE if code >= _STROBE else math.exp((code - 200) / 16 * math.log(2))


def _percent(value: Value) -> Value:
    if value == _STROBE:
        return "Strobe or Misfire"
    return f"{value * 100:.0f}%" if isinstance(value, float) else value


def _volts(value: Value) -> Value:
    return f"{value * 5 / 186:.2f}V" if isinstance(value, int) and value else "n/a"


_COLDEST, _HOTTEST = 2000, 12000
"""Kelvin."""


def _in_range(_note: Note, tag: Tag) -> Tag | None:
    return tag if _COLDEST <= tag.raw <= _HOTTEST else None


def _if_any(_note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw else None
