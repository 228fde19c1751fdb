"""FujiFilm: an IFD in little-endian order, its offsets counted from the start of the note."""

from __future__ import annotations

from functools import cache
import re
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes.fields import fields, reads
from mapy.makernotes.note import Meanings, ifd_table
from mapy.tags import makers
from mapy.tags.maker_tables import definition
from mapy.tiff_types import number_text

if TYPE_CHECKING:
    from mapy.makernotes.note import IfdTable, Note
    from mapy.model import Tag
    from mapy.tags.definition import Definition, Value

_IFD_OFFSET_AT = 8
_OFFSET = Struct("<I")
_COUNT_BITS = 0x7FFF
_GE = "GENERAL IMAGING"
_STABILIZERS = {0: "None", 1: "Optical", 2: "Sensor-shift", 3: "OIS Lens", 258: "IBIS/OIS + DIS",
                512: "Digital"}  # fmt: skip
_STABILIZATION = {0: "Off", 1: "On (mode 1, continuous)", 2: "On (mode 2, shooting only)"}
_SERIAL = re.compile(r"(.*?)\s*([0-9A-Fa-f]*)(\d{2})(\d{2})(\d{2})(.{12})\s*", re.DOTALL)
_CENTURY, _LAST_MONTH = 70, 12


def _serial_number(value: Value) -> Value:
    """Digits of a name, the day of making, a number: `AA-8M 2008:06:04 A9758TL00403`."""
    match = _SERIAL.fullmatch(str(value))
    if match is None or not 1 <= int(match[4]) <= _LAST_MONTH:
        return value
    before, digits, year, month, day, number = match.groups()
    name = bytes.fromhex(digits[: len(digits) & ~1]).decode("latin-1")
    blanks = str(value)[len(before) : match.start(2)]
    century = 19 if int(year) >= _CENTURY else 20
    return f"{before}{blanks}{name} {century}{year}:{month}:{day} {number}"


def _fine_tune(value: Value) -> Value:
    """Steps of red and of blue."""
    red, blue = map(int, str(value).split())
    return f"Red {red:+d}, Blue {blue:+d}"


def _percent(value: Value) -> Value:
    return f"{value}%"


def _stabilization(value: Value) -> Value:
    """What is moved, when, and a number that nobody knows."""
    parts = [int(part) for part in str(value).split()]
    said = [
        names.get(part, f"Unknown ({part})")
        for part, names in zip(parts, (_STABILIZERS, _STABILIZATION), strict=False)
    ]
    return "; ".join([*said, *map(str, parts[2:])])


def _zoom(tag: Tag) -> Value:
    """A factor, from eighths."""
    return float(tag.raw / 8)


def _custom_set(value: Value) -> Value:
    """A set of the photographer's own."""
    return f"Set 6 (custom 0x{value:03x})" if isinstance(value, int) else value


def _zone_size(value: Value) -> Value:
    """Columns and rows of the zone of focus."""
    if not isinstance(value, int):
        return value
    return f"{value & 15} x {value >> 5}" if value else "n/a"


def _as_is(value: Value) -> Value:
    return value


def _count(tag: Tag) -> Value:
    """The number of exposures so far; the highest bit is none of it."""
    return int(tag.raw & _COUNT_BITS)


def _flicker(value: Value) -> Value:
    """A set of bits, of which one is known."""
    if not isinstance(value, int):
        return value
    return f"{'On' if value >> 8 & 15 == 1 else 'Off'} (0x{value:04x})"


def _bytes_listed(tag: Tag) -> Value:
    return numbers.listed_bytes(tag)


def _sign_shown(value: Value) -> Value:
    """Steps with their sign."""
    return f"{value:+d}" if isinstance(value, int) and value else value


def _tone(value: Value) -> Value:
    """Steps of a tone, from sixteenths that are counted the other way."""
    if not isinstance(value, int):
        return value
    return number_text(-value / 16)


@cache
def _bracketing() -> dict[int, Definition]:
    rows = makers.section("fujifilm", "Main").rows
    return {row.variant: definition(row, _MEANINGS) for row in rows if row.id == "4352"}


def _auto_bracketing(note: Note, tag: Tag) -> Tag:
    """One camera counts pictures before the release among it."""
    return tag._replace(definition=_bracketing()[0 if note.model.strip() == "X-T3" else 1])


def _only_of_ge(note: Note, tag: Tag) -> Tag | None:
    return tag if note.make.startswith(_GE) else None


_MEANINGS = Meanings(
    convert={"ImageCount": _count, "DigitalZoom": _zoom},
    say={
        "InternalSerialNumber": _serial_number,
        "WhiteBalanceFineTune": _fine_tune,
        "AutoDynamicRange": _percent,
        "ImageStabilization": _stabilization,
        "FlickerReduction": _flicker,
        "BWAdjustment": _sign_shown,
        "BWMagentaGreen": _sign_shown,
        "HighlightTone": _tone,
        "ShadowTone": _tone,
    },
    hooks={"AutoBracketing": _auto_bracketing, "GEImageSize": _only_of_ge},
    names={"ImageStabilization": None},
)
_FOCUS = Meanings(say={"AFAreaPointSize": _as_is, "AFAreaZoneSize": _zone_size})
_TRACKING = Meanings(say={"AF-CSetting": _custom_set})
_DRIVE = Meanings(say={"DriveSpeed": lambda value: f"{value} fps" if value != "n/a" else value})


@cache
def main_table() -> IfdTable:
    """The table of the note's directory."""
    priority = fields(
        "fujifilm", "PrioritySettings", "int16u", Meanings(), masks={"0.1": 0xF, "0.2": 0xF0}
    )
    focus_masks = {"0.1": 0xF, "0.2": 0xF0, "0.3": 0xF00, "0.4": 0xF000, "0.5": 0xFF0000}
    focus = fields("fujifilm", "FocusSettings", "int32u", _FOCUS, masks=focus_masks)
    tracking_masks = {"0.1": 0xF, "0.2": 0xF0, "0.3": 0xF00}
    tracking = fields("fujifilm", "AFCSettings", "int32u", _TRACKING, masks=tracking_masks)
    drive_masks = {"0.1": 0xFF, "0.2": 0xFF000000}
    drive = fields("fujifilm", "DriveSettings", "int32u", _DRIVE, masks=drive_masks)
    handlers = {
        0x102B: reads(priority),
        0x102D: reads(focus),
        0x102E: reads(tracking),
        0x1103: reads(drive),
    }
    return ifd_table("fujifilm", "Main", _MEANINGS)._replace(handlers=handlers)


def parse(note: Note) -> None:
    """Read the note."""
    at = note.block.unpack(_OFFSET, _IFD_OFFSET_AT)[0]
    note.ifd(main_table(), at, view=note.block, order="<")
