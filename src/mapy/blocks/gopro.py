"""GoPro's metadata format (github.com/gopro/gpmf-parser): keys of four letters, typed values.

In APP6 of a JPEG: the settings of the camera. The streams of a film's sensors are not shown.
"""

from __future__ import annotations

from datetime import UTC, datetime
from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, number_text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Converter, Formatter, Names, Value

_GROUP = "GoPro"
_HEAD = Struct(">4sBBH")
"""Key, type, bytes of one value, how many values."""
_NESTED, _TEXT, _KEY = 0, ord("c"), ord("F")
_DEEPEST = 8
_CODES = {
    ord("b"): "b",
    ord("B"): "B",
    ord("s"): "h",
    ord("S"): "H",
    ord("l"): "i",
    ord("L"): "I",
    ord("f"): "f",
    ord("d"): "d",
    ord("j"): "q",
    ord("J"): "Q",
}
"""By type: the code of `struct`."""
_MOST_NUMBERS = 4096


def _dotted(value: Value) -> Value:
    return str(value).replace(" ", ".")


def _hexadecimal(value: Value) -> Value:
    parts = str(value).split()
    return "".join(f"{int(part):08x}" for part in parts) if all(map(str.isdigit, parts)) else value


def _moment(tag: Tag) -> Value:
    """Seconds since 1970, on the camera's clock."""
    if not isinstance(tag.raw, int) or not 0 <= tag.raw < _YEAR_9999:
        return str(tag.raw)
    return datetime.fromtimestamp(tag.raw, UTC).strftime("%Y:%m:%d %H:%M:%S")


_YEAR_9999 = 253_402_300_800


def _zone(value: Value) -> Value:
    """Minutes from UTC."""
    if not isinstance(value, int):
        return value
    hours, minutes = divmod(abs(value), 60)
    return f"{'-' if value < 0 else '+'}{hours:02d}:{minutes:02d}"


def _binary(tag: Tag) -> Value:
    return f"(Binary data {len(str(tag.raw))} bytes, use -b option to extract)"


_NO_YES: Names = {"N": "No", "Y": "Yes"}
_OFF_ON: Names = {"N": "Off", "Y": "On"}
_WORDS: dict[str, Names] = {
    "DZOM": _NO_YES,
    "ORDP": _NO_YES,
    "OREN": {"A": "Auto", "D": "Down", "U": "Up"},
    "PRTN": _OFF_ON,
    "SCAP": _NO_YES,
    "SMTR": _NO_YES,
    "VFOV": {"L": "Linear", "S": "Super View", "W": "Wide"},
}
_CONVERT: dict[str, Converter] = {
    "CDAT": _moment,
    **dict.fromkeys(("CORI", "GRAV", "IORI"), _binary),
}
_SAY: dict[str, Formatter] = {"MUID": _hexadecimal, "TZON": _zone, "VERS": _dotted}
_DEFINITIONS = {
    key: Definition(key, name, _WORDS.get(key), _CONVERT.get(key), _SAY.get(key))
    for key, name in (
        ("ABSC", "AutoBoostScore"),
        ("ALLD", "AutoLowLightDuration"),
        ("ARUW", "AspectRatioUnwarped"),
        ("ARWA", "AspectRatioWarped"),
        ("AUDO", "AudioSetting"),
        ("CASN", "CameraSerialNumber"),
        ("CDAT", "CreationDate"),
        ("CDTM", "CaptureDelayTimer"),
        ("CORI", "CameraOrientation"),
        ("CTRL", "ControlLevel"),
        ("DUST", "DurationSetting"),
        ("DVNM", "DeviceName"),
        ("DZMX", "DigitalZoomAmount"),
        ("DZOM", "DigitalZoomOn"),
        ("DZST", "DigitalZoom"),
        ("EISA", "ElectronicImageStabilization"),
        ("EXPT", "ExposureType"),
        ("FMWR", "FirmwareVersion"),
        ("FWVS", "OtherFirmware"),
        ("GRAV", "GravityVector"),
        ("HCTL", "HorizonControl"),
        ("IORI", "ImageOrientation"),
        ("MAPX", "MappingXCoefficients"),
        ("MAPY", "MappingYCoefficients"),
        ("MINF", "Model"),
        ("MUID", "MediaUniqueID"),
        ("MXCF", "MappingXMode"),
        ("MYCF", "MappingYMode"),
        ("ORDP", "OrientationDataPresent"),
        ("OREN", "AutoRotation"),
        ("ORIN", "InputOrientation"),
        ("ORIO", "OutputOrientation"),
        ("PHDR", "HDRSetting"),
        ("PIMN", "AutoISOMin"),
        ("PIMX", "AutoISOMax"),
        ("POLY", "PolynomialCoefficients"),
        ("PRES", "PhotoResolution"),
        ("PRJT", "LensProjection"),
        ("PRTN", "Protune"),
        ("PTCL", "ColorMode"),
        ("PTEV", "ExposureCompensation"),
        ("PTSH", "Sharpness"),
        ("PTWB", "WhiteBalance"),
        ("PYCF", "PolynomialPower"),
        ("RATE", "Rate"),
        ("RMRK", "Comments"),
        ("SCAP", "ScheduleCapture"),
        ("SCTM", "ScheduleCaptureTime"),
        ("SMTR", "SpotMeter"),
        ("TZON", "TimeZone"),
        ("UNIF", "InputUniformity"),
        ("VERS", "MetadataVersion"),
        ("VFOV", "FieldOfView"),
        ("ZFOV", "DiagonalFieldOfView"),
        ("ZMPL", "ZoomScaleNormalization"),
    )
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature: one directory."""
    tags: list[Tag] = []
    _items(view, 0, tags, reading)
    reading.add(_GROUP, tags, view.span(0, len(view)))


def _items(view: ByteView, depth: int, tags: list[Tag], reading: Reading) -> None:
    at = 0
    while view.has(at, _HEAD.size):
        reading.budget.spend("datasets")
        key, kind, size, count = view.unpack(_HEAD, at)
        at += _HEAD.size
        length = size * count
        if not view.has(at, length):
            reading.problem("gopro.cut-short", "A value is cut short.", view.span(at, 0))
            return
        if kind == _NESTED:
            if depth < _DEEPEST:
                _items(view.sub(at, length), depth + 1, tags, reading)
        elif (definition := _DEFINITIONS.get(key.decode("latin-1"))) is not None:
            value = _value(view, at, kind, size, count)
            if value is not None:
                tags.append(Tag(_GROUP, definition, PLAIN, 1, value, view.start + at, length))
        at += (length + 3) & ~3


def _value(view: ByteView, at: int, kind: int, size: int, count: int) -> Value | None:
    """The value of an item: a text, a list of them, a number, numbers parted by blanks."""
    length = size * count
    if kind in (_TEXT, _KEY):
        parts = range(at, at + length, size) if size > 1 else range(at, at + 1)
        step = size if size > 1 else length
        texts: list[Value] = [
            view.take(place, step).rstrip(b"\0").decode("latin-1") for place in parts
        ]
        return texts[0] if len(texts) == 1 else texts or ""
    code = _CODES.get(kind)
    if code is None:
        return None
    layout = Struct(f">{min(length // Struct('>' + code).size, _MOST_NUMBERS)}{code}")
    numbers = view.unpack(layout, at)
    if len(numbers) == 1:
        return numbers[0] if isinstance(numbers[0], int) else float(numbers[0])
    return " ".join(map(number_text, numbers))
