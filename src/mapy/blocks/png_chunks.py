"""The small chunks of PNG (third edition, sections 11.2, 11.3) that describe the picture."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.records import parse_record
from mapy.tags import png
from mapy.tiff_types import PLAIN, spaced

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Definition

_BINARY = frozenset(
    {
        *("PLTE", "cpIp", "dSIG", "fRAc", "gIFg", "gIFt", "gIFx", "gdAT", "hIST", "iDOT", "pCAL"),
        "sPLT",
    }
)
_OFFSET = Struct(">iiB")
_DATE_LENGTH = 7
_GREY_LENGTH = 2
_LONGEST_SCALE = 256
_MOST_NUMBERS = 256
"""Bytes of a transparency or a background that are shown as numbers: a whole palette's."""


def parse(kind: str, view: ByteView, reading: Reading) -> None:
    """Parse the body of one chunk."""
    fields = png.RECORDS.get(kind)
    if fields is not None:
        parse_record(fields, view, reading)
        return
    if kind == "sCAL":
        _scale(view, reading)
        return
    definition = png.CHUNKS[kind]
    if kind in _BINARY:
        _add(
            definition, f"(Binary data {len(view)} bytes, use -b option to extract)", view, reading
        )
    elif kind == "tIME":
        year = view.u16be(0)
        month, day, hour, minute, second = view.take(2, _DATE_LENGTH - 2)
        moment = f"{year:04d}:{month:02d}:{day:02d} {hour:02d}:{minute:02d}:{second:02d}"
        _add(definition, moment, view, reading)
    elif kind == "oFFs":
        across, down, unit = view.unpack(_OFFSET, 0)
        words = f"{across}, {down} ({'microns' if unit else 'pixels'})"
        _add(definition, words, view, reading)
    else:  # bKGD, tRNS, sBIT: as many numbers as the colour type needs
        body = view.take(0, min(len(view), _MOST_NUMBERS))
        is_wide = kind != "sBIT" and len(body) in (_GREY_LENGTH, 3 * _GREY_LENGTH)
        values = [view.u16be(at) for at in range(0, len(body), 2)] if is_wide else list(body)
        _add(definition, values[0] if len(values) == 1 else spaced(tuple(values)), view, reading)


def _scale(view: ByteView, reading: Reading) -> None:
    """How much of its subject a sample shows: a unit, then width and height as text."""
    width, _, height = view.take(1, min(len(view) - 1, _LONGEST_SCALE)).partition(b"\0")
    values = (view.u8(0), width.decode("latin-1"), height.partition(b"\0")[0].decode("latin-1"))
    tags = [
        Tag("PNG", definition, PLAIN, 1, value, view.start, len(view))
        for definition, value in zip(png.SCALE, values, strict=True)
    ]
    reading.add("PNG", tags, view.span(0, len(view)))


def _add(definition: Definition, value: int | str, view: ByteView, reading: Reading) -> None:
    tag = Tag("PNG", definition, PLAIN, 1, value, view.start, len(view))
    reading.add("PNG", [tag], view.span(0, len(view)))
