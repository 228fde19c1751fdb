"""The records of Minolta's raw files: the sensor, the white balance, what was asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.tags import maker_tables
from mapy.tags.maker_tables import ValueMeanings

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Value


def _iso(value: Value) -> Value:
    return round(2 ** (value / 8 - 1) * 3.125) if isinstance(value, int) else value


_WHITE = ("Auto", "Daylight", "Cloudy", "Tungsten", "Flash", "Fluorescent", "Shade", "User")


def _white_balance(value: Value) -> Value:
    """A kind of light, and how far from it the camera was set, in its low four bits."""
    if not isinstance(value, int):
        return value
    step = value & 0x0F
    return f"{_WHITE[value >> 4 & 7]} ({step - 16 if step >= 8 else step})"  # noqa: PLR2004 - a sign


def _hundreds(tag: Tag) -> Value:
    return int(tag.raw) * 100


_MEANINGS = ValueMeanings(
    convert={"ColorTemperature": _hundreds}, say={"ISOSetting": _iso, "WBMode": _white_balance}
)
_COMPACT = frozenset({56, 57, 58, 59, 60})
_MODELS = {
    "7d": frozenset({32, 36, 40, 44, 74, 76, 77}),
    "5d": frozenset({32, 36, 40, 44, 74, 78, 79}),
    "dslr-a100": frozenset({32, 36, 40, 44, 80}),
}
"""By what the model has in it: fields of the last record that not every camera has."""
_SOME = _COMPACT.union(*_MODELS.values())
_MODE_AT, _TEMPERATURE = 7, "ColorTemperature"

_SENSOR = maker_tables.record("minolta", "Raw.PRD", "int8u", _MEANINGS)
_BALANCE = {
    variant: maker_tables.record("minolta", "Raw.WBG", "int8u", _MEANINGS, variants={"4": variant})
    for variant in (0, 1)
}
_SETTINGS = {
    variant: maker_tables.record("minolta", "Raw.RIF", "int8u", _MEANINGS, variants={"7": variant})
    for variant in (0, 1)
}


def parse(kind: bytes, view: ByteView, reading: Reading, order: str) -> None:
    """Parse one block."""
    model = _model(reading)
    if kind == b"\0PRD":
        record = _SENSOR
    elif kind == b"\0WBG":
        record = _BALANCE[0 if "a200" in model else 1]
    elif kind == b"\0RIF":
        record = _settings(
            next((found for part, found in _MODELS.items() if part in model), _COMPACT)
        )
    else:
        return
    tags = [
        tag
        for tag in record.tags(view, order)
        if tag.raw or tag.name != _TEMPERATURE  # without one, the camera had not been told
    ]
    reading.add(record.group, tags, view.span(0, len(view)))


def _model(reading: Reading) -> str:
    for directory in reading.directories:
        for tag in directory:
            if tag.name == "Model":
                return str(tag.machine).lower()
    return ""


@cache
def _settings(known: frozenset[int]) -> Record:
    """The last record with those of its fields that a model has."""
    settings = _SETTINGS[0 if known is _COMPACT else 1]
    kept = [
        # The table tells the type of another note's entry of that name.
        field._replace(type="int8u") if field.offset == _MODE_AT else field
        for field in settings.fields
        if field.offset in known or field.offset not in _SOME
    ]
    return settings.of(kept)
