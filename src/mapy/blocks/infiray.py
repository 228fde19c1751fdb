"""What InfiRay's thermal cameras write into APP2 to APP9 of a JPEG, each a record of its own.

Only the first one, in APP2, has a signature; it says that the others are theirs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import ValueMeanings, record
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Formatter, Value

GROUP = "InfiRay"
_SECTIONS = {
    "APP2": "Version",
    "APP4": "Factory",
    "APP5": "Picture",
    "APP6": "MixMode",
    "APP7": "OpMode",
    "APP8": "Isothermal",
    "APP9": "Sensor",
}
_IMAGING = "APP3"
_IMAGING_DATA = Definition("APP3", "ImagingData", convert=numbers.binary)


def _with(template: str, times: float = 1) -> Formatter:
    def say(value: Value) -> Value:
        return template.format(value * times) if isinstance(value, int | float) else value

    return say


_CELSIUS, _PER_CENT = _with("{:.2f} C"), _with("{:.1f} %", 100)
_MEANINGS = ValueMeanings(
    say={
        **dict.fromkeys(("EnvironmentTemp", "ReferenceTemp", "DeviceTemp"), _CELSIUS),
        **dict.fromkeys(("Humidity", "FusionIntensity"), _PER_CENT),
        **dict.fromkeys(("IRSensorAperture", "IRFocalLength"), words.one_decimal),
        "Distance": _with("{:.2f} m"),
        "Emissivity": _with("{:.2f}"),
    }
)


def parse(place: str, view: ByteView, reading: Reading) -> None:
    """Parse the record of one segment: `APP5`."""
    if place == _IMAGING:
        size = len(view)
        tags = [Tag(GROUP, _IMAGING_DATA, UNDEFINED, size, view.take(0, size), view.start, size)]
    elif place in _SECTIONS:
        tags = _record(_SECTIONS[place]).tags(view, "<")
    else:
        return
    reading.add(GROUP, tags, view.span(0, len(view)))


@cache
def _record(section: str) -> Record:
    return record("infiray", section, "int8u", _MEANINGS)
