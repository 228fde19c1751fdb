"""The records of Minolta's raw files: the sensor, the white balance, what was asked for."""

from __future__ import annotations

from functools import lru_cache
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
_TEMPERATURE_AT = 60
_MINOLTA, _SONY = frozenset({56, 58, _TEMPERATURE_AT}), frozenset({74})
_A100 = frozenset({32, 36, 40, 44, 76, 77, 80})
_A200 = frozenset({78, 79})
"""Fields of the last record that cameras of one maker, or a few of them, have alone."""
_SOME = _MINOLTA | _SONY | _A100 | _A200
_MODE_AT = 7

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
    make, model = (_camera(reading, name) for name in ("Make", "Model"))
    if kind == b"\0PRD":
        record = _SENSOR
    elif kind == b"\0WBG":
        record = _BALANCE[0 if "a200" in model else 1]
    elif kind == b"\0RIF":
        record = _settings(make.startswith("sony"), model)
    else:
        return
    reading.add(record.group, record.tags(view, order), view.span(0, len(view)))


def _camera(reading: Reading, name: str) -> str:
    for directory in reading.directories:
        for tag in directory:
            if tag.name == name:
                return str(tag.machine).lower()
    return ""


@lru_cache(maxsize=64)
def _settings(is_sony: bool, model: str) -> Record:  # noqa: FBT001 - a fact, not a switch
    """The last record with those of its fields that a camera has."""
    known = _SONY if is_sony else _MINOLTA
    if model == "dslr-a100":
        known |= _A100
    elif model in ("dslr-a200", "dslr-a700"):
        known |= _A200
    settings = _SETTINGS[int(is_sony)]
    kept = [
        # The table tells the type of another note's entry of that name.
        field._replace(type="int8u") if field.offset == _MODE_AT else field
        for field in settings.fields
        if field.offset in known or field.offset not in _SOME
    ]
    return settings.of(kept)
