"""CIFF, the heap of Canon's older cameras: directories of records, each at the end of its block.

A record's number tells its type in five bits, and in two whether its value stands in the directory
itself. Records that Canon's notes have too are read as those.
"""

from __future__ import annotations

from datetime import UTC, datetime
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from mapy.blocks.ifd_entry import Entry
from mapy.errors import OutOfBounds
from mapy.explain.numbers import binary, plain
from mapy.explain.words import exposure_time, one_decimal
from mapy.makernotes.canon import MAIN
from mapy.makernotes.note import Note, Piece
from mapy.model import Tag
from mapy.records import TYPES
from mapy.tags import maker_tables, makers
from mapy.tags.definition import Definition, Value
from mapy.tags.maker_tables import ValueMeanings
from mapy.tiff_types import SHORT, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record

GROUP, GROUP_IN_JPEG = "CanonRaw", "CIFF"
"""A heap that is the whole file, and one inside another file."""
_NUMBER, _IN_DIRECTORY, _TYPE, _DIRECTORIES = 0x3FFF, 0x4000, 0x3800, (0x2800, 0x3000)
_DESCRIPTION, _COMMENT, _IMAGE_DESCRIPTION = 0x0805, 1, 0x2804
_SERIAL, _COLOUR, _COLOUR_2, _NULL = 0x180B, 0x0032, 0x102C, 0x0000
_LAST_SECOND: Final = 253_402_300_799
"""The end of the year 9999."""
_LONGEST_TEXT: Final = 1024
_BIG: Final = 100.0
"""No exponent is greater."""


def _date(tag: Tag) -> Value:
    if not 0 <= tag.raw <= _LAST_SECOND:
        return plain(tag)
    return f"{datetime.fromtimestamp(tag.raw, tz=UTC):%Y:%m:%d %H:%M:%S}"


def _exponent(tag: Tag) -> float:
    return float(tag.raw) if abs(tag.raw) < _BIG else 0.0


def _aperture(tag: Tag) -> Value:
    return 2 ** (_exponent(tag) / 2)


def _seconds(tag: Tag) -> Value:
    return 2 ** -_exponent(tag)


def _measured(tag: Tag) -> Value:
    return float(tag.raw) + 5


def _thousandth(tag: Tag) -> Value:
    return float(tag.raw) / 1000


def _file_number(value: Value) -> Value:
    digits = str(value)
    return f"{digits[:-4]}-{digits[-4:]}" if digits[:-4] else value


def _ten_digits(value: Value) -> Value:
    return f"{value:010d}" if isinstance(value, int) else value


_MEANINGS: Final = ValueMeanings(
    convert={
        "ApertureValue": _aperture,
        "DateTimeOriginal": _date,
        "JpgFromRaw": binary,
        "MeasuredEV": _measured,
        "SelfTimerTime": _thousandth,
        "ShutterSpeedValue": _seconds,
        "ThumbnailImage": binary,
    },
    say={
        "ApertureValue": one_decimal,
        "FileNumber": _file_number,
        "SelfTimerTime": lambda value: f"{value} s",
        "SerialNumber": _ten_digits,
        "ShutterSpeedValue": exposure_time,
        "TargetDistanceSetting": lambda value: f"{value} mm",
    },
)
_MAKE_MODEL: Final = 0x080A
_RECORDS: Final[dict[int, Record]] = {
    number: maker_tables.record("canon", f"Raw.{name}", unit, _MEANINGS)
    for number, name, unit in (
        (_MAKE_MODEL, "MakeModel", "int8u"),
        (0x1030, "WhiteSample", "int16u"),
        (0x10B5, "RawJpgInfo", "int16u"),
        (0x1803, "ImageFormat", "int32u"),
        (0x180E, "TimeStamp", "int32u"),
        (0x1810, "ImageInfo", "int32u"),
        (0x1813, "FlashInfo", "float"),
        (0x1818, "ExposureInfo", "float"),
        (0x1835, "DecoderTable", "int32u"),
    )
}
_RECORDS[_MAKE_MODEL] = _RECORDS[_MAKE_MODEL].of(
    # The last text goes on to the end of its record.
    field._replace(values=_LONGEST_TEXT) if field.definition.name == "Model" else field
    for field in _RECORDS[_MAKE_MODEL].fields
)
_NOTE_ENTRIES: Final = {
    0x1029: 0x0002,
    0x102A: 0x0004,
    0x102D: 0x0001,
    0x1031: 0x00E0,
    0x1033: 0x000F,
    0x1038: 0x0012,
    0x1093: 0x0093,
    0x10A9: 0x00A9,
}
"""Records that are an entry of Canon's notes, under another number."""


def _definition(row: makers.Row) -> Definition:
    convert = _MEANINGS.convert.get(row.name) or (binary if row.is_binary else None)
    return Definition(row.number, row.name, row.names, convert, _MEANINGS.say.get(row.name))


_ROWS: Final = {(row.number, row.variant): row for row in makers.section("canon", "Raw.Main").rows}
_DEFINITIONS: Final = {key: _definition(row) for key, row in _ROWS.items()}
_TYPES: Final = {0x0000: "undef", 0x0800: "string", 0x1000: "int16u", 0x1800: "int32u"}


_ORDERS: Final = {b"II": "<", b"MM": ">"}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a heap: a CRW, or what Canon's oldest cameras wrote into their JPEGs.

    Raises:
        OutOfBounds: it is cut short; what stands in front of the cut is kept.
    """
    order = _ORDERS.get(view.take(0, 2))
    if order is None:
        reading.problem("ciff.bad-header", "The heap has no byte order mark.", view.span(0, 2))
        return
    start = view.u32le(2) if order == "<" else view.u32be(2)
    heap = Heap(view, reading, order)
    try:
        heap.directory(start, view.size - start, 0)
    finally:
        heap.notes()


class Heap:
    """Reads the directories of one heap."""

    def __init__(self, view: ByteView, reading: Reading, order: str) -> None:
        self._view = view
        self._reading = reading
        self._order = order
        self._entry = Struct(order + "HII")
        self._u16 = view.u16le if order == "<" else view.u16be
        self._u32 = view.u32le if order == "<" else view.u32be
        self._model = ""
        self._group = GROUP if view is reading.file else GROUP_IN_JPEG
        self._entries: list[tuple[int, int, int]] = []

    def directory(self, start: int, size: int, number: int, depth: int = 0) -> None:
        """Read the directory of the block at a place; its number tells one kind from another.

        Raises:
            OutOfBounds: it is cut short.
        """
        reading = self._reading
        if depth > reading.limits.ifd_depth:
            reading.problem(
                "ciff.too-deep",
                "Directories lie too deep inside each other.",
                self._view.span(start, 0),
            )
            return
        reading.budget.spend("ifds")
        at = start + self._u32(start + size - 4)
        count = self._u16(at)
        reading.budget.spend("entries", count)
        at += 2
        for place in range(at, at + count * self._entry.size, self._entry.size):
            kind, length, offset = self._view.unpack(self._entry, place)
            offset += start
            if kind & _IN_DIRECTORY:
                offset, length = place + 2, 8
            if offset < start or offset + length > start + size:
                reading.problem(
                    "ciff.outside",
                    "A record lies outside its block.",
                    self._view.span(place, self._entry.size),
                )
                continue
            if kind & _TYPE in _DIRECTORIES:
                self._descend(offset, length, kind & _NUMBER, depth)
            else:
                self._record(kind & _NUMBER, offset, length, number)

    def _descend(self, start: int, size: int, number: int, depth: int) -> None:
        try:
            self.directory(start, size, number, depth + 1)
        except OutOfBounds:
            self._reading.problem(
                "ciff.cut-short", "A directory is cut short.", self._view.span(start, size)
            )

    def _record(self, number: int, at: int, length: int, parent: int) -> None:
        if number in _RECORDS:
            block = self._view.sub(at, length)
            tags = _RECORDS[number].tags(block, self._order, self._group)
            self._model = next(
                (str(tag.machine) for tag in tags if tag.name == "Model"), self._model
            )
            self._reading.add(self._group, tags, self._view.span(at, length))
        elif number in _NOTE_ENTRIES:
            self._entries.append((_NOTE_ENTRIES[number], at, length))
        else:
            self._value(number, at, length, parent)

    def _value(self, number: int, at: int, length: int, parent: int) -> None:
        variant = 0
        if number == _DESCRIPTION and parent != _IMAGE_DESCRIPTION:
            variant = _COMMENT
        definition = _DEFINITIONS.get((number, variant))
        if (
            definition is None
            or number == _NULL
            or (number == _SERIAL and "EOS" not in self._model)
        ):
            return
        raw, kind = self._raw(number, variant, at, length)
        if raw is None or number == _COLOUR:
            definition = definition._replace(convert=binary)
        place = self._view.start + at
        tag = Tag(self._group, definition, kind, 1, raw, place, length, self._order)
        self._reading.add(self._group, [tag], self._view.span(at, length))

    def _raw(self, number: int, variant: int, at: int, length: int) -> tuple[Any, int]:
        """The raw value of a record and its TIFF type; None where it is long."""
        if length > self._reading.limits.value_bytes:
            return None, UNDEFINED
        row = _ROWS[number, variant]
        name = row.type if row.type in TYPES else _TYPES.get(number & _TYPE, "undef")
        if number == _COLOUR_2:
            numbers = Struct(f"{self._order}{length // 2}H")
            return self._view.unpack(numbers, at), SHORT
        code, kind, *_ = TYPES[name]
        if code == "s":
            return self._view.take(at, length), kind
        values = self._view.unpack(Struct(self._order + code), at)
        return values[0], kind

    def notes(self) -> None:
        """Read the records that are entries of Canon's notes, in the order of a note.

        Some of them depend on the model, and on what those in front of them say.
        """
        seen: dict[str, Any] = {}
        for number, at, length in sorted(self._entries):
            try:
                self._entry_of_note(number, at, length, seen)
            except OutOfBounds:
                self._reading.problem(
                    "ciff.cut-short", "A record is cut short.", self._view.span(at, length)
                )

    def _entry_of_note(self, number: int, at: int, length: int, seen: dict[str, Any]) -> None:
        """Read a record as the entry of Canon's note that it is."""
        handler = MAIN.handlers.get(number)
        if handler is None:
            return
        block = self._view.sub(at, length)
        note = Note(block, block, self._order, self._reading)
        note.make, note.model, note.seen = "Canon", self._model, seen
        directories = self._reading.directories
        before = len(directories)
        handler(note, Piece(block, self._order, Entry(number, None, 0, length), block))
        if self._group == GROUP_IN_JPEG:
            for directory in directories[before:]:
                directory.name = GROUP_IN_JPEG
                directory.tags = tuple(tag._replace(group=GROUP_IN_JPEG) for tag in directory.tags)
