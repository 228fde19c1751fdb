"""Segments of JPEG that are one value behind their signature: a name, a picture, a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import LONG, PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_RESOURCE = Definition("urn:", "UniformResourceName")
_PREVIEW = Definition("PreviewImage", "PreviewImage", convert=binary)
_THERMAL = Definition("PARROT", "RawThermalImage", convert=binary)
_UNIQUE = Definition("ssuniqueid", "UniqueID")
_ANALYSIS = Definition("DTAT", "DJI_DTAT")
_WIDE_COMMENT = Definition("UNICODE", "Comment")
_COMMENT = b"UNICODE\0"
"""In front of a comment of the program PhotoStudio, in 16 bits a letter."""
_CURVE_SIZE, _CURVE_AT = 6, 10
"""Where the number of points of a curve stands, behind its mark, and where they begin."""


def _numbers(tag: Tag) -> Value:
    """How many characters the numbers are as a text."""
    return f"(Binary data {len(' '.join(map(str, tag.raw)))} bytes, use -b option to extract)"


_SIZE = Definition(_CURVE_SIZE, "HDRGainCurveSize")
_CURVE = Definition(_CURVE_AT, "HDRGainCurve", convert=_numbers)
_MARKS = {b"PARROT": len(b"PARROT\0"), b"ssuniqueid": len(b"ssuniqueid\0"), b"DTAT": 7}
"""Signatures, and how many bytes they are with what stands between them and the value."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload of a segment, signature included."""
    size = len(view)
    raw = view.take(0, size)
    if raw.startswith(b"urn:"):
        name = raw.partition(b"\0")[0].decode("latin-1")
        tag = Tag("APP2", _RESOURCE, PLAIN, 1, name, view.start, size)
        reading.add("APP2", [tag], view.span(0, size))
    elif raw.startswith(_COMMENT):
        text = raw[len(_COMMENT) :].decode("utf-16-be", "replace").partition("\0")[0]
        _one("File", _WIDE_COMMENT, text, view, reading)
    elif raw.startswith(b"AROT"):
        _gain_curve(view, reading)
    elif raw.startswith(b"\xff\xd8"):
        _one("File", _PREVIEW, None, view, reading)
    else:
        _behind_mark(raw, view, reading)


def _behind_mark(raw: bytes, view: ByteView, reading: Reading) -> None:
    """A value behind one of the signatures."""
    mark = next((mark for mark in _MARKS if raw.startswith(mark)), None)
    if mark is None or len(raw) <= _MARKS[mark]:
        return
    at = _MARKS[mark]
    value = view.sub(at, len(raw) - at)
    if mark == b"PARROT":
        _one("Parrot", _THERMAL, None, value, reading)
    elif mark == b"ssuniqueid":
        _one("Samsung", _UNIQUE, raw[at:].hex(), value, reading)
    else:
        _one("DJI", _ANALYSIS, raw[at:].rstrip(b"\0").decode("utf-8", "replace"), value, reading)


def _one(
    group: str, means: Definition, value: str | None, view: ByteView, reading: Reading
) -> None:
    size = len(view)
    kind, count = (UNDEFINED, size) if value is None else (PLAIN, 1)
    tag = Tag(group, means, kind, count, value, view.start, size)
    reading.add(group, [tag], view.span(0, size))


def _gain_curve(view: ByteView, reading: Reading) -> None:
    """The curve of Apple's pictures of high dynamic range: a number of points, and the points.

    Raises:
        OutOfBounds: there is no number.
    """
    is_little = _exif_order(reading) == "II"
    count = (view.u32le if is_little else view.u32be)(_CURVE_SIZE)
    point = view.u32be if is_little else view.u32le  # in the other order than their number
    tags = [Tag("AROT", _SIZE, LONG, 1, count, view.start + _CURVE_SIZE, 4)]
    there = min(count, (len(view) - _CURVE_AT) // 4)
    if there:
        points = tuple(point(_CURVE_AT + 4 * number) for number in range(there))
        tags.append(Tag("AROT", _CURVE, LONG, there, points, view.start + _CURVE_AT, 4 * there))
    reading.add("AROT", tags, view.span(0, len(view)))


def _exif_order(reading: Reading) -> Value:
    """The byte order of the EXIF block in front, which programs that write a curve keep to."""
    for directory in reading.directories:
        for tag in directory:
            if tag.definition.name == "ExifByteOrder":
                return str(tag.raw)
    return "MM"
