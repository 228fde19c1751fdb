"""What the tables do not tell of Sony's records: how the numbers of each become values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.explain.numbers import binary
from mapy.makernotes.note import Meanings
from mapy.makernotes.sony import units, values, wording
from mapy.makernotes.sony.values import keep, linear, masked, note_only, only_if, unless
from mapy.tags import makers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Value


_LENS_HOOKS: Mapping[str, Hook] = {
    "LensMount": keep("LensMount"),
    "LensType": only_if("LensMount", 1),
    "LensType2": only_if("LensMount", 2),
    "DistortionCorrParamsPresent": keep("DistortionCorrParamsPresent"),
}
_CONVERT: Mapping[str, Converter] = {
    "ExposureTime": values.seven_digits,
    "SonyISO": values.iso_256,
    "BaseISO": values.iso_256,
    "StopsAboveBaseISO": values.stops_256,
    "BrightnessValue": values.brightness_256,
    "ExposureCompensation": values.compensation_256,
    "SonyExposureTime": values.seconds_256,
    "SonyExposureTime2": values.seconds_256,
    "SonyFNumber": values.aperture_256,
    "SonyFNumber2": values.aperture_256,
    "SonyMaxApertureValue": values.aperture_256,
    "SonyMaxAperture": values.lens_aperture_8,
    "SonyMinAperture": values.lens_aperture_8,
    "SonyDateTime": values.date_time,
    "SonyDateTime2": values.date_time_short,
    "SonyTimeMinSec": values.minute_second,
    "TiffMeteringImage": binary,
    "LensSpecFeatures": values.lens_features,
    "FocalLength": linear(0.1),
    "MinFocalLength": linear(0.1),
    "MaxFocalLength": linear(0.1),
    "DigitalZoomRatio": linear(1 / 16),
    "SequenceImageNumber": linear(1, -1),
    "SequenceFileNumber": linear(1, -1),
    "BatteryTemperature": values.fahrenheit,
}
_SAY: Mapping[str, Formatter] = {
    "SonyISO": units.whole,
    "BaseISO": units.whole,
    "StopsAboveBaseISO": words.one_decimal,
    "ExposureCompensation": units.signed_decimal,
    "SonyExposureTime": wording.exposure_time,
    "SonyExposureTime2": wording.exposure_time,
    "ExposureTime": words.exposure_time,
    "SonyFNumber": words.one_decimal,
    "SonyFNumber2": words.one_decimal,
    "SonyMaxApertureValue": words.one_decimal,
    "SonyMaxAperture": words.one_decimal,
    "SonyMinAperture": units.whole,
    "FocalLength": words.millimetres_1,
    "MinFocalLength": words.millimetres_1,
    "MaxFocalLength": words.millimetres_1,
    "LensZoomPosition": units.zoom,
    "InternalSerialNumber": units.hexadecimal,
    "ModelReleaseYear": units.year,
    "AmbientTemperature": words.celsius,
    "CameraTemperature": words.celsius,
    "BatteryTemperature": wording.temperature,
    "LensSpecFeatures": wording.lens_features,
    "CameraE-mountVersion": wording.mount_version,
    "LensE-mountVersion": wording.mount_version,
    "LensFirmwareVersion": wording.firmware,
    "SonyImageHeight": wording.times_8,
    "BatteryLevel": units.percent,
    "BatteryLevelGrip1": units.percent,
    "BatteryLevelGrip2": units.percent,
}
_ISO_SETTINGS = dict(
    enumerate(
        (
            25, 32, 40, 50, 64, 80, 100, 125, 160, 200, 250, 320, 400, 500, 640, 800, 1000, 1250,
            1600, 2000, 2500, 3200, 4000, 5000, 6400, 8000, 10000, 12800, 16000, 20000, 25600,
            32000, 40000, 51200, 64000, 80000, 102400, 128000, 160000, 204800, 256000, 320000,
            409600,
        ),
        5,
    )
)  # fmt: skip


def iso_third(tag: Tag) -> Value:
    """ISO from 3 steps an EV, 11 meaning ISO 100; 0: chosen by the camera."""
    return _ISO_SETTINGS.get(tag.raw, f"Unknown ({tag.raw})") if tag.raw else "Auto"


ISO = Meanings({"ISOSetting": iso_third, "ISOAutoMin": iso_third, "ISOAutoMax": iso_third})
_COUNTER = masked(0x00FFFFFF)


def _lens_told(note: Note, tag: Tag) -> Tag | None:
    """Keep what is told of a lens where there is one."""
    return tag if note.seen.get("LensMount2") else None


def _valid_date(_note: Note, tag: Tag) -> Tag | None:
    """Keep a date that has a year."""
    return tag if tag.raw[0] else None


ENCIPHERED = Meanings(
    convert=_CONVERT,
    say=_SAY,
    hooks={
        **_LENS_HOOKS,
        "ShutterCount": _COUNTER,
        "ShutterCount2": _COUNTER,
        "ShutterCount3": unless(0),
        "SonyDateTime2": _valid_date,
        "LensMount2": keep("LensMount2"),
        "LensType3": unless(0),
        "LensE-mountVersion": _lens_told,
        "LensFirmwareVersion": _lens_told,
        "Shutter": wording.in_words(wording.shutter),
        "MaxFocalLength": unless(0),
        "BatteryLevelGrip1": unless(0, 255),
        "BatteryLevelGrip2": unless(0, 255),
    },
)
_SETTINGS_CONVERT: Mapping[str, Converter] = {
    "ExposureTime": values.seconds_8,
    "ShutterSpeedSetting": values.seconds_8,
    "FNumber": values.aperture_8,
    "ApertureSetting": values.aperture_8,
    "ISOSetting": values.iso_8,
    "ExposureCompensationSet": values.steps,
    "FlashExposureCompSet": values.steps,
    "WhiteBalanceFineTune": values.signed_byte,
    "ColorTemperatureSet": linear(100),
    "ColorTemperatureCustom": linear(100),
    "ColorCompensationFilterSet": values.signed_byte,
    "ColorCompensationFilterCustom": values.signed_byte,
    "Sharpness": linear(1, 10),
    "Contrast": linear(1, 10),
    "Saturation": linear(1, 10),
    "ZoneMatchingValue": linear(1, 10),
    "Brightness": linear(1, 10),
}
_SETTINGS_SAY: Mapping[str, Formatter] = {
    "ExposureTime": words.exposure_time,
    "ShutterSpeedSetting": words.exposure_time,
    "FNumber": words.one_decimal,
    "ApertureSetting": words.one_decimal,
    "ISOSetting": units.automatic,
    "ExposureCompensationSet": units.signed_decimal,
    "FlashExposureCompSet": units.signed_decimal,
    "ColorTemperatureSet": units.kelvin,
    "ColorTemperatureCustom": units.kelvin,
    "ColorTemperatureSetting": units.kelvin,
    "BatteryLevel": units.percent,
    "Sharpness": units.plus,
    "Contrast": units.plus,
    "Saturation": units.plus,
    "ZoneMatchingValue": units.plus,
    "Brightness": units.plus,
}
_FILE_HOOKS = {"FolderNumber": masked(0x03FF), "ImageNumber": masked(0x3FFF)}
SETTINGS = Meanings(
    _SETTINGS_CONVERT,
    _SETTINGS_SAY,
    {"DriveMode": masked(0xFF), **_FILE_HOOKS},
)
SETTINGS_3 = Meanings(
    {
        **_SETTINGS_CONVERT,
        "ISOSetting": values.iso_8_set,
        "ColorTemperatureSetting": linear(100),
        "ColorCompensationFilterSet": values.unchanged,
    },
    {**_SETTINGS_SAY, "ColorTemperatureSetting": units.kelvin},
    _FILE_HOOKS,
)
MORE_SETTINGS = Meanings(
    {
        "ColorTemperatureSetting": linear(100),
        "BrightnessValue": linear(1 / 8, 106),
        "ISO": values.iso_8,
        "FNumber": values.aperture_8,
        "ExposureTime": values.seconds_8,
        "FocalLength2": values.focal_8,
        "ExposureCompensation2": values.steps_8,
        "FlashExposureCompSet2": values.steps_8,
        "ExposureCompensationSet": values.steps,
        "FlashExposureCompSet": values.steps,
    },
    {**_SETTINGS_SAY, "ISO": units.whole, "FocalLength2": words.millimetres_1},
)


def words_of_focus(value: Value) -> Value:
    """How far out of focus: behind the point where positive."""
    if not isinstance(value, int):
        return value
    return f"Back Focus (+{value})" if value > 0 else f"Front Focus ({value})"


COUNTERS = Meanings(
    hooks={"ShotNumberSincePowerUp": _COUNTER, "ImageCount": _COUNTER, "ShutterCount": _COUNTER}
)
_STATUS_SECTIONS = (
    "AFInfo", "AFStatus15", "AFStatus19", "AFStatus79", "CameraInfo", "CameraInfo2", "CameraInfo3",
)  # fmt: skip
FOCUS_WORDS = {
    row.name: words_of_focus
    for section in _STATUS_SECTIONS
    for row in makers.section("sony", section).rows
    if row.name.startswith("AFStatus")
}
AF_STATUS = Meanings(say=FOCUS_WORDS)
CAMERA_INFO = Meanings(
    {
        "LensSpec": values.lens_spec_swapped,
        "FocalLength": linear(0.1),
        "FocalLengthTeleZoom": linear(2 / 3),
        "AFMicroAdjValue": linear(1, 20),
    },
    {
        "FocalLength": words.millimetres_1,
        "FocalLengthTeleZoom": words.millimetres_1,
        "LensSpec": wording.lens_spec,
        **FOCUS_WORDS,
    },
)
CAMERA_INFO_2 = CAMERA_INFO._replace(convert={**CAMERA_INFO.convert, "LensSpec": values.lens_spec})
FOCUS_INFO = Meanings(
    {"ISOSetting": values.iso_8, "ISO": values.iso_8, "TiffMeteringImage": values.metering_image},
    {"ISOSetting": units.automatic, "ISO": units.automatic},
    {"ShutterCount": _COUNTER},
)
PLAIN = Meanings()
TEMPERATURES = Meanings(
    {},
    _SAY,
    {
        "FocusMode": masked(0x7F),
        "TempTest1": note_only("TempTest1"),
        "AmbientTemperature": only_if("TempTest1", 255),
        "TempTest2": note_only("TempTest2"),
        "CameraTemperature": only_if("TempTest2", *range(1, 100)),
    },
)


def _unless_idle(status: str) -> Hook:
    """Keeps the charge of a battery that is in use."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return None if note.seen.get(status) == _IDLE else tag

    return hook


def _second_battery(note: Note, tag: Tag) -> Tag | None:
    is_there = note.seen.get("Battery2") == 1
    return _unless_idle("BatteryStatus2")(note, tag) if is_there else None


_IDLE = 5
_BATTERIES = Meanings(
    {},
    {"BatteryLevel": units.percent, "BatteryLevel2": units.percent},
    {
        **{name: note_only(name) for name in ("Battery2", "BatteryStatus1", "BatteryStatus2")},
        "BatteryLevel": _unless_idle("BatteryStatus1"),
        "BatteryLevel2": _second_battery,
    },
)
_LOCATION = "FocalPlaneAFPointLocation"


def _used_point(note: Note, tag: Tag) -> Tag | None:
    """Leave out the points that were not used."""
    used = note.seen.get("FocalPlaneAFPointsUsed", 0)
    return tag if int(tag.name.removeprefix(_LOCATION)) <= used else None


def _if_used(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("FocalPlaneAFPointsUsed") else None


FOCAL_PLANE = Meanings(
    hooks={
        "FocalPlaneAFPointsUsed": keep("FocalPlaneAFPointsUsed"),
        "FocalPlaneAFPointArea": _if_used,
        **{f"{_LOCATION}{number}": _used_point for number in range(1, 16)},
    }
)


SHOT_INFO = Meanings(
    hooks={
        "FaceInfoOffset": keep("FaceInfoOffset"),
        "FacesDetected": keep("FacesDetected"),
        "FaceInfoLength": keep("FaceInfoLength"),
    }
)


def _detected_face(note: Note, tag: Tag) -> Tag | None:
    """Leave out the places of faces that were not found."""
    found = note.seen.get("FacesDetected", 0)
    number = int(tag.name.removesuffix("Position")[-1])
    return tag if number <= found <= _MOST_FACES else None


_MOST_FACES = 8
_FACE_HOOKS = {
    f"{kind}{number}Position": _detected_face
    for kind in ("Face", "PotentialFace")
    for number in range(1, 9)
}
FACES = Meanings(hooks={"FacesDetected": keep("FacesDetected"), **_FACE_HOOKS})
MORE_FACES = Meanings(
    dict.fromkeys(_FACE_HOOKS, values.face),
    hooks=FACES.hooks,
)
BY_SECTION: Mapping[str, Meanings] = {
    "AFStatus15": AF_STATUS,
    "AFStatus19": AF_STATUS,
    "AFStatus79": AF_STATUS,
    "CameraInfo": CAMERA_INFO,
    "CameraInfo2": CAMERA_INFO_2,
    "CameraInfo3": CAMERA_INFO_2,
    "MoreInfo0201": COUNTERS,
    "MoreInfo0401": COUNTERS,
    "FocusInfo": FOCUS_INFO,
    "CameraSettings": SETTINGS,
    "CameraSettings2": SETTINGS,
    "CameraSettings3": SETTINGS_3,
    "MoreSettings": MORE_SETTINGS,
    "FaceInfo": MORE_FACES,
    "FaceInfo1": FACES,
    "FaceInfo2": FACES,
    "FaceInfoA": MORE_FACES,
    "ShotInfo": SHOT_INFO,
    "Tag202a": FOCAL_PLANE,
    "ISOInfo": ISO,
    "Tag9402": TEMPERATURES,
    "Tag9403": TEMPERATURES,
    "Tag9406b": _BATTERIES,
}
"""Sections whose numbers are not those of the enciphered blocks."""
