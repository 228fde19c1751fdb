"""The records of FLIR's thermal files that have fields at fixed places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import TYPE_CHECKING, TypeAlias

from mapy.explain import words
from mapy.explain.numbers import binary
from mapy.records import Record, record
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Names, Value

GROUP = "FLIR"
_ZERO_CELSIUS = 273.15


def _celsius(tag: Tag) -> Value:
    return float(tag.raw) - _ZERO_CELSIUS


def _spectral_sensitivity(tag: Tag) -> Value:
    """The wavelength of the greatest sensitivity, in micrometres, from Planck's B."""
    return 14387.6515 / tag.raw if tag.raw else 0


def _with(decimals: int, unit: str) -> Formatter:
    def say(value: Value) -> Value:
        return f"{value:.{decimals}f} {unit}" if isinstance(value, (int, float)) else value

    return say


def _significant(digits: int) -> Formatter:
    def say(value: Value) -> Value:
        return f"{value:.{digits}g}" if isinstance(value, (int, float)) else value

    return say


def _fixed(decimals: int) -> Formatter:
    def say(value: Value) -> Value:
        return f"{value:.{decimals}f}" if isinstance(value, (int, float)) else value

    return say


def _share(tag: Tag) -> Value:
    """A share of one; some cameras write hundredths."""
    return float(tag.raw / 100 if tag.raw > _MOST_SHARE else tag.raw)


_MOST_SHARE = 2


def _percent(value: Value) -> Value:
    return f"{value * 100:.1f} %" if isinstance(value, (int, float)) else value


_MOMENT = {"<": Struct("<IIh"), ">": Struct(">IIh")}
_MOST_MINUTES = 24 * 60


def _moment(tag: Tag) -> Value:
    """Seconds since 1970, milliseconds, and minutes west of UTC."""
    seconds, milliseconds, zone = _MOMENT[tag.order].unpack(tag.raw)
    zone = zone if abs(zone) <= _MOST_MINUTES else 0
    moment = datetime.fromtimestamp(seconds, UTC) - timedelta(minutes=zone)
    hours, minutes = divmod(abs(zone), 60)
    sign = "-" if zone > 0 else "+"
    shown = f"{moment:%Y:%m:%d %H:%M:%S}.{milliseconds & 0xFFFF:03d}"
    return f"{shown}{sign}{hours:02d}:{minutes:02d}"


_Row: TypeAlias = "tuple[str, Converter | None, Formatter | None]"
_NUMBER: _Row = ("f", None, None)
_FACTOR: _Row = ("f", None, _significant(8))
_SIX: _Row = ("f", None, _fixed(6))
_TEMPERATURE: _Row = ("f", _celsius, _with(1, "C"))
_CAMERA: tuple[tuple[int, str, _Row], ...] = (
    (32, "Emissivity", ("f", None, _fixed(2))),
    (36, "ObjectDistance", ("f", None, _with(2, "m"))),
    (40, "ReflectedApparentTemperature", _TEMPERATURE),
    (44, "AtmosphericTemperature", _TEMPERATURE),
    (48, "IRWindowTemperature", _TEMPERATURE),
    (52, "IRWindowTransmission", ("f", None, _fixed(2))),
    (60, "RelativeHumidity", ("f", _share, _percent)),
    (88, "PlanckR1", _FACTOR),
    (92, "PlanckB", _FACTOR),
    (92, "PeakSpectralSensitivity", ("f", _spectral_sensitivity, _with(1, "um"))),
    (96, "PlanckF", _FACTOR),
    (112, "AtmosphericTransAlpha1", _SIX),
    (116, "AtmosphericTransAlpha2", _SIX),
    (120, "AtmosphericTransBeta1", _SIX),
    (124, "AtmosphericTransBeta2", _SIX),
    (128, "AtmosphericTransX", _SIX),
    (144, "CameraTemperatureRangeMax", _TEMPERATURE),
    (148, "CameraTemperatureRangeMin", _TEMPERATURE),
    (152, "CameraTemperatureMaxClip", _TEMPERATURE),
    (156, "CameraTemperatureMinClip", _TEMPERATURE),
    (160, "CameraTemperatureMaxWarn", _TEMPERATURE),
    (164, "CameraTemperatureMinWarn", _TEMPERATURE),
    (168, "CameraTemperatureMaxSaturated", _TEMPERATURE),
    (172, "CameraTemperatureMinSaturated", _TEMPERATURE),
    (212, "CameraModel", ("32s", None, None)),
    (244, "CameraPartNumber", ("16s", None, None)),
    (260, "CameraSerialNumber", ("16s", None, None)),
    (276, "CameraSoftware", ("16s", None, None)),
    (368, "LensModel", ("32s", None, None)),
    (400, "LensPartNumber", ("16s", None, None)),
    (416, "LensSerialNumber", ("16s", None, None)),
    (436, "FieldOfView", ("f", None, _with(1, "deg"))),
    (492, "FilterModel", ("16s", None, None)),
    (508, "FilterPartNumber", ("32s", None, None)),
    (540, "FilterSerialNumber", ("32s", None, None)),
    (776, "PlanckO", ("i", None, None)),
    (780, "PlanckR2", _FACTOR),
    (784, "RawValueRangeMin", ("H", None, None)),
    (786, "RawValueRangeMax", ("H", None, None)),
    (824, "RawValueMedian", ("H", None, None)),
    (828, "RawValueRange", ("H", None, None)),
    (900, "DateTimeOriginal", ("10s", _moment, None)),
    (912, "FocusStepCount", ("H", None, None)),
    (1116, "FocusDistance", ("f", None, _with(1, "m"))),
    (1124, "FrameRate", ("H", None, None)),
)
_PALETTE: tuple[tuple[int, str, _Row], ...] = (
    (0, "PaletteColors", ("B", None, None)),
    (6, "AboveColor", ("3B", None, None)),
    (9, "BelowColor", ("3B", None, None)),
    (12, "OverflowColor", ("3B", None, None)),
    (15, "UnderflowColor", ("3B", None, None)),
    (18, "Isotherm1Color", ("3B", None, None)),
    (21, "Isotherm2Color", ("3B", None, None)),
    (26, "PaletteMethod", ("B", None, None)),
    (27, "PaletteStretch", ("B", None, None)),
    (48, "PaletteFileName", ("32s", None, None)),
    (80, "PaletteName", ("32s", None, None)),
)
_DIRECTIONS: Names = {"M": "Magnetic North", "T": "True North"}
_GPS_NAMES: dict[str, Names] = {
    "GPSValid": {0: "No", 1: "Yes"},
    "GPSLatitudeRef": {"N": "North", "S": "South"},
    "GPSLongitudeRef": {"E": "East", "W": "West"},
    "GPSSpeedRef": {"K": "km/h", "M": "mph", "N": "knots"},
    "GPSTrackRef": _DIRECTIONS,
    "GPSImgDirectionRef": _DIRECTIONS,
}
_GPS: tuple[tuple[int, str, _Row], ...] = (
    (0, "GPSValid", ("I", None, None)),
    (4, "GPSVersionID", ("4s", None, None)),
    (8, "GPSLatitudeRef", ("2s", None, None)),
    (10, "GPSLongitudeRef", ("2s", None, None)),
    (16, "GPSLatitude", ("d", None, words.degrees)),
    (24, "GPSLongitude", ("d", None, words.degrees)),
    (32, "GPSAltitude", ("f", None, _with(2, "m"))),
    (64, "GPSDOP", _NUMBER),
    (68, "GPSSpeedRef", ("2s", None, None)),
    (70, "GPSTrackRef", ("2s", None, None)),
    (72, "GPSImgDirectionRef", ("2s", None, None)),
    (76, "GPSSpeed", ("f", None, _fixed(2))),
    (80, "GPSTrack", ("f", None, _fixed(2))),
    (84, "GPSImgDirection", ("f", None, _fixed(2))),
    (88, "GPSMapDatum", ("16s", None, None)),
)
_PIP: tuple[tuple[int, str, _Row], ...] = (
    (0, "Real2IR", _NUMBER),
    (4, "OffsetX", ("h", None, None)),
    (6, "OffsetY", ("h", None, None)),
    (8, "PiPX1", ("h", None, None)),
    (10, "PiPX2", ("h", None, None)),
    (12, "PiPY1", ("h", None, None)),
    (14, "PiPY2", ("h", None, None)),
)


def _table(order: str, rows: tuple[tuple[int, str, _Row], ...]) -> Record:
    return record(
        GROUP,
        order,
        *(
            (at, code, Definition(at, name, _GPS_NAMES.get(name), convert, say))
            for at, name, (code, convert, say) in rows
        ),
    )


RECORDS = {
    kind: {order: _table(order, rows) for order in "<>"}
    for kind, rows in ((0x20, _CAMERA), (0x22, _PALETTE), (0x2A, _PIP), (0x2B, _GPS))
}
"""By kind of record and byte order."""
PALETTE, CAMERA_RECORDS = 0x22, frozenset({0x20})
"""The record that ends with colours; those whose first number tells their byte order."""
COLOURS_AT, COLOUR_SIZE = 112, 3
COLOURS = Definition(COLOURS_AT, "Palette", convert=binary)
CREATOR = Definition(4, "CreatorSoftware")
PICTURES = {0x01: "RawThermalImage", 0x0E: "EmbeddedImage"}
"""By kind of record: pictures, of which a width and a height stand in front."""
