"""How Pentax's values read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.tags.definition import Formatter, Value


def _with(unit: str, digits: int | None = None) -> Formatter:
    def say(value: Value) -> Value:
        if digits is not None and isinstance(value, (int, float)):
            return f"{value:.{digits}f}{unit}"
        return f"{value}{unit}"

    return say


def _signed(value: Value) -> Value:
    """One decimal with a sign, but 0."""
    return f"{value:+.1f}" if isinstance(value, (int, float)) and value else value


def _by(value: Value) -> Value:
    """Width and height: `640x480`."""
    return value.replace(" ", "x") if isinstance(value, str) else value


def _temperature(value: Value) -> Value:
    """Kelvin and shifts with signs."""
    if not isinstance(value, str):
        return value
    kelvin, *shifts = value.split()
    return " ".join((kelvin, *(f"{int(shift):+d}" if int(shift) else " 0" for shift in shifts)))


def _half_press(value: Value) -> Value:
    if not isinstance(value, (int, float)):
        return value
    return f"{value:.2f} s" + (" or longer" if value > 4.24 else "")  # noqa: PLR2004 - the most


def _sensor(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return " x ".join(f"{float(part):.3f}" for part in value.split()) + " mm"


def _segments(value: Value) -> Value:
    """EV of each segment; 255 is none."""
    if isinstance(value, int):
        value = str(value)
    if not isinstance(value, str):
        return value
    return " ".join([_LEVEL_OF.get(part) or f"{int(part) / 8 - 6:.1f}" for part in value.split()])


_LEVEL_OF = {"0": "0", "255": "n/a"}


def _each(*tables: Mapping[str, str]) -> Formatter:
    """A formatter: each number of a list by a table of its own, the rest as they are."""

    def say(value: Value) -> Value:
        parts = str(value).split()
        if len(tables) == 1 and len(parts) == 1:
            return tables[0].get(parts[0], f"Unknown ({value})")
        said = [
            table.get(part, f"Unknown ({part})") if table else part
            for part, table in zip(parts, (*tables, *({},) * len(parts)), strict=False)
        ]
        return "; ".join(said)

    return say


_LEVELS = {
    "0": "-2 (low)", "1": "0 (normal)", "2": "+2 (high)", "3": "-1 (medium low)",
    "4": "+1 (medium high)", "5": "-3 (very low)", "6": "+3 (very high)", "7": "-4 (minimum)",
    "8": "+4 (maximum)", "65535": "None",
}  # fmt: skip
_SHARPNESS = {
    code: word.replace("low", "soft").replace("high", "hard") for code, word in _LEVELS.items()
}
_OFF_ON = {"0": "Off", "1": "On"}
_DRIVE = (
    {
        "0": "Single-frame", "1": "Continuous", "2": "Continuous (Lo)", "3": "Burst",
        "4": "Continuous (Medium)", "5": "Continuous (Low)", "255": "Video",
    },
    {
        "0": "No Timer", "1": "Self-timer (12 s)", "2": "Self-timer (2 s)", "15": "Video",
        "16": "Mirror Lock-up", "255": "n/a",
    },
    {
        "0": "Shutter Button", "1": "Remote Control (3 s delay)", "2": "Remote Control",
        "4": "Remote Continuous Shooting",
    },
    {
        "0": "Single Exposure", "1": "Multiple Exposure", "2": "Composite Average",
        "3": "Composite Additive", "4": "Composite Bright", "8": "Interval Shooting",
        "10": "Interval Composite Average", "11": "Interval Composite Additive",
        "12": "Interval Composite Bright", "15": "Interval Movie", "16": "HDR",
        "32": "HDR Strong 1", "48": "HDR Strong 2",
        "64": "HDR Strong 3", "80": "HDR Manual", "224": "HDR Auto", "255": "Video",
    },
)  # fmt: skip
_LISTS: dict[str, tuple[dict[str, str], ...]] = {
    "Saturation": (_LEVELS,),
    "Contrast": ({**_LEVELS, "65535": "n/a"},),
    "Sharpness": (_SHARPNESS,),
    "DriveMode": _DRIVE,
    "DynamicRangeExpansion": (_OFF_ON, {"0": "0", "1": "Enabled", "2": "Auto"}),
    "FineSharpness": (_OFF_ON, {"0": "Normal", "2": "Extra fine"}),
    "HDR": (
        {
            "0": "Off", "1": "HDR Auto", "2": "HDR 1", "3": "HDR 2", "4": "HDR 3",
            "5": "HDR Advanced",
        },
        {"0": "Auto-align Off", "1": "Auto-align On"},
        {"0": "n/a", "4": "1 EV", "8": "2 EV", "12": "3 EV"},
    ),
    "BlurControl": ({"0": "Off", "1": "Low", "2": "Medium", "3": "High"},),
    "HighISONoiseReduction": (
        {
            "0": "Off", "1": "Weakest", "2": "Weak", "3": "Strong", "4": "Medium", "255": "Auto",
        },
        {
            "0": "Inactive", "1": "Active", "2": "Active (Weak)", "3": "Active (Strong)",
            "4": "Active (Medium)",
        },
        {"48": "ISO>400", "56": "ISO>800", "64": "ISO>1600", "72": "ISO>3200"},
    ),
}  # fmt: skip
LISTS = dict.fromkeys((*_LISTS, "IntervalShooting", "ISOAutoMinSpeed"))
"""Tags whose table of words is several."""
_MIN_APERTURES = ("NominalMinAperture", "AEMinAperture")


_EXTENDED = {
    1: "WB-BA", 2: "WB-GM", 3: "Saturation", 4: "Sharpness", 5: "Contrast", 6: "Hue",
    7: "HighLowKey",
}  # fmt: skip


def _bracketing(value: Value) -> Value:
    """Steps of exposure, and what else changes from picture to picture."""
    step, *extended = str(value).split()
    said = [step if step == "0" or "/" in step else f"{float(step):.1f}"]
    for code in map(int, extended):
        kind = _EXTENDED.get(code >> 8, f"Unknown({code >> 8})")
        said.append(f"{kind}+{code & 0xFF}" if code else "No Extended Bracket")
    return " EV, ".join(said)


def _interval(value: Value) -> Value:
    """Which picture it is of how many."""
    first, *rest = str(value).split()
    if not rest:
        return value
    return "Off" if value == "0 0" else " ".join([f"Shot {first} of {rest[0]}", *rest[1:]])


_AUTO_SPEEDS = {
    "1": "Shutter Speed Control", "2": "Auto Slow", "3": "Auto Standard", "4": "Auto Fast",
}  # fmt: skip


def _slowest(value: Value) -> Value:
    """How the camera chooses the longest exposure that it takes, and how long that is."""
    kind, *times = str(value).split()
    said = [_AUTO_SPEEDS.get(kind, f"Unknown ({kind})")]
    return "; ".join([*said, *(str(words.exposure_time(float(time))) for time in times)])


def _matrix(value: Value) -> Value:
    """Each number with five decimals."""
    return " ".join([f"{float(part):.5f}" for part in str(value).split()])


def _flash_compensation(value: Value) -> Value:
    """The first number with a sign and one decimal."""
    if not isinstance(value, str):
        return _signed(value)
    first, *rest = value.split()
    return "; ".join([str(_signed(float(first)) if first != "0" else 0), *rest])


def _whole(value: Value) -> Value:
    return int(value + 0.5) if isinstance(value, (int, float)) else value


def _guide_number(value: Value) -> Value:
    return _whole(value) if value else "n/a"


def _faces(value: Value) -> Value:
    """How many faces the camera looked for and found."""
    most, *found = str(value).split()
    looked = f"On ({most} faces max)" if most != "0" else "Off"
    return "; ".join([looked, *(f"{count} faces detected" for count in found)])


SAY: dict[str, Formatter] = {
    "AutoBracketing": _bracketing,
    "IntervalShooting": _interval,
    "ISOAutoMinSpeed": _slowest,
    "ColorMatrixA": _matrix,
    "ColorMatrixB": _matrix,
    "ExternalFlashGuideNumber": _guide_number,
    "AE_ISO": _whole,
    "FaceDetect": _faces,
    **dict.fromkeys(
        ("AEExposureTime", "AEMinExposureTime", "ExposureTime", "TvExposureTimeSetting"),
        words.exposure_time,
    ),
    **dict.fromkeys(
        (
            "AEAperture", "AEMaxAperture", "AEMaxAperture2", "AvApertureSetting", "FNumber",
            "NominalMaxAperture", "MaxAperture", "EffectiveLV",
        ),
        words.one_decimal,
    ),
    **dict.fromkeys(_MIN_APERTURES, _with("", 0)),
    "BaseExposureCompensation": _signed,
    "ExposureCompensation": _signed,
    "FlashExposureComp": _flash_compensation,
    "AFIntegrationTime": _with(" ms"),
    **dict.fromkeys(("CAFGridSize", "PreviewImageSize", "RawImageSize"), _by),
    **dict.fromkeys(
        ("CameraTemperature", "CameraTemperature4", "CameraTemperature5"), words.celsius
    ),
    "SensorTemperature": _with(" C", 1),
    "SensorTemperature2": _with(" C", 1),
    **{
        f"ColorTemp{name}": _temperature
        for name in (
            "Daylight", "Shade", "Cloudy", "Tungsten", "FluorescentD", "FluorescentN",
            "FluorescentW", "Flash",
        )
    },
    **dict.fromkeys(
        ("PentaxVersion", "DSPFirmwareVersion", "CPUFirmwareVersion"), words.dotted
    ),
    **dict.fromkeys(("FocalLength", "LensFocalLength"), _with(" mm", 1)),
    "SRFocalLength": _with(" mm"),
    "SRHalfPressTime": _half_press,
    "SensorSize": _sensor,
    **dict.fromkeys(
        ("AEMeteringSegments", "FlashMeteringSegments", "SlaveFlashMeteringSegments"), _segments
    ),
    **{name: _each(*tables) for name, tables in _LISTS.items()},
}  # fmt: skip
