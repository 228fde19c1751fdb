"""The small chunks of PNG (third edition, sections 11.2, 11.3) that describe the picture."""

from __future__ import annotations

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
    {"PLTE", "dSIG", "fRAc", "gIFg", "gIFt", "gIFx", "hIST", "iDOT", "pCAL", "sPLT"}
)
_DATE_LENGTH = 7
_GREY_LENGTH = 2
_MOST_NUMBERS = 256
"""Bytes of a transparency or a background that are shown as numbers: a whole palette's."""


def parse(kind: str, view: ByteView, reading: Reading) -> None:
    """Parse the body of one chunk."""
    fields = png.RECORDS.get(kind)
    if fields is not None:
        parse_record(fields, view, reading)
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
    else:  # bKGD, tRNS, sBIT: as many numbers as the colour type needs
        body = view.take(0, min(len(view), _MOST_NUMBERS))
        is_wide = kind != "sBIT" and len(body) in (_GREY_LENGTH, 3 * _GREY_LENGTH)
        values = [view.u16be(at) for at in range(0, len(body), 2)] if is_wide else list(body)
        _add(definition, values[0] if len(values) == 1 else spaced(tuple(values)), view, reading)


def _add(definition: Definition, value: int | str, view: ByteView, reading: Reading) -> None:
    tag = Tag("PNG", definition, PLAIN, 1, value, view.start, len(view))
    reading.add("PNG", [tag], view.span(0, len(view)))
