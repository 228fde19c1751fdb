"""What Insta360's cameras put behind a picture: records, each with a foot that tells its length.

They are found from the end: in front of a foot of the whole stands the last record. It may be a
list of all of them. Of the way that the camera moved its beginning is read.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.numbers import binary
from mapy.explain.words import degrees
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Formatter, Value

GROUP = "Insta360"
_FOOT = 78
"""Bytes of the foot of the whole: that of its last record, the length of all, the mark."""
_LENGTH_AT = 38
_RECORD_FOOT = Struct("<HI")
"""The kind of the record in front of it, and its length."""
_ROW = Struct("<HII")
"""Of the list: a record's kind, its length, where it begins in the trailer."""
_LIST, _CAMERA, _PREVIEW, _WAY = 0, 0x101, 0x200, 0x700
_MOST_RECORDS = 1_000
_LONGEST_LIST = 64 * 1024
_FIX = Struct("<IIHcdcdcddd")
"""Second, unknown, millisecond, validity, latitude, N or S, longitude, E or W, speed in metres a
second, direction, height."""
_MOST_FIXES = 100
"""Of them the first valid one is looked for."""
_JPEG = b"\xff\xd8\xff"
_KILOMETRES_AN_HOUR = 3.6


class Record(NamedTuple):
    """A record: its place in the end of the trailer."""

    kind: int
    at: int
    size: int


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer; `view` holds its end."""
    tags: list[Tag] = []
    met: set[int] = set()
    for kind, at, size in _records(view, view.u32le(view.size - _FOOT + _LENGTH_AT)):
        reading.budget.spend("datasets")
        if kind in met:  # rows of a list may all tell of the same bytes
            continue
        met.add(kind)
        if kind == _CAMERA:
            tags += _camera(view.sub(at, size))
        elif kind == _PREVIEW and size > len(_JPEG) and view.take(at, len(_JPEG)) == _JPEG:
            tags.append(_tag("PreviewImage", None, view.start + at, size))
        elif kind == _WAY:
            tags += _first_fix(view.sub(at, min(size, _MOST_FIXES * _FIX.size)))
    reading.add(GROUP, tags, view.span(0, view.size))


def _records(view: ByteView, length: int) -> Iterator[Record]:
    """The records, the last one first, or as the list has them."""
    foot = view.size - _FOOT
    for _ in range(_MOST_RECORDS):
        kind, size = view.unpack(_RECORD_FOOT, foot)
        at = foot - size
        if at < 0:
            return
        if kind == _LIST:
            if size:
                yield from _listed(view, at, min(size, _LONGEST_LIST), view.size - length)
            return
        yield Record(kind, at, size)
        foot = at - _RECORD_FOOT.size
        if foot < 0:
            return


def _listed(view: ByteView, at: int, size: int, start: int) -> Iterator[Record]:
    """The records of the list, as far as they lie in what is at hand of the trailer."""
    rows = view.take(at, size // _ROW.size * _ROW.size)
    for kind, length, offset in list(_ROW.iter_unpack(rows))[:_MOST_RECORDS]:
        place = start + offset
        if kind and length and place >= 0 and view.has(place, length):
            yield Record(kind, place, length)


def _camera(view: ByteView) -> Iterator[Tag]:
    """Texts, each behind its number and its length."""
    at = 0
    for _ in range(_TEXTS):
        if not view.has(at, 2):
            return
        number, size = view.u8(at), view.u8(at + 1)
        at += 2
        if not view.has(at, size):
            return
        name = _CAMERA_TEXTS.get(number)
        if name is not None:
            text = view.take(at, size).decode("utf-8", "replace")
            text = text.replace("_", " ") if name == "Parameters" else text
            yield _tag(name, text, view.start + at, size)
        at += size


def _first_fix(view: ByteView) -> Iterator[Tag]:
    """Where the camera was at first, by the first fix that counts."""
    rows = view.take(0, view.size // _FIX.size * _FIX.size)
    for number, fix in enumerate(_FIX.iter_unpack(rows)):
        second, _, millisecond, validity, north, ns, east, ew, speed, direction, height = fix
        if validity != b"A" or ns not in _LATITUDES or ew not in _LONGITUDES:
            continue
        moment = _EPOCH + timedelta(seconds=second)
        part = f".{millisecond:03d}".rstrip("0") if millisecond else ""
        values: dict[str, Value] = {
            "GPSDateTime": f"{moment:%Y:%m:%d %H:%M:%S}{part}Z",
            "GPSLatitude": -abs(north) if ns == b"S" else north,
            "GPSLongitude": east if ew == b"E" else -abs(east),
            "GPSSpeed": speed * _KILOMETRES_AN_HOUR,
            "GPSTrack": direction,
            "GPSAltitude": height,
        }
        for name, value in values.items():
            yield _tag(name, value, view.start + number * _FIX.size, _FIX.size)
        return


def _tag(name: str, value: Value | None, at: int, size: int) -> Tag:
    kind, count = (UNDEFINED, size) if value is None else (PLAIN, 1)
    return Tag(GROUP, _DEFINITIONS[name], kind, count, value, at, size)


def _on(negative: str, positive: str) -> Formatter:
    """A position in degrees, minutes and seconds, on one of two sides."""

    def say(value: Value) -> Value:
        side = negative if isinstance(value, int | float) and value < 0 else positive
        return f"{degrees(value)} {side}"

    return say


def _rounded(value: Value) -> Value:
    return float(f"{value:.4f}") if isinstance(value, int | float) else value


def _metres(value: Value) -> Value:
    return f"{_rounded(value):.15g} m" if isinstance(value, int | float) else value


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATITUDES, _LONGITUDES = (b"N", b"S"), (b"E", b"W", b"O")
"""West is O where the camera speaks French."""
_CAMERA_TEXTS = {0x0A: "SerialNumber", 0x12: "Model", 0x1A: "Firmware", 0x2A: "Parameters"}
_TEXTS = 4
_SAID: dict[str, Formatter] = {
    "GPSLatitude": _on("S", "N"),
    "GPSLongitude": _on("W", "E"),
    "GPSSpeed": _rounded,
    "GPSTrack": _rounded,
    "GPSAltitude": _metres,
}
_DEFINITIONS = {
    name: Definition(name, name, say=_SAID.get(name))
    for name in (*_CAMERA_TEXTS.values(), *_SAID, "GPSDateTime")
} | {"PreviewImage": Definition("PreviewImage", "PreviewImage", convert=binary)}
