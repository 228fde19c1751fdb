"""What the tables of Olympus do not tell: values, words and variants, an IFD a `Meanings`."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.explain import words as photo
from mapy.makernotes.note import Meanings
from mapy.makernotes.olympus import values, words
from mapy.makernotes.olympus.details import point_details
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import definition
from mapy.tiff_types import SSHORT

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Names, Value

_ART_FILTERS = {
    0: "Off", 1: "Soft Focus", 2: "Pop Art", 3: "Pale & Light Color", 4: "Light Tone",
    5: "Pin Hole", 6: "Grainy Film", 8: "Underwater", 9: "Diorama", 10: "Cross Process",
    12: "Fish Eye", 13: "Drawing", 14: "Gentle Sepia", 15: "Pale & Light Color II",
    16: "Pop Art II", 17: "Pin Hole II", 18: "Pin Hole III", 19: "Grainy Film II",
    20: "Dramatic Tone", 21: "Punk", 22: "Soft Focus 2", 23: "Sparkle", 24: "Watercolor",
    25: "Key Line", 26: "Key Line II", 27: "Miniature", 28: "Reflection", 29: "Fragmented",
    31: "Cross Process II", 32: "Dramatic Tone II", 33: "Watercolor I", 34: "Watercolor II",
    35: "Diorama II", 36: "Vintage", 37: "Vintage II", 38: "Vintage III", 39: "Partial Color",
    40: "Partial Color II", 41: "Partial Color III", 42: "Bleach Bypass", 43: "Bleach Bypass II",
    44: "Instant Film",
}  # fmt: skip
_ART_EFFECTS = {
    0: "No Effect", 0x8010: "Star Light", 0x8020: "Pin Hole", 0x8030: "Frame",
    0x8040: "Soft Focus", 0x8050: "White Edge", 0x8060: "B&W", 0x8080: "Blur Top and Bottom",
    0x8081: "Blur Left and Right",
}  # fmt: skip
_COLOUR_FILTERS = {
    0: "No Color Filter", 1: "Yellow Color Filter", 2: "Orange Color Filter",
    3: "Red Color Filter", 4: "Green Color Filter",
}  # fmt: skip
_PROFILE_FILTERS = {
    0: "No Filter", 1: "Yellow Filter", 2: "Orange Filter", 3: "Red Filter", 4: "Magenta Filter",
    5: "Blue Filter", 6: "Cyan Filter", 7: "Green Filter", 8: "Yellow-green Filter",
}  # fmt: skip
_PICTURE_MODES = {
    1: "Vivid", 2: "Natural", 3: "Muted", 4: "Portrait", 5: "i-Enhance", 6: "e-Portrait",
    7: "Color Creator", 8: "Underwater", 9: "Color Profile 1", 10: "Color Profile 2",
    11: "Color Profile 3", 12: "Monochrome Profile 1", 13: "Monochrome Profile 2",
    14: "Monochrome Profile 3", 17: "Art Mode", 18: "Monochrome Profile 4", 256: "Monotone",
    512: "Sepia",
}  # fmt: skip
_FLASH_CONTROL = {0: "Off", 3: "TTL", 4: "Auto", 5: "Manual"}
_NOISE_BITS = {0: "Noise Reduction", 1: "Noise Filter", 2: "Noise Filter (ISO Boost)", 3: "Auto"}
_FLASH_BITS = {0: "On", 1: "Fill-in", 2: "Red-eye", 3: "Slow-sync", 4: "Forced On",
               5: "2nd Curtain"}  # fmt: skip
_RAW_BITS = {
    0: "WB Color Temp", 1: "WB Gray Point", 2: "Saturation", 3: "Contrast", 4: "Sharpness",
    5: "Color Space", 6: "High Function", 7: "Noise Reduction",
}  # fmt: skip
_RAW_NOISE_BITS = {0: "Noise Reduction", 1: "Noise Filter", 2: "Noise Filter (ISO Boost)"}
_STABILIZATION: Names = {
    0: "Off", 1: "On, S-IS1 (All Direction Shake IS)", 2: "On, S-IS2 (Vertical Shake IS)",
    3: "On, S-IS3 (Horizontal Shake IS)", 4: "On, S-IS Auto",
}  # fmt: skip
_TONES = {-31999: "Highlights", -31998: "Shadows", -31997: "Midtones"}
_QUALITIES: Names = {1: "SQ (Low)", 2: "HQ (Normal)", 3: "SHQ (Fine)", 4: "RAW", 5: "Medium-Fine",
            6: "Small-Fine", 33: "Uncompressed"}  # fmt: skip

_HEXADECIMAL = "Unknown (0x{:x})"
_FIRST_ART = words.listed(_ART_FILTERS)
_SHIFTED_SATURATION = "E-1"


def _saturation(note: Note, tag: Tag) -> Tag:
    """The first E-System camera counts its steps from the least."""
    if note.model.strip() == _SHIFTED_SATURATION:
        return tag._replace(definition=tag.definition._replace(say=_steps))
    return tag


def _steps(value: Value) -> Value:
    setting, least, greatest = map(int, str(value).split())
    return f"CS{setting - least} (min CS0, max CS{greatest - least})"


_TELL_DEGREES = re.compile(r"E-(?:1|M5)\b")
"""Cameras whose sensor tells degrees."""
_MODE_BYTE = 44


def _sensor_temperature(note: Note, tag: Tag) -> Tag:
    """Degrees, or a reading of the sensor that stands for them."""
    if isinstance(tag.raw, int) and not _TELL_DEGREES.match(note.model):
        return tag._replace(definition=_READING)
    return tag


_HAS_CROSS = re.compile(r"E-(?:3|5|30)\b")
_HAS_TARGETS = re.compile(r"E-(?:520|600|620)\b")
_TARGETS = {0: "Single Target", 0x40: "All Target", 0x80: "Dynamic Single Target",
            0xE0: "Dynamic All Target"}  # fmt: skip


@cache
def _points() -> tuple[Definition, Definition, Definition]:
    rows = [row for row in makers.section("olympus", "FocusInfo").rows if row.name == "AFPoint"]
    crosses = {code: name for code, name in (rows[0].names or {}).items() if isinstance(code, int)}
    say = words.listed(crosses, _TARGETS, unknown=_HEXADECIMAL)
    cross = Definition(rows[0].number, "AFPoint", None, values.point_of_cross, say)
    centre = words.listed({0: "(none)", 1: "Center"}, _TARGETS, unknown=_HEXADECIMAL)
    target = cross._replace(say=centre)
    return cross, target, definition(rows[2], Meanings())


_WITHOUT_WORDS = re.compile(r"E-M|OM-")
"""Cameras of whose points nobody knows the numbers."""
_ALWAYS_0 = "E-P1"


def _point(note: Note, tag: Tag) -> Tag | None:
    """Points of focus are numbered by each kind of sensor in its own way."""
    cross, target, plain = _points()
    if _WITHOUT_WORDS.match(note.model):
        return tag._replace(definition=tag.definition._replace(one_of=None))
    if not tag.raw and note.model == _ALWAYS_0:
        return None
    if _HAS_CROSS.match(note.model):
        return tag._replace(definition=cross)
    return tag._replace(definition=target if _HAS_TARGETS.match(note.model) else plain)


_READING = Definition(
    0x1500, "SensorTemperature", None, values.sensor_temperature, words.temperature
)


def _is_stabilized(note: Note, tag: Tag) -> Tag:
    """Keep that the camera told of its stabilization."""
    note.seen["ImageStabilization"] = tag.raw
    return tag


def _stabilization(note: Note, tag: Tag) -> Tag | None:
    """What the sensor's report says, where the camera's settings said nothing."""
    if "ImageStabilization" in note.seen:
        return None
    raw = tag.raw
    if not isinstance(raw, bytes) or len(raw) <= _MODE_BYTE:
        return tag
    mode = "Mode 1" if raw[_MODE_BYTE] & 1 else "Mode 2"
    said = f"On, {mode}" if raw[:4].strip(b"\0") else "Off"
    return tag._replace(definition=tag.definition._replace(say=lambda _value: said))


EQUIPMENT = Meanings(
    convert={
        "LensType": values.lens_code,
        "Extender": values.extender_code,
        "MaxApertureAtMinFocal": values.apex_aperture,
        "MaxApertureAtMaxFocal": values.apex_aperture,
        "MaxAperture": values.apex_aperture,
    },
    say={
        "SerialNumber": lambda value: str(value).rstrip(),
        "LensSerialNumber": lambda value: str(value).rstrip(),
        "FocalPlaneDiagonal": photo.millimetres,
        "BodyFirmwareVersion": words.firmware,
        "LensFirmwareVersion": words.firmware,
        "ExtenderFirmwareVersion": words.firmware,
        "FlashFirmwareVersion": words.firmware,
        "MaxApertureAtMinFocal": photo.one_decimal,
        "MaxApertureAtMaxFocal": photo.one_decimal,
        "MaxAperture": photo.one_decimal,
        "LensProperties": words.hexadecimal,
    },
)
_NO_CODES: dict[str, Names | None] = dict.fromkeys(
    (
        "FocusMode", "FocusProcess", "FlashControlMode", "FlashMode",
        "NoiseReduction", "Gradation", "PictureMode", "ArtFilter", "MagicFilter",
        "ArtFilterEffect", "ToneLevel", "MonochromeProfileSettings",
    )
)  # fmt: skip
"""Lists of which only some numbers are codes, and sets of bits."""
CAMERA = Meanings(
    convert={
        "AFPointSelected": values.selected_point,
        "ManometerPressure": values.tenths,
        "ManometerReading": values.tenths,
        "RollAngle": values.angle,
        "PitchAngle": values.pitch,
    },
    say={
        "AFAreas": words.areas,
        "AFPointSelected": words.selected_point,
        "FocusMode": words.focus_mode,
        "FocusProcess": words.listed({0: "AF Not Used", 1: "AF Used"}),
        "FlashControlMode": words.listed(_FLASH_CONTROL),
        "FlashIntensity": words.as_is,
        "ManualFlashStrength": words.as_is,
        "FlashMode": words.of_bits(_FLASH_BITS, "Off"),
        "WhiteBalanceTemperature": words.colour_temperature,
        "CustomSaturation": words.within_limits,
        "ContrastSetting": words.within_limits,
        "SharpnessSetting": words.within_limits,
        "PictureModeSaturation": words.within_limits,
        "PictureModeContrast": words.within_limits,
        "PictureModeSharpness": words.within_limits,
        "NoiseReduction": words.of_bits(_NOISE_BITS, "(none)"),
        "Gradation": words.gradation,
        "PictureMode": words.listed(_PICTURE_MODES),
        "ArtFilter": _FIRST_ART,
        "MagicFilter": _FIRST_ART,
        "ArtFilterEffect": words.listed(
            _ART_FILTERS, "{}", "{}", "Partial Color {}", _ART_EFFECTS, "{}", _COLOUR_FILTERS,
            unknown=_HEXADECIMAL,
        ),
        "ToneLevel": words.known(_TONES),
        "ColorCreatorEffect": words.listed("Color {}", "{}", "{}", "Strength {}"),
        "MonochromeProfileSettings": words.listed(_PROFILE_FILTERS, "{}", "{}", "Strength {}"),
        "ColorProfileSettings": words.listed("Min {}", "Max {}", "Yellow {}", "Orange {}",
            "Orange-red {}", "Red {}", "Magenta {}", "Violet {}", "Blue {}", "Blue-cyan {}",
            "Cyan {}", "Green-cyan {}", "Green {}", "Yellow-green {}"),
        "DriveMode": words.drive_mode,
        "PanoramaMode": words.panorama,
        "ManometerPressure": words.pressure,
        "ManometerReading": words.height,
    },
    hooks={"CustomSaturation": _saturation, "ImageStabilization": _is_stabilized},
    names={
        **_NO_CODES,
        "ImageStabilization": _STABILIZATION,
    },
)  # fmt: skip
RAW_DEVELOPMENT = Meanings(
    say={
        "RawDevNoiseReduction": words.of_bits(_RAW_NOISE_BITS, "(none)"),
        "RawDevSettings": words.of_bits(_RAW_BITS, "(none)"),
        "RawDevArtFilter": _FIRST_ART,
    },
    names=dict.fromkeys(("RawDevNoiseReduction", "RawDevSettings", "RawDevArtFilter")),
)


def _temperature(_note: Note, tag: Tag) -> Tag | None:
    """A number, even where the camera says that it is a text; 0 where it was not measured."""
    raw = tag.raw
    if isinstance(raw, bytes):
        raw = int.from_bytes(raw[:2], "little" if tag.order == "<" else "big", signed=True)
    return tag._replace(raw=raw, type=SSHORT) if raw else None


PROCESSING = Meanings(
    convert={"ColorMatrix": values.signed},
    say={
        "NoiseReduction2": words.of_bits(_RAW_NOISE_BITS, "(none)"),
        "MultipleExposureMode": words.listed(
            {0: "Off", 1: "Live Composite", 2: "On (2 frames)", 3: "On (3 frames)"}
        ),
    },
    hooks={"CameraTemperature": _temperature},
    names=dict.fromkeys(("NoiseReduction2", "MultipleExposureMode")),
)
FOCUS = Meanings(
    convert={"FocusDistance": values.distance},
    say={
        "FocusDistance": words.distance,
        "SensorTemperature": words.temperature,
        "ManualFlash": words.manual_flash,
    },
    hooks={
        "AFPoint": _point,
        "AFPointDetails": point_details,
        "ImageStabilization": _stabilization,
        "SensorTemperature": _sensor_temperature,
    },
    names={"AFPointDetails": None},
)
RAW_INFO = Meanings(
    convert={"ColorMatrix2": values.signed, "YCbCrCoefficients": values.short_rationals}
)
MAIN = Meanings(
    convert={
        "ShutterSpeedValue": numbers.seconds_of_apex,
        "ApertureValue": numbers.aperture_of_apex,
        "ISOValue": values.iso_of_apex,
        "ColorMatrix": values.signed,
        "RedBalance": values.balance,
        "BlueBalance": values.balance,
    },
    say={
        "SpecialMode": words.special_mode,
        "FocalPlaneDiagonal": photo.millimetres,
        "ShutterSpeedValue": photo.exposure_time,
        "ApertureValue": photo.one_decimal,
        "ISOValue": words.two_decimals,
        "ManualFocusDistance": photo.millimetres,
    },
    names={"Quality": _QUALITIES},
)
