"""What Casio's first cameras write into APP1 behind `QVCI`: texts at fixed places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.tags import maker_tables
from mapy.tags.maker_tables import ValueMeanings
from mapy.tiff_types import text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Value

_DAY = 10
"""Letters of the day in a date."""


def _date(tag: Tag) -> Value:
    """A date whose parts dots part."""
    day, clock = text(tag.raw)[:_DAY], text(tag.raw)[_DAY + 1 :]
    return f"{day} {clock}".replace(".", ":")


@cache
def _record() -> Record:
    return maker_tables.record(
        "casio", "QVCI", "int8u", ValueMeanings(convert={"DateTimeOriginal": _date})
    )


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload, signature included."""
    record = _record()
    reading.add(record.group, record.tags(view, ">"), view.span(0, len(view)))
