"""Canon: what was set and what was measured when the picture was taken."""

from __future__ import annotations

from functools import cache
import math
import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.canon import codes
from mapy.makernotes.canon.models import APS_C_OF_2005, INTRODUCED_WITH_SIZE, is_eos
from mapy.makernotes.canon.records import bits, record, u16
from mapy.makernotes.fields import read_fields
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value

_ISO_CODES: dict[int, int | str] = {
    0: "n/a", 14: "Auto High", 15: "Auto", 16: 50, 17: 100, 18: 200, 19: 400, 20: 800,
}  # fmt: skip
_ISO_IS_PLAIN = 0x4000
_FOCAL_UNITS = 25
"""The place in `CameraSettings` of what focal lengths are divided by."""
_MICROMETRES = 25.4 / 1000
_LEAST_SIZE = 40
"""Of a sensor, in thousandths of an inch; less is noise."""


def _camera_iso(tag: Tag) -> Value:
    code = tag.raw
    if code & _ISO_IS_PLAIN:
        return int(code & (_ISO_IS_PLAIN - 1))
    return _ISO_CODES.get(code, f"Unknown ({code})")


def _in_focal_units(note: Note, tag: Tag) -> Tag | None:
    """A focal length in mm."""
    units = note.seen.get("FocalUnits") or 1
    return codes.plain(tag, tag.raw / units) if units != 1 else tag


def _focal_length(note: Note, tag: Tag) -> Tag | None:
    return _in_focal_units(note, tag) if tag.raw else None


def _lens_type(note: Note, tag: Tag) -> Tag | None:
    note.seen["LensType"] = tag.raw
    return tag if tag.raw else None


def _sharpness(note: Note, tag: Tag) -> Tag | None:
    """Kept, because another record says it again."""
    if tag.raw == codes.NOT_SET:
        return None
    note.seen["Sharpness"] = tag.raw
    return tag


def _flash_model(tag: Tag) -> Value:
    return int(tag.raw) & 0x7F


def _self_timer(value: Value) -> Value:
    if not value or not isinstance(value, int):
        return "Off"
    return f"{(value & 0xFFF) / 10:.15g} s" + (", Custom" if value & 0x4000 else "")


_FLASH_BITS = (
    "Manual", "TTL", "A-TTL", "E-TTL", "FP sync enabled", None, None, "2nd-curtain sync used",
    None, None, None, "FP sync used", None, "Built-in", "External",
)  # fmt: skip


_UNLESS_MINUS_1 = (
    "RecordMode", "FlashModel", "FocusContinuous", "AESetting", "ImageStabilization",
    "SpotMeteringMode", "PhotoEffect", "SRAWQuality",
)  # fmt: skip


def _two_digits(value: Value) -> Value:
    return f"{value:.2g}" if isinstance(value, float) else value


_SETTINGS = Meanings(
    {
        "CameraISO": _camera_iso,
        "MaxAperture": codes.aperture,
        "MinAperture": codes.aperture,
        "DisplayAperture": codes.tenths,
        "FlashModel": _flash_model,
    },
    {
        "SelfTimer": _self_timer,
        "Contrast": codes.parameter,
        "Saturation": codes.parameter,
        "ColorTone": codes.parameter,
        "MaxFocalLength": words.millimetres,
        "MinFocalLength": words.millimetres,
        "FocalUnits": lambda value: f"{value}/mm",
        "MaxAperture": _two_digits,
        "MinAperture": _two_digits,
        "FlashBits": bits(_FLASH_BITS),
        "ManualFlashOutput": words.unknown_code,
        "AFPoint": words.unknown_code,
        "Clarity": codes.as_it_is,
    },
    {
        **dict.fromkeys(
            ("Contrast", "Saturation", "CameraISO", "ColorTone"),
            codes.unless(codes.NOT_SET),
        ),
        **dict.fromkeys(_UNLESS_MINUS_1, codes.unless(-1)),
        "Sharpness": _sharpness,
        "AFPoint": codes.unless(0),
        "LensType": _lens_type,
        "MaxFocalLength": _in_focal_units,
        "MinFocalLength": _in_focal_units,
        "MaxAperture": codes.at_least(1),
        "MinAperture": codes.at_least(1),
        "DisplayAperture": codes.unless(0),
    },
)


@cache
def camera_settings() -> Fields:
    """The record `CameraSettings`."""
    return record("CameraSettings", "int16s", _SETTINGS)


def read_camera_settings(note: Note, piece: Piece) -> None:
    """Read `CameraSettings`; the unit of its focal lengths stands behind them."""
    place = _FOCAL_UNITS * 2
    if piece.view.has(place, 2):
        note.seen["FocalUnits"] = u16(piece, place)
    read_fields(camera_settings(), note, piece.view, piece.order)


def _auto_iso(tag: Tag) -> Value:
    return _power(tag.raw / 32) * 100


def _base_iso(tag: Tag) -> Value:
    return _power(tag.raw / 32) * 100 / 32


def _power(exponent: float) -> float:
    return 2.0**exponent if exponent < 1000 else math.inf  # noqa: PLR2004 - a double's range


def _measured_ev(tag: Tag) -> Value:
    return float(tag.raw / 32 + 5)


def _measured_ev2(tag: Tag) -> Value:
    return float(tag.raw / 8 - 6)


def _guide_number(tag: Tag) -> Value:
    return float(tag.raw / 32)


def _target_time(note: Note, tag: Tag) -> Tag | None:
    named = tag.raw or re.search("EOS|PowerShot|IXUS|IXY", note.model)
    return tag if tag.raw > -1000 and named else None  # noqa: PLR2004 - what is less is no time


def _exposure_time(note: Note, tag: Tag) -> Tag | None:
    """Some cameras of 2004 and 2005 write it shorter than it is."""
    if not tag.raw:
        return None
    factor = 1000 / 32 if APS_C_OF_2005.search(note.model) else 1
    return codes.plain(tag, _power(-codes.exposure_value(tag.raw)) * factor)


def _temperature(note: Note, tag: Tag) -> Tag | None:
    is_told = is_eos(note) and not re.search(r"EOS-1DS?$", note.model)
    return tag if tag.raw and is_told else None


def _flash_output(note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw or re.search("PowerShot|IXUS|IXY", note.model) else None


def _rounded(value: Value) -> Value:
    return f"{value:.0f}" if isinstance(value, (int, float)) else value


def _two_decimals(value: Value) -> Value:
    return f"{value:.2f}" if isinstance(value, (int, float)) else value


_SHOT = Meanings(
    {
        "AutoISO": _auto_iso,
        "BaseISO": _base_iso,
        "MeasuredEV": _measured_ev,
        "MeasuredEV2": _measured_ev2,
        "TargetAperture": codes.aperture,
        "TargetExposureTime": codes.seconds,
        "ExposureCompensation": codes.ev,
        "CameraTemperature": codes.celsius,
        "FlashGuideNumber": _guide_number,
        "FlashExposureComp": codes.ev,
        "AEBBracketValue": codes.ev,
        "FocusDistanceUpper": codes.hundredths,
        "FocusDistanceLower": codes.hundredths,
        "FNumber": codes.aperture,
        "BulbDuration": codes.tenths,
        "SelfTimer2": codes.tenths,
    },
    {
        "AutoISO": _rounded,
        "BaseISO": _rounded,
        "MeasuredEV": _two_decimals,
        "TargetAperture": _two_digits,
        "TargetExposureTime": words.exposure_time,
        "ExposureCompensation": words.fraction,
        "SequenceNumber": codes.as_it_is,
        "OpticalZoomCode": lambda value: "n/a" if value == 8 else value,  # noqa: PLR2004
        "CameraTemperature": words.celsius,
        "AFPointsInFocus": words.unknown_code,
        "FlashExposureComp": words.fraction,
        "AEBBracketValue": words.fraction,
        "FocusDistanceUpper": codes.distance,
        "FocusDistanceLower": codes.distance,
        "FNumber": _two_digits,
        "ExposureTime": words.exposure_time,
        "FlashOutput": codes.as_it_is,
    },
    {
        "BaseISO": codes.unless(0),
        "TargetAperture": codes.at_least(1),
        "TargetExposureTime": _target_time,
        "CameraTemperature": _temperature,
        "FlashGuideNumber": codes.unless(-1),
        "AFPointsInFocus": codes.unless(0),
        "FocusDistanceUpper": codes.keep_upper,
        "FocusDistanceLower": codes.keep_lower,
        "FNumber": codes.unless(0),
        "ExposureTime": _exposure_time,
        "MeasuredEV2": codes.unless(0),
        "AutoRotate": codes.at_least(0),
        "SelfTimer2": codes.at_least(0),
        "FlashOutput": _flash_output,
    },
)


@cache
def shot_info() -> Fields:
    """The record `ShotInfo`."""
    return record("ShotInfo", "int16s", _SHOT)


def _sensor_size(tag: Tag) -> Value:
    return float(tag.raw * _MICROMETRES)


def _size(note: Note, tag: Tag) -> Tag | None:
    """The size of the sensor, which cameras wrote until 2006, and compacts still do."""
    is_told = not is_eos(note) or INTRODUCED_WITH_SIZE.search(note.model)
    return tag if is_told and tag.raw >= _LEAST_SIZE else None


@cache
def focal_length() -> Fields:
    """The record `FocalLength`."""
    size = {"FocalPlaneXSize": _size, "FocalPlaneYSize": _size}
    return record(
        "FocalLength",
        "int16u",
        Meanings(
            dict.fromkeys(size, _sensor_size),
            {
                "FocalLength": words.millimetres,
                **dict.fromkeys(size, lambda value: f"{value:.2f} mm"),
            },
            {"FocalType": codes.unless(0), "FocalLength": _focal_length, **size},
        ),
    )
