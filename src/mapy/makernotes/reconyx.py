"""Reconyx's trail cameras: a record of five layouts, little-endian."""

from __future__ import annotations

from functools import cache
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import Meanings
from mapy.tags.makers import Row

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_HYPERFIRE = b"\x01\xf1"
_SECTIONS = {
    b"RECONYXUF\0": "UltraFire",
    b"RECONYXH2\0": "HyperFire2",
    b"RECONYXMF\0": "MicroFire",
    b"RECONYXHF4K\0": "HyperFire4K",
    _HYPERFIRE: "HyperFire",
}
"""By how the note begins."""


def _date(tag: Tag) -> Value:
    """Second, minute, hour, month, day and year."""
    second, minute, hour, month, day, year = tag.raw
    return f"{year:04d}:{month:02d}:{day:02d} {hour:02d}:{minute:02d}:{second:02d}"


def _date_by_day(tag: Tag) -> Value:
    """The same, but the day stands in front of the month; the year may be two bytes."""
    second, minute, hour, day, month, *year = tag.raw
    whole = year[0] + (year[1] << 8 if len(year) > 1 else 0)
    return f"{whole:04d}:{month:02d}:{day:02d} {hour:02d}:{minute:02d}:{second:02d}"


_FIRST_YEAR = 1980


def _packed_date(tag: Tag) -> Value:
    """A date of MS-DOS in 16 bits, and a time in 16 more where there are as many."""
    days, *times = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
    date = f"{(days >> 9) + _FIRST_YEAR:04d}:{days >> 5 & 15:02d}:{days & 31:02d}"
    if not times:
        return date
    return f"{date} {times[0] >> 11:02d}:{times[0] >> 5 & 63:02d}:{(times[0] & 31) * 2:02d}"


def _card(value: Value) -> Value:
    """The number of a memory card, in hexadecimal."""
    return "-".join([f"{int(part):04x}" for part in str(value).split()])


_VERSION = Struct("<BBHBBs")


def _version(tag: Tag) -> Value:
    """A version, the date of it, and a letter."""
    major, minor, year, month, day, letter = _VERSION.unpack(tag.raw)
    date = f"{year:04x}:{month:02x}:{day:02x}"
    return f"{major:02x}.{minor:02x} {date} Rev.{letter.decode('latin-1')}"


def _firmware_date(tag: Tag) -> Value:
    """Year, month and day as decimal digits, four a word."""
    year, day = (f"{part:04x}" for part in tag.raw)
    return f"{year}:{day[:2]}:{day[2:]}"


def _long(tag: Tag) -> Value:
    """A number of two words, the high one first."""
    if isinstance(tag.raw, int):
        return tag.raw
    return int(tag.raw[0] << 16 | tag.raw[1])


def _utf16(tag: Tag) -> Value:
    raw = tag.raw
    if not isinstance(raw, bytes):
        return str(raw)
    return raw[: len(raw) & ~1].decode("utf-16-le", "replace").partition("\0")[0]


def _volts(tag: Tag) -> Value:
    volts = tag.raw / 1000
    return int(volts) if volts == int(volts) else float(volts)


_CONVERT = {
    "DateTimeOriginal": _date,
    "FirmwareDate": _firmware_date,
    "EventNumber": _long,
    "BatteryVoltage": _volts,
    "BatteryVoltageAvg": _volts,
    **dict.fromkeys(
        ("DirectoryCreateDate", "BluetoothFirmwareDate", "WifiFirmwareDate"), _packed_date
    ),
}
_IS_DATA = False
_PLAIN = ("UltraFire", "HyperFire4K")
"""Layouts with a serial number in plain text, and with versions that have a date."""
_WITH_VOLTS = ("HyperFire", "UltraFire")
_BY_DAY = ("UltraFire", "HyperFire2", "HyperFire4K")
_LETTERED = ("HyperFire2", "MicroFire")
_VERSIONS = (
    "FirmwareVersion", "Micro1Version", "BootLoaderVersion", "Micro2Version", "UIBFirmwareVersion",
)  # fmt: skip
_NUMBERED = ("FirmwareVersion", "BluetoothFirmwareVersion", "WifiFirmwareVersion")
_SERIALS = {"HyperFire": ("21",), "HyperFire2": ("126",), "MicroFire": ("140",)}
"""Where serial numbers in UTF-16 stand."""


def _serial(place: str) -> Row:
    return Row(place, 0, "SerialNumber", "undef", 30, _IS_DATA, None)


def _lettered(tag: Tag) -> Value:
    """A version of two numbers and a letter: `1.2a`."""
    major, minor, letter = tag.raw
    return f"{major}.{minor}{chr(letter)}"


@cache
def _record(section: str) -> Fields:
    convert = dict(_CONVERT)
    is_plain = section in _PLAIN
    if section in _BY_DAY:
        convert["DateTimeOriginal"] = _date_by_day
    if is_plain:
        convert.update(dict.fromkeys(_VERSIONS, _version))
    else:
        convert["SerialNumber"] = _utf16
    if section in _LETTERED:
        convert.update(dict.fromkeys(_NUMBERED, _lettered))
    if section == "HyperFire2":
        del convert["BatteryVoltage"], convert["BatteryVoltageAvg"]
    say = {
        "AmbientTemperature": lambda value: f"{value} C",
        "AmbientTemperatureFahrenheit": lambda value: f"{value} F",
        "BatteryVoltage": lambda value: f"{value} V",
        "BatteryVoltageAvg": lambda value: f"{value} V",
        "Sequence": lambda value: str(value).replace(" ", " of "),
        "SDCardID": _card,
        "MakerNoteVersion": lambda value: f"0x{value:04x}",
    }
    more = tuple(_serial(place) for place in _SERIALS.get(section, ()))
    for name in () if section in _WITH_VOLTS else ("BatteryVoltage", "BatteryVoltageAvg"):
        del say[name]
    if section == "HyperFire":
        say["FirmwareVersion"] = words.dotted
    meanings = Meanings(convert, say)
    unit = "int16u" if section == "HyperFire" else "int8u"
    return fields("reconyx", section, unit, meanings, more=more)


def parse(note: Note) -> None:
    """Read the note, by how it begins."""
    head = note.block.take(0, min(len(note.block), 16))
    section = next((name for start, name in _SECTIONS.items() if head.startswith(start)), "")
    if section:
        read_fields(_record(section), note, note.block, "<")
