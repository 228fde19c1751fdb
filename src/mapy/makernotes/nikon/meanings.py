"""What the tables of Nikon's records do not tell, by section: values, words, dependences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.nikon import values
from mapy.makernotes.nikon.flash import FLASH, FLASH_3
from mapy.makernotes.nikon.pictures import PICTURE, PICTURE_2
from mapy.makernotes.nikon.settings import CUSTOM, OLD
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Value

_N_A = 0xFF


_aperture = values.scaled(values.f_number)
_focal = values.scaled(values.focal_length)
_one_mm = values.decimals(1, " mm")
LENS = Meanings(
    convert={
        "ExitPupilPosition": values.scaled(values.exit_pupil),
        "AFAperture": _aperture,
        "FocusDistance": values.scaled(values.distance),
        "FocalLength": _focal,
        "MinFocalLength": _focal,
        "MaxFocalLength": _focal,
        "LensFStops": values.scaled(values.twelfth),
        "MaxApertureAtMinFocal": _aperture,
        "MaxApertureAtMaxFocal": _aperture,
        "EffectiveMaxAperture": _aperture,
    },
    say={
        "ExitPupilPosition": _one_mm,
        "AFAperture": values.decimals(1),
        "FocusPosition": values.hex_byte,
        "FocusDistance": values.metres,
        "FocalLength": _one_mm,
        "MinFocalLength": _one_mm,
        "MaxFocalLength": _one_mm,
        "LensFStops": values.stops,
        "MaxApertureAtMinFocal": values.decimals(1),
        "MaxApertureAtMaxFocal": values.decimals(1),
        "EffectiveMaxAperture": values.decimals(1),
    },
)


def _minutes(value: Value) -> Value:
    """A time zone: `+05:00`."""
    total = int(values.number(value))
    sign = "-" if total < 0 else "+"
    return f"{sign}{abs(total) // 60:02d}:{abs(total) % 60:02d}"


def _file_number(value: Value) -> Value:
    return f"{int(values.number(value)):04d}"


def _directory_number(value: Value) -> Value:
    return f"{int(values.number(value)):03d}"


def _adjusted(value: Value) -> Value:
    return f"{value:+d}" if isinstance(value, int) and value else value


def _index(value: Value) -> Value:
    return "n/a" if value == _N_A else value


_SIXTH = values.scaled(values.sixth_down)
_ISO = values.scaled(values.iso)


def _turned(degrees: float) -> float:
    """Degrees in -180..180."""
    return degrees if degrees <= 180 else degrees - 360  # noqa: PLR2004 - half a turn


_ANGLE = values.scaled(_turned)
def _text_of(raw: bytes) -> str:
    return raw.partition(b"\0")[0].decode("latin-1")


def _country(tag: Tag) -> Value:
    return _text_of(tag.raw)


_OTHERS: Mapping[str, Meanings] = {
    "VRInfo": Meanings(),
    "WorldTime": Meanings(say={"TimeZone": _minutes}),
    "ISOInfo": Meanings(
        convert={"ISO": _ISO, "ISO2": _ISO}, say={"ISO": values.whole, "ISO2": values.whole}
    ),
    "FileInfo": Meanings(say={"DirectoryNumber": _directory_number, "FileNumber": _file_number}),
    "AFTune": Meanings(
        say={"AFFineTuneIndex": _index, "AFFineTuneAdj": _adjusted, "AFFineTuneAdjTele": _adjusted}
    ),
    "OrientationInfo": Meanings(
        convert={"RollAngle": _ANGLE, "PitchAngle": _ANGLE, "YawAngle": _ANGLE},
        say={
            "RollAngle": values.decimals(1),
            "PitchAngle": values.decimals(1),
            "YawAngle": values.decimals(1),
        },
    ),
    "LocationInfo": Meanings(convert={"CountryCode": _country}),
    "BarometerInfo": Meanings(say={"Altitude": words.metres}),
}


_OLD_CUSTOM = ("Custom.SettingsD40", "Custom.SettingsD80")
SHOT = Meanings(
    convert={"ISO2": _ISO, "FlashExposureComp2": _SIXTH},
    say={"ISO2": values.whole},
)


def meanings_of(section: str) -> Meanings:
    """The meanings of a section's tags."""
    if section.startswith("Custom."):
        return OLD if section in _OLD_CUSTOM else CUSTOM
    if section.startswith("ShotInfo"):
        return SHOT
    if section.startswith("FlashInfo"):
        return FLASH_3 if section == "FlashInfo0300" else FLASH
    if section.startswith("PictureControl"):
        return PICTURE if section == "PictureControl" else PICTURE_2
    if section.startswith("LensData"):
        return LENS
    return _OTHERS.get(section, Meanings())
