"""Canon: an IFD without a signature, its offsets counted from the TIFF header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.fields import fields, reads
from mapy.makernotes.note import Meanings, ifd_table
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_EV_THIRD, _EV_TWO_THIRDS = 0x0C, 0x14


def exposure_value(code: int) -> float:
    """EV from Canon's code: 32 steps an EV, but for the thirds, which are written 12 and 20."""
    sign = -1 if code < 0 else 1
    whole, fraction = divmod(abs(code), 32)
    thirds = {_EV_THIRD: 32 / 3, _EV_TWO_THIRDS: 64 / 3}
    return sign * (whole * 32 + thirds.get(fraction, fraction)) / 32


def _aperture(tag: Tag) -> Value:
    return float(2 ** (exposure_value(tag.raw) / 2))


def _seconds(tag: Tag) -> Value:
    return float(2 ** -exposure_value(tag.raw))


def _ev(tag: Tag) -> Value:
    return exposure_value(tag.raw)


def _is_set(_note: Note, tag: Tag) -> Tag | None:
    """Leave out what the camera does not say."""
    return tag if tag.raw and tag.raw > 0 else None


def _keep_focal_units(note: Note, tag: Tag) -> Tag | None:
    """Keep by what focal lengths are to be divided."""
    note.seen["FocalUnits"] = tag.raw or 1
    return tag


def _in_focal_units(note: Note, tag: Tag) -> Tag | None:
    """A focal length in mm."""
    units = note.seen.get("FocalUnits", 1)
    return tag._replace(raw=tag.raw / units, type=PLAIN) if tag.raw else None


SETTINGS = Meanings(
    convert={"MaxAperture": _aperture, "MinAperture": _aperture},
    hooks={
        "FocalUnits": _keep_focal_units,
        "MaxFocalLength": _in_focal_units,
        "MinFocalLength": _in_focal_units,
    },
)
SHOT = Meanings(
    convert={
        "TargetAperture": _aperture,
        "TargetExposureTime": _seconds,
        "ExposureCompensation": _ev,
        "FlashExposureComp": _ev,
        "AEBBracketValue": _ev,
        "FNumber": _aperture,
        "ExposureTime": _seconds,
    },
    hooks={"FNumber": _is_set},
)
MAIN = ifd_table(
    "canon",
    "Main",
    Meanings(
        handlers={
            0x0001: reads(fields("canon", "CameraSettings", "int16s", SETTINGS)),
            0x0004: reads(fields("canon", "ShotInfo", "int16s", SHOT)),
        }
    ),
)


def parse(note: Note) -> None:
    """Read the note."""
    note.ifd(MAIN, note.at)
