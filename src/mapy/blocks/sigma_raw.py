"""The header and the properties of Sigma's raw files."""

from __future__ import annotations

from datetime import UTC, datetime
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary, plain
from mapy.explain.words import exposure_time
from mapy.model import Tag
from mapy.tags import maker_tables, makers
from mapy.tags.definition import Definition, Value
from mapy.tags.maker_tables import ValueMeanings
from mapy.tiff_types import ASCII, FLOAT

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "SigmaRaw"
JPEG = Definition("IMA2", "JpgFromRaw", None, binary)
PREVIEW = Definition("IMAG", "PreviewImage", None, binary)
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999."""


def _version(tag: Tag) -> Value:
    return f"{tag.raw >> 16}.{tag.raw & 0xFFFF}"


def _hex(tag: Tag) -> Value:
    return str(tag.raw.hex()) if isinstance(tag.raw, bytes) else plain(tag)


def _number(tag: Tag) -> float | None:
    try:
        return float(tag.raw)
    except ValueError:
        return None


def _date(tag: Tag) -> Value:
    seconds = _number(tag)
    if seconds is None or not 0 <= seconds <= _LAST_SECOND:
        return str(plain(tag))
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y:%m:%d %H:%M:%S}"


def _microseconds(tag: Tag) -> Value:
    value = _number(tag)
    return plain(tag) if value is None else value / 1_000_000


def _lens(tag: Tag) -> Value:
    text = str(plain(tag))
    try:
        return int(text, 16)
    except ValueError:
        return text


def _one_decimal(value: Value) -> Value:
    try:
        return f"{float(str(value)):.1f}"
    except ValueError:
        return value


def _millimetres(value: Value) -> Value:
    return f"{_one_decimal(value)} mm"


def _seconds(value: Value) -> Value:
    try:
        return exposure_time(float(str(value)))
    except ValueError:
        return value


def _stops(value: Value) -> Value:
    """Stops: a plain zero, else with their sign."""
    try:
        stops = float(str(value))
    except ValueError:
        return value
    return 0 if not stops else value


_FLOATS = (
    *("ExposureAdjust", "Contrast", "Shadow", "Highlight", "Saturation", "Sharpness"),
    *("RedAdjust", "GreenAdjust", "BlueAdjust", "X3FillLight"),
)
_MEANINGS = ValueMeanings(
    convert={
        "DateTimeOriginal": _date,
        "FileVersion": _version,
        "ImageUniqueID": _hex,
        "IntegrationTime": _microseconds,
        "LensType": _lens,
    },
    say={
        **dict.fromkeys(_FLOATS, _one_decimal),
        "ExposureCompensation": _stops,
        "ExposureTime": _seconds,
        "FlashMode": lambda value: str(value).capitalize(),
        "FNumber": _one_decimal,
        "FocalLength": _millimetres,
        "FocalLengthIn35mmFormat": _millimetres,
        "IntegrationTime": _seconds,
        "MarkBits": lambda value: value or "(none)",
        "NetExposureCompensation": _stops,
        "SensorTemperature": lambda value: f"{value} C",
    },
)

_HEADER = maker_tables.record("sigma", "Raw.Header", "int32u", _MEANINGS)
_HEADER_4 = maker_tables.record("sigma", "Raw.Header4", "int32u", _MEANINGS)
_VERSION_4 = 0x40000
_WITH_SCENE = 0x20003
_EXTENDED, _SHORT, _LONG = 0x20001, 0x48, 0x68
_ADJUSTMENTS = 32
_TYPES = Struct(f"{_ADJUSTMENTS}B")
_VALUES = Struct(f"<{_ADJUSTMENTS}f")
_EXTENSION = {
    row.number: Definition(row.number, row.name, None, None, _MEANINGS.say.get(row.name))
    for row in makers.section("sigma", "Raw.HeaderExt").rows
    if row.number
}


def _definition(row: makers.Row) -> Definition:
    convert, say = _MEANINGS.convert.get(row.name), _MEANINGS.say.get(row.name)
    return Definition(row.id, row.name, row.names, convert, say)


_PROPERTIES = {row.id: _definition(row) for row in makers.section("sigma", "Raw.Properties").rows}


def read_header(view: ByteView, reading: Reading) -> None:
    """Read the header: its length depends on the version.

    Raises:
        OutOfBounds: it is cut short.
    """
    version = view.u32le(4)
    if version >= _VERSION_4:
        block = view.sub(0, min(view.size, _LONG))
        reading.add(GROUP, _HEADER_4.tags(block, "<"), view.span(0, _LONG))
        return
    size = _LONG if version >= _WITH_SCENE else _SHORT
    reading.add(GROUP, _HEADER.tags(view.sub(0, size), "<"), view.span(0, size))
    if version < _EXTENDED:
        return
    types = view.unpack(_TYPES, size)
    values = view.unpack(_VALUES, size + _TYPES.size)
    start = view.start + size + _TYPES.size
    tags = [
        Tag(GROUP, _EXTENSION[kind], FLOAT, 1, value, start + number * 4, 4, "<")
        for number, (kind, value) in enumerate(zip(types, values, strict=True))
        if kind in _EXTENSION
    ]
    reading.add(GROUP, tags, view.span(size, _TYPES.size + _VALUES.size))


_HEAD = Struct("<4s5I")
_PAIR = Struct("<2I")
_UTF16 = 0


def read_properties(view: ByteView, reading: Reading) -> None:
    """Read the properties: names and values, texts of UTF-16.

    Raises:
        OutOfBounds: they are cut short.
    """
    signature, _, count, encoding, _, length = view.unpack(_HEAD, 0)
    if signature != b"SECp" or encoding != _UTF16:
        reading.problem(
            "x3f.bad-properties", "The properties are of no known kind.", view.span(0, 0)
        )
        return
    start = _HEAD.size + count * _PAIR.size
    characters = view.take(start, min(length * 2, view.size - start)).decode("utf-16-le", "replace")
    tags: list[Tag] = []
    for number in range(count):
        reading.budget.spend("entries")
        name_at, value_at = view.unpack(_PAIR, _HEAD.size + number * _PAIR.size)
        definition = _PROPERTIES.get(_text(characters, name_at))
        if definition is not None:
            raw = _text(characters, value_at).encode()
            place = view.start + start + value_at * 2
            tags.append(Tag(GROUP, definition, ASCII, len(raw), raw, place, len(raw) * 2))
    reading.add(GROUP, tags, view.span(0, view.size))


_LONGEST = 1024


def _text(characters: str, at: int) -> str:
    return characters[at : at + _LONGEST].partition("\0")[0]
