"""The directory of Phase One's and Leaf's backs: entries of a number, a type, a length, a value.

It stands behind the header of their TIFF files, and a maker's note may hold it. Offsets count from
its own start; a value of four bytes stands in its entry.
"""

from __future__ import annotations

from datetime import UTC, datetime
from struct import Struct
from typing import TYPE_CHECKING, Any

from mapy.errors import OutOfBounds
from mapy.explain.numbers import binary, plain
from mapy.explain.words import exposure_time, one_decimal
from mapy.model import Tag
from mapy.records import TYPES
from mapy.tags import makers
from mapy.tags.definition import Definition, Formatter, Value
from mapy.tiff_types import MACHINE

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

MARKS = {b"IIII": "<", b"MMMM": ">"}
_OFFSET_AT = 8
_MOST = 500
"""Entries of a directory; backs write some sixty."""
_INLINE = 4
_CALIBRATION = 0x0110
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999."""
_BIG = 100.0
"""No exponent is greater."""


def _date(tag: Tag) -> Value:
    if not isinstance(tag.raw, int) or not 0 <= tag.raw <= _LAST_SECOND:
        return plain(tag)
    return f"{datetime.fromtimestamp(tag.raw, tz=UTC):%Y:%m:%d %H:%M:%S}"


def _seconds(tag: Tag) -> Value:
    return 2 ** -float(tag.raw) if _is_exponent(tag.raw) else plain(tag)


def _aperture(tag: Tag) -> Value:
    return 2 ** (float(tag.raw) / 2) if _is_exponent(tag.raw) else plain(tag)


def _is_exponent(raw: object) -> bool:
    return isinstance(raw, (int, float)) and abs(raw) < _BIG


def _binary(tag: Tag) -> Value:
    """What stands for many numbers: the length of their text."""
    if tag.raw is None or isinstance(tag.raw, bytes):
        return binary(tag)
    length = len(str(MACHINE[tag.type](tag.raw)))
    return f"(Binary data {length} bytes, use -b option to extract)"


def _with_unit(decimals: int, unit: str) -> Formatter:
    def say(value: Value) -> Value:
        return f"{value:.{decimals}f} {unit}" if isinstance(value, (int, float)) else value

    return say


_CONVERT = {
    "ApertureValue": _aperture,
    "DateTimeOriginal": _date,
    "MaxApertureValue": _aperture,
    "MinApertureValue": _aperture,
    "ShutterSpeedValue": _seconds,
}
_SAY = {
    "ApertureValue": one_decimal,
    "FocalLength": _with_unit(1, "mm"),
    "MaxApertureValue": one_decimal,
    "MinApertureValue": one_decimal,
    "SensorTemperature": _with_unit(2, "C"),
    "SensorTemperature2": _with_unit(2, "C"),
    "ShutterSpeedValue": exposure_time,
}


def _table(section: str) -> dict[int, tuple[Definition, str]]:
    """By number: the definition of an entry, and the type of its values."""
    return {
        row.number: (
            Definition(
                row.number,
                row.name,
                row.names,
                _binary if row.is_binary else _CONVERT.get(row.name),
                _SAY.get(row.name),
            ),
            row.type,
        )
        for row in makers.section("phaseone", section).rows
    }


_MAIN, _SENSOR = _table("Main"), _table("SensorCalibration")
_GROUP = "PhaseOne"


def parse(view: ByteView, reading: Reading, base: int = 0) -> None:
    """Parse the directory that begins at `base`, and the one of the sensor that it leads to.

    Raises:
        OutOfBounds: it is cut short.
    """
    order = MARKS.get(view.take(base, 4))
    if order is None:
        reading.problem(
            "phase-one.bad-mark", "A directory has no byte order mark.", view.span(base, 4)
        )
        return
    place = _directory(view, reading, base, order, (_MAIN, Struct(f"{order}4I")))
    if place is None:
        return
    try:
        order = MARKS.get(view.take(place, 4), order)
        _directory(view, reading, place, order, (_SENSOR, Struct(f"{order}3I")))
    except OutOfBounds:
        reading.problem(
            "phase-one.cut-short", "The sensor's directory is cut short.", view.span(place, 0)
        )


def _directory(
    view: ByteView,
    reading: Reading,
    base: int,
    order: str,
    shape: tuple[dict[int, tuple[Definition, str]], Struct],
) -> int | None:
    """Read one directory; returns the place of the sensor's."""
    table, entry = shape
    number_of = Struct(order + "I")
    at = base + view.unpack(number_of, base + _OFFSET_AT)[0]
    count = min(view.unpack(number_of, at)[0], _MOST)
    reading.budget.spend("entries", count)
    start = at + 8
    tags: list[Tag] = []
    calibration = None
    for place in range(start, start + count * entry.size, entry.size):
        number, *_, size, value = view.unpack(entry, place)
        # Of the sensor's directory every value stands elsewhere, but a short one.
        where = place + entry.size - _INLINE if size <= _INLINE else base + value
        if number == _CALIBRATION and table is _MAIN:
            calibration = where
        known = table.get(number)
        if known is None or not view.has(where, size):
            continue
        raw, kind = _value(view, reading, known[1], where, size, order)
        tags.append(Tag(_GROUP, known[0], kind, 1, raw, view.start + where, size, order))
    reading.add(_GROUP, tags, view.span(at, 8 + count * entry.size))
    return calibration


def _value(  # noqa: PLR0917 - the parts of one entry
    view: ByteView, reading: Reading, name: str, at: int, size: int, order: str
) -> tuple[Any, int]:
    """The raw value of an entry and its TIFF type; None where it is long."""
    code, kind, *_ = TYPES.get(name, TYPES["undef"])
    if size > reading.limits.value_bytes:
        return None, kind
    if code == "s":
        return view.take(at, size), kind
    unit = Struct(order + code)
    numbers = view.unpack(Struct(f"{order}{size // unit.size}{code}"), at)
    return numbers[0] if len(numbers) == 1 else numbers, kind
