"""What Casio's first cameras write into APP1 behind `QVCI`: texts at fixed places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields, tags_of
from mapy.makernotes.note import Meanings
from mapy.tiff_types import text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_DAY = 10
"""Letters of the day in a date."""


def _date(tag: Tag) -> Value:
    """A date whose parts dots part."""
    day, clock = text(tag.raw)[:_DAY], text(tag.raw)[_DAY + 1 :]
    return f"{day} {clock}".replace(".", ":")


@cache
def _record() -> Fields:
    return fields("casio", "QVCI", "int8u", Meanings(convert={"DateTimeOriginal": _date}))


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload, signature included."""
    record = _record()
    reading.add(record.group, tags_of(record, view, ">"), view.span(0, len(view)))
