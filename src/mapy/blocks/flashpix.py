"""FlashPix streams (FlashPix 1.0.2, section 3): property sets, screen nails, sound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import TYPE_CHECKING
from uuid import UUID

from mapy.errors import OutOfBounds
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED, text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_GROUP = "FlashPix"
_SECTION_AT = 44
"""Where the header of a property set tells the place of its section."""
_PAIR = Struct("<II")
_MOST_PROPERTIES, _MOST_VALUES = 500, 100
_STREAM_HEAD = 28
"""Bytes in front of the data of a stream that is no property set."""
_JPEG = b"\xff\xd8\xff"
_VECTOR = 0x1000
_I2, _UI2, _UI4, _I4, _TEXT, _WIDE_TEXT, _TIME, _CLASS = 2, 18, 19, 3, 30, 31, 64, 72
_NUMBERS = {_I2: Struct("<h"), _UI2: Struct("<H"), _I4: Struct("<i"), _UI4: Struct("<I")}
_USED = 0x10000000
"""A property of the list itself; the others are of extension n, where n is in the high half."""

_DEFINITIONS = {
    number: Definition(number, name)
    for number, name in (
        (0x0001, "ExtensionName"),
        (0x0002, "ExtensionClassID"),
        (0x0004, "ExtensionCreateDate"),
        (0x0005, "ExtensionModifyDate"),
        (0x0006, "CreatingApplication"),
        (0x0007, "ExtensionDescription"),
        (0x1000, "Storage-StreamPathname"),
        (0x2000, "FlashPixStreamPathname"),
        (0x2001, "FlashPixStreamFieldOffset"),
        (0x3000, "PropertySetPathname"),
        (0x3001, "PropertySetIDCodes"),
        (0x3002, "PropertyVectorElements"),
        (0x4000, "SubimageResolutions"),
    )
} | {
    0x0003: Definition(
        0x0003,
        "ExtensionPersistence",
        {
            0: "Always Valid",
            1: "Invalidated By Modification",
            2: "Potentially Invalidated By Modification",
        },
    ),
}
_USED_NUMBERS = Definition(_USED, "UsedExtensionNumbers")
_CODE_PAGE = Definition(
    1,
    "CodePage",
    {
        932: "ANSI/OEM Japanese; Japanese (Shift-JIS)",
        1200: "Unicode UTF-16, little endian",
        1201: "Unicode UTF-16, big endian",
        1252: "Windows Latin 1 (Western European)",
        65001: "Unicode (UTF-8)",
    },
)
_STREAMS = {
    "Screen Nail": Definition("Screen Nail", "ScreenNail", convert=binary),
    "Audio Stream": Definition("Audio Stream", "AudioStream", convert=binary),
}
_PREVIEW = Definition("PreviewImage", "PreviewImage", convert=binary)


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse a stream by its name: the list of extensions, a picture or a sound."""
    if "Extension List" in name:
        reading.add(_GROUP, _properties(view, reading), view.span(0, len(view)))
        return
    definition = next((each for key, each in _STREAMS.items() if key in name), None)
    if definition is None or len(view) < _STREAM_HEAD:
        return
    length, start = len(view) - _STREAM_HEAD, view.start + _STREAM_HEAD
    tags = [Tag(_GROUP, definition, UNDEFINED, length, None, start, length)]
    at = view.take(0, len(view)).find(_JPEG, _STREAM_HEAD) if "Nail" in name else -1
    if at >= 0:
        size = len(view) - at
        tags.append(Tag(_GROUP, _PREVIEW, UNDEFINED, size, None, view.start + at, size))
    reading.add(_GROUP, tags, view.span(0, len(view)))


def _properties(view: ByteView, reading: Reading) -> list[Tag]:
    """The properties of a set that has one section."""
    section = view.u32le(_SECTION_AT)
    _, count = view.unpack(_PAIR, section)
    tags: list[Tag] = []
    for row in range(min(count, _MOST_PROPERTIES)):
        number, at = view.unpack(_PAIR, section + (row + 1) * _PAIR.size)
        definition = _definition(number)
        if definition is None:
            continue
        try:
            value = _value(view, section + at, reading)
        except OutOfBounds:
            continue
        if value is not None:
            tags.append(Tag(_GROUP, definition, PLAIN, 1, value, view.start + section + at, 0))
    return tags


def _definition(number: int) -> Definition | None:
    if number == 1:
        return _CODE_PAGE
    return _USED_NUMBERS if number == _USED else _DEFINITIONS.get(number & 0xFFFF)


def _value(view: ByteView, at: int, reading: Reading) -> Value | None:
    """A property's value: its type, then one value, or a count and several."""
    kind = view.u32le(at)
    at += 4
    if not kind & _VECTOR:
        return _single(view, at, kind, reading)[0]
    values: list[Value] = []
    count = view.u32le(at)
    at += 4
    for _ in range(min(count, _MOST_VALUES)):
        value, size = _single(view, at, kind & ~_VECTOR, reading)
        if value is None:
            return None
        values.append(value)
        at += size
    return values[0] if len(values) == 1 else values


def _single(view: ByteView, at: int, kind: int, reading: Reading) -> tuple[Value | None, int]:
    """A value of a type, and how many bytes it takes."""
    layout = _NUMBERS.get(kind)
    if layout is not None:
        return int(view.unpack(layout, at)[0]), layout.size
    if kind == _CLASS:
        return str(UUID(bytes_le=view.take(at, 16))).upper(), 16
    if kind == _TIME:
        return _moment(_ticks(view, at)), 8
    if kind not in (_TEXT, _WIDE_TEXT):
        return None, 0
    length = view.u32le(at) * (2 if kind == _WIDE_TEXT else 1)
    reading.spend_value(length)
    raw = view.take(at + 4, length)
    shown = text(raw) if kind == _TEXT else raw.decode("utf-16-le", "replace").partition("\0")[0]
    return shown, 4 + (length + 3 & ~3)


_TICKS = 10_000_000
_YEAR_3000, _YEAR_9999 = 44_000_000_000 * _TICKS, 265_000_000_000 * _TICKS


def _ticks(view: ByteView, at: int) -> int:
    """A time: its low half and its high half. HP writes each of them big-endian."""
    low, high = view.unpack(_PAIR, at)
    if high << 32 > _YEAR_3000:
        low, high = view.u32be(at), view.u32be(at + 4)
    return int(low | high << 32)


def _moment(ticks: int) -> str:
    """Tenths of microseconds since 1601."""
    if not 0 < ticks < _YEAR_9999:
        return "0000:00:00 00:00:00"
    moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(seconds=ticks // _TICKS)
    return moment.strftime("%Y:%m:%d %H:%M:%S")
