"""What DJI's thermal cameras write into APP3 to APP5 of a JPEG: data, and how they were measured.

The segments have no signature that is theirs alone; the camera's Make says that they are DJI's.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import ValueMeanings, record
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Converter, Formatter, Value

GROUP = "DJI"
_DATA = {
    "APP3": Definition("APP3", "ThermalData", convert=numbers.binary),
    "APP5": Definition("APP5", "ThermalCalibration", convert=numbers.binary),
}
_HEAD = 72
_LAYOUTS = (
    ("ThermalParams", re.compile(rb"\xaa\x55\x12\x06"), 0),
    ("ThermalParams2", re.compile(rb"(?s).{64}\x2c\x01\x20\0"), 32),
    ("ThermalParams2", re.compile(rb"(?s).{32}\x2c\x01\x20\0"), 0),
    ("ThermalParams3", re.compile(rb"(?s).{32}\xaa\x55\x38\0"), 32),
)
"""Section of the table, how the segment begins, where the fields begin."""


def _with(template: str, times: float = 1) -> Formatter:
    def say(value: Value) -> Value:
        return template.format(value * times) if isinstance(value, int | float) else value

    return say


def _divided(by: int) -> Converter:
    def convert(tag: Tag) -> Value:
        return float(tag.raw) / by

    return convert


_CELSIUS = _with("{:.1f} C")
_MEANINGS = {
    "ThermalParams": ValueMeanings(),
    "ThermalParams2": ValueMeanings(
        say={
            "AmbientTemperature": _CELSIUS,
            "ReflectedTemperature": _CELSIUS,
            "ObjectDistance": _with("{:.1f} m"),
            "Emissivity": _with("{:.2f}"),
            "RelativeHumidity": _with("{:g} %", 100),
        }
    ),
    "ThermalParams3": ValueMeanings(
        convert={
            "ObjectDistance": _divided(10),
            "Emissivity": _divided(100),
            "ReflectedTemperature": _divided(10),
        }
    ),
}


def parse(place: str, view: ByteView, reading: Reading) -> None:
    """Parse what one kind of segment holds: `APP4`."""
    size = len(view)
    if place in _DATA:
        tags = [Tag(GROUP, _DATA[place], UNDEFINED, size, None, view.start, size)]
    else:
        head = view.take(0, min(size, _HEAD))
        found = next((each for each in _LAYOUTS if each[1].match(head)), None)
        if found is None:
            return
        section, _, start = found
        tags = _record(section).tags(view.sub(start, size - start), "<")
    reading.add(GROUP, tags, view.span(0, size))


@cache
def _record(section: str) -> Record:
    return record("dji", section, "int8u", _MEANINGS[section])
