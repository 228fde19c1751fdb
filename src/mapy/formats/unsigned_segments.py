"""Segments of JPEG without a signature: what stands around them says what they are.

A thermal camera of InfiRay signs the first of its segments, one of DJI none; old cameras spread
a larger preview over APP3, APP4 and APP5, or begin it in APP2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy import blocks
from mapy.buffer import ByteView

if TYPE_CHECKING:
    from mapy.formats.jpeg_portions import Portion
    from mapy.reading import Reading

_INFIRAY = b"IJPEG\0"
_INFIRAY_AT, _INFIRAY_END = 4, 10
"""Behind the version of the format."""
_TO_MARKER = 3
"""Bytes from the payload of a segment back to its marker."""
_APP2, _APP3, _APP5 = 2, 3, 5
_DJI = "DJI"
_DATA = frozenset({3, 4, 5})
"""Application segments in which a thermal camera of DJI keeps its data."""
_PICTURE = b"\xff\xd8\xff"
_HEADS = (b"", b"QVGA\0", b"BGTH")
"""What may stand in front of a preview."""
_LONGEST_HEAD = 8


class Segment(NamedTuple):
    """An application segment without a signature."""

    number: int
    """3 of APP3."""
    at: int
    size: int


def join(portions: list[Portion], view: ByteView, reading: Reading) -> None:
    """Hand the segments to the parsers of what they are, if that can be told."""
    found = [
        Segment(view.take(at - _TO_MARKER, 1)[0] & 0xF, at, size) for at, size in portions if size
    ]
    if not found:
        return
    _, first, size = found[0]
    if view.take(first, min(size, _INFIRAY_END))[_INFIRAY_AT:] == _INFIRAY:
        for number, at, length in found:
            blocks.parse("infiray", view.sub(at, length), reading, f"APP{number}")
    elif _make(reading) == _DJI:
        _thermal(found, view, reading)
    else:
        _preview(found, view, reading)


def _make(reading: Reading) -> str:
    """The camera's maker, as IFD0 names it."""
    for directory in reading.directories:
        if directory.name == "IFD0":
            for tag in directory.tags:
                if tag.definition.name == "Make":
                    return str(tag.machine)
    return ""


def _thermal(found: list[Segment], view: ByteView, reading: Reading) -> None:
    """DJI's segments; those of APP3 are one value."""
    _parse("dji-thermal", [each for each in found if each.number == _APP3], view, reading)
    for segment in found:
        if segment.number in _DATA and segment.number != _APP3:
            _parse("dji-thermal", [segment], view, reading)


def _preview(found: list[Segment], view: ByteView, reading: Reading) -> None:
    """The picture that one or several of the segments hold."""
    parts: list[Segment] = []
    for segment in found:
        number, at, size = segment
        if not parts and number in (_APP2, _APP3):
            head = view.take(at, min(size, _LONGEST_HEAD))
            skip = next((len(mark) for mark in _HEADS if head.startswith(mark + _PICTURE)), None)
            if skip is not None:
                parts = [Segment(number, at + skip, size - skip)]
        elif parts and (number == _APP2) == (parts[0].number == _APP2) and number <= _APP5:
            parts.append(segment)
    _parse("segment-value", parts, view, reading)


def _parse(kind: str, segments: list[Segment], view: ByteView, reading: Reading) -> None:
    """Parse what segments hold together; it has the place of the first."""
    if not segments:
        return
    number, start, size = segments[0]
    name = f"APP{number}"
    if len(segments) == 1:
        blocks.parse(kind, view.sub(start, size), reading, name)
        return
    reading.joined.append(tuple(view.span(at, size) for _, at, size in segments))
    joined = b"".join([view.take(at, size) for _, at, size in segments])
    blocks.parse(kind, ByteView(joined, view.start + start), reading, name)
