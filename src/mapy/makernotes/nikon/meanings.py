"""What the tables of Nikon's records do not tell, by section: values, words, dependences."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.nikon import values
from mapy.makernotes.nikon.flash import FLASH, FLASH_3
from mapy.makernotes.nikon.menu_meanings import (
    BURST,
    CAPTURED,
    FOCUS_AT_FIRST,
    MENU,
    in_pairs,
    keep,
    text_of,
)
from mapy.makernotes.nikon.pictures import PICTURE, PICTURE_2
from mapy.makernotes.nikon.settings import CUSTOM, CUSTOM_Z, OLD
from mapy.makernotes.note import Meanings
from mapy.tags import makers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Names, Value

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


def _country(tag: Tag) -> Value:
    return text_of(tag.raw)


_Z_SERIES = re.compile(
    r"NIKON Z (30|5|50|6|6_2|7|7_2|8|f|fc|9)\b|NIKON Z(5_2|50_2|6_3)\b", re.IGNORECASE
)


@cache
def _older_modes() -> Names | None:
    rows = makers.section("nikon", "VRInfo").rows
    return next(row.names for row in rows if row.name == "VRMode" and row.variant == 1)


def _stabilizing(note: Note, tag: Tag) -> Tag:
    """How a lens or the sensor is moved; mirrorless cameras have codes of their own."""
    if _Z_SERIES.match(note.model):
        return tag
    return tag._replace(definition=tag.definition._replace(one_of=_older_modes()))


_OTHERS: Mapping[str, Meanings] = {
    "VRInfo": Meanings(hooks={"VRMode": _stabilizing}),
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


_FIRMWARE = re.compile(rb"\d\.\d+.")


def _if_version(_note: Note, tag: Tag) -> Tag | None:
    """Leave out a version that is none: some records begin with something else."""
    return tag if isinstance(tag.raw, bytes) and tag.raw.isdigit() else None


def _if_firmware(_note: Note, tag: Tag) -> Tag | None:
    """Leave out what is no firmware's version."""
    raw = tag.raw.partition(b"\0")[0] if isinstance(tag.raw, bytes) else b""
    return tag if _FIRMWARE.fullmatch(raw) else None


_SINGLE_FRAME = 5


def _release_mode(note: Note, tag: Tag) -> Tag:
    """The mode; a single frame is told elsewhere."""
    return tag._replace(raw=_SINGLE_FRAME) if note.seen.get("SingleFrame") == 1 else tag


def _left_out(_note: Note, _tag: Tag) -> None:
    """Other settings tell it."""


def _of_d500(note: Note, tag: Tag) -> Tag | None:
    return tag if note.model.endswith("D500") else None


def _unless_0(_note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw else None


def _aperture_z(raw: int) -> float:
    """384 steps a doubling, from a half on."""
    return float(2 ** (raw / 384 - 1))


def _distance_z(raw: int) -> float:
    """Metres: 12 steps of 256 a doubling."""
    return float(2 ** ((raw / 256 - 80) / 12))


def _tenths(value: Value) -> Value:
    return f"{values.number(value):.3g} m"


_OLD_LENS = {
    "ExitPupilPosition", "AFAperture", "LensIDNumber", "LensFStops", "MinFocalLength",
    "MaxFocalLength", "MaxApertureAtMinFocal", "MaxApertureAtMaxFocal", "MCUVersion",
    "EffectiveMaxAperture",
}  # fmt: skip


def _mount(note: Note, tag: Tag) -> None:
    """Keep which of the two parts of a lens record says something."""
    note.seen[tag.name] = isinstance(tag.raw, bytes) and any(tag.raw[1:])


def _of_f_mount(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("OldLensData") else None


def _of_z_mount(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("NewLensData") else None


def _of_either(note: Note, tag: Tag) -> Tag | None:
    """A name that both parts have: the place tells which it is."""
    if tag.id in _NEW_PLACES:
        if not note.seen.get("NewLensData"):
            return None
        convert, say = _NEW_PLACES[tag.id]
        return tag._replace(definition=tag.definition._replace(convert=convert, say=say))
    return tag if note.seen.get("OldLensData") else None


_NEW_PLACES: dict[int | str, tuple[Converter | None, Formatter]] = {
    60: (None, words.millimetres),
    78: (values.scaled(_distance_z), _tenths),
}


def _digits(value: Value) -> Value:
    """A version of three hexadecimal digits: `1.0.0`."""
    return ".".join(f"{int(values.number(value)):03x}")


LENS_Z = Meanings(
    convert={
        **LENS.convert,
        "MaxAperture": values.scaled(_aperture_z),
        "FNumber": values.scaled(_aperture_z),
    },
    say={
        **LENS.say,
        "MaxAperture": values.decimals(1),
        "FNumber": values.decimals(1),
        "LensFirmwareVersion": _digits,
    },
    hooks=dict.fromkeys(_OLD_LENS, _of_f_mount)
    | dict.fromkeys(
        ("LensID", "MaxAperture", "FNumber", "LensFirmwareVersion", "LensPositionAbsolute"),
        _of_z_mount,
    )
    | dict.fromkeys(("FocalLength", "FocusDistance"), _of_either)
    | {"OldLensData": _mount, "NewLensData": _mount},
)
_FACES = 12


def _keep_faces(note: Note, tag: Tag) -> Tag:
    note.seen["faces"] = tag.raw
    return tag


def _face(number: int) -> Hook:
    """Keeps the face where so many were found."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        faces = note.seen.get("faces")
        return tag if isinstance(faces, int) and number <= faces else None

    return hook


FACES = Meanings(
    hooks={f"Face{number}Position": _face(number) for number in range(1, _FACES + 1)}
    | {"FacesDetected": _keep_faces}
)


SHOT = Meanings(
    convert={"ISO2": _ISO, "FlashExposureComp2": _SIXTH},
    say={"ISO2": values.whole},
)
COMMON_SHOT = SHOT._replace(hooks={"ShotInfoVersion": _if_version, "FirmwareVersion": _if_firmware})


def _doubled_ends(tag: Tag) -> Value:
    """Levels of red, two greens and blue, of which red and blue are stored halved."""
    red, green, other, blue = tag.raw
    return f"{2 * red} {green} {other} {2 * blue}"


def _version_of_balance(note: Note, tag: Tag) -> Tag:
    note.seen["ColorBalanceVersion"] = tag.raw
    return tag


_FIRST_WITH_SHADE = b"0104"


def _since_shade(note: Note, tag: Tag) -> Tag | None:
    version: bytes = note.seen.get("ColorBalanceVersion", b"")
    return tag if version >= _FIRST_WITH_SHADE else None


def _unless_e8700(note: Note, tag: Tag) -> Tag | None:
    return None if note.model == "E8700" else tag


_LEVELS_OF = ("", "Daylight", "Cloudy", "Shade", "Tungsten", "FluorescentW", "FluorescentN")
_MORE_LEVELS_OF = ("FluorescentD", "HTMercury", "Flash", "Custom", "Auto")
OLD_BALANCES = Meanings(hooks={"WB_RBLevelsShade": _unless_e8700})
NRW_BALANCES = Meanings(
    convert=dict.fromkeys(
        (f"WB_RGGBLevels{light}" for light in (*_LEVELS_OF, *_MORE_LEVELS_OF)), _doubled_ends
    ),
    hooks={
        "ColorBalanceVersion": _version_of_balance,
        "WB_RGGBLevelsShade": _since_shade,
    },
)
_EXACT: Mapping[str, Meanings] = {
    **_OTHERS,
    "Custom.SettingsD40": OLD,
    "Custom.SettingsD80": OLD,
    "ShotInfo": COMMON_SHOT,
    "MenuSettingsZ7II": Meanings(hooks={"SingleFrame": keep, "ReleaseMode": _release_mode}),
    "MakerNotes0x51": Meanings(convert={"FirmwareVersion51": in_pairs}),
    "MakerNotes0x56": BURST,
    "Offset13InfoZ9": FOCUS_AT_FIRST,
    "AutoCaptureInfo": CAPTURED,
    "MenuSettingsZ6III": MENU,
    "MoreSettingsD850": Meanings(hooks={"PhotoShootingMenuBank": _left_out}),
    "ShootingMenuD500": Meanings(hooks={"PrimarySlot": _of_d500}),
    "RotationInfoD500": Meanings(hooks={"Interval": _unless_0, "IntervalFrame": _unless_0}),
}
_BY_START = (
    ("ColorBalanceA", OLD_BALANCES),
    ("ColorBalanceB", NRW_BALANCES),
    ("ColorBalanceC", NRW_BALANCES),
    ("Custom.SettingsZ", CUSTOM_Z),
    ("Custom.", CUSTOM),
    ("ShotInfo", SHOT),
    ("MenuSettingsZ8", MENU),
    ("MenuSettingsZ9", MENU),
    ("IntervalInfoD6", MENU),
    ("SeqInfo", MENU),
    ("FaceDetect", FACES),
    ("LensData0800", LENS_Z),
    ("LensData", LENS),
    ("FlashInfo0300", FLASH_3),
    ("FlashInfo", FLASH),
    ("PictureControl2", PICTURE_2),
    ("PictureControl3", PICTURE_2),
    ("PictureControl", PICTURE),
)
"""By how the section's name begins; the first counts."""


def meanings_of(section: str) -> Meanings:
    """The meanings of a section's tags."""
    exact = _EXACT.get(section)
    if exact is not None:
        return exact
    for start, meanings in _BY_START:
        if section.startswith(start):
            return meanings
    return Meanings()
