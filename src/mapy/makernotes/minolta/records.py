"""Minolta's records."""

from __future__ import annotations

from functools import lru_cache
import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.fields import Fields, fields
from mapy.makernotes.minolta import values, wording
from mapy.makernotes.minolta.values import linear, over
from mapy.makernotes.note import Meanings
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.makernotes.note import Handler, Note, Piece
    from mapy.tags.definition import Names

GROUP = "Minolta"
A100 = "DSLR-A100"
_UNITS = {
    "CameraSettings": "int32u",
    "CameraInfoA100": "int8u",
    "WBInfoA100": "int8u",
    "ISInfoA100": "int16u",
}
"""What places are counted in, where it is not 16 bits."""
_SAY = {
    "ExposureTime": words.exposure_time,
    "ShutterSpeedSetting": words.exposure_time,
    "FNumber": words.one_decimal,
    "ApertureSetting": words.one_decimal,
    "MaxAperture": words.one_decimal,
    "ExposureCompensation": words.fraction,
    "FlashExposureComp": words.fraction,
    "FocalLength": words.millimetres_1,
    "FocusDistance": wording.distance,
    "ISO": wording.rounded,
}


def _level(note: Note, tag: Tag) -> Tag:
    """Centre a setting, whose zero is 5 with the A2 and 3 before."""
    return tag._replace(raw=tag.raw - (5 if "DiMAGE A2" in note.model else 3), type=PLAIN)


def _of_7hi(note: Note, tag: Tag) -> Tag | None:
    """Keep what the 7Hi alone writes."""
    return tag if note.model == "DiMAGE 7Hi" else None


_NO_CODES: dict[str, Names | None] = dict.fromkeys(("Saturation", "Contrast"))


def _whole_metering(_note: Note, tag: Tag) -> Tag | None:
    return tag if values.is_whole_metering(tag.raw) else None


_COMPACT = Meanings(
    convert={
        "ISO": values.iso,
        "ExposureTime": values.seconds,
        "FNumber": values.aperture,
        "MaxAperture": values.aperture,
        "ExposureCompensation": over(3, 6),
        "FlashExposureComp": over(3, 6),
        "FocalLength": over(256),
        "FocusDistance": over(1000),
        "MinoltaDate": values.date,
        "MinoltaTime": values.time,
        "ColorBalanceRed": over(256),
        "ColorBalanceGreen": over(256),
        "ColorBalanceBlue": over(256),
        "Brightness": over(8, 48),
    },
    say={
        **_SAY,
        "WhiteBalance": wording.white_balance,
        "Saturation": wording.level,
        "Contrast": wording.level,
    },
    names=_NO_CODES,
    hooks={
        "Saturation": _level,
        "Contrast": _level,
        "ColorFilter": _level,
        "ColorProfile": _of_7hi,
        "DataImprint": _of_7hi,
    },
)
_SLR_CONVERT = {
    "ExposureTime": values.seconds_or_0,
    "FNumber": values.aperture,
    "Sharpness": linear(1, 10),
    "Contrast": linear(1, 10),
    "Saturation": linear(1, 10),
    "HueAdjustment": linear(1, 10),
    "ColorTemperature": linear(100),
    "ImageNumber": linear(1, -1),
    "ImageNumber2": linear(1, -1),
}
_FOCUS_STATES = tuple(
    row.name
    for row in makers.section("minolta", "CameraInfoA100").rows
    if row.name.startswith("AFStatus")
)
_BY_SECTION: Mapping[str, Meanings] = {
    "CameraSettings": _COMPACT,
    "CameraSettings7D": Meanings({**_SLR_CONVERT, "ExposureCompensation": over(24)}, _SAY),
    "CameraSettings5D": Meanings({**_SLR_CONVERT, "ExposureCompensation": over(100, 300)}, _SAY),
    "CameraSettingsA100": Meanings(
        {
            **_SLR_CONVERT,
            "ShutterSpeedSetting": values.seconds_or_0,
            "ApertureSetting": values.set_aperture,
            "ExposureCompensationSetting": over(100, 300),
            "FlashExposureCompSet": over(100, 300),
        },
        {
            **_SAY,
            "ShutterSpeedSetting": wording.exposure_time,
            "ExposureTime": wording.exposure_time,
            "ApertureSetting": words.f_number,
            "InstantPlaybackTime": wording.seconds,
            **dict.fromkeys(("Saturation", "Contrast", "Sharpness"), wording.level),
        },
        names={**_NO_CODES, "Sharpness": None},
    ),
    "WBInfoA100": Meanings(
        {
            "ExposureTime": values.seconds,
            "FNumber": values.aperture,
            "MaxAperture": values.aperture,
            "ISO": values.iso,
            "FocusDistance": over(1000),
            "AEMeteringSegments": values.light,
            "TiffMeteringImage": values.metering_picture,
            **dict.fromkeys(("AverageLV", "MeasuredLV", "BrightnessValue"), values.light),
        },
        _SAY,
        {"TiffMeteringImage": _whole_metering},
    ),
    "CameraInfoA100": Meanings(
        say=dict.fromkeys(_FOCUS_STATES, wording.focus), names=dict.fromkeys(_FOCUS_STATES)
    ),
}


@lru_cache(maxsize=32)
def record(section: str) -> Fields:
    """The layout of a section."""
    return fields(
        "minolta", section, _UNITS.get(section, "int16u"), _BY_SECTION.get(section, Meanings())
    )


def reads(section: str, order: str = ">") -> Handler:
    """A handler that reads an entry's block as this section.

    What the main IFD tells is not told again.
    """

    def handle(note: Note, piece: Piece) -> None:
        layout = record(section)
        told = {tag.name for each in note.reading.directories if each.name == GROUP for tag in each}
        tags = [each for each in layout.tags(piece.view, order) if each.name not in told]
        note.add(layout.group, tags, piece.view, layout.hooks)

    return handle


def reads_of_a100(section: str, order: str = ">") -> Handler:
    """A handler for blocks that the A100 alone has."""
    inner = reads(section, order)

    def handle(note: Note, piece: Piece) -> None:
        if note.model == A100:
            inner(note, piece)

    return handle


_STABILIZED = re.compile(r"DiMAGE (A1|A2|X1)$")


def says_stabilized(note: Note, piece: Piece) -> None:
    """Cameras with a stabilizer write this block while it is on; what is in it is not known."""
    if note.model == A100:
        reads("ISInfoA100")(note, piece)
    elif _STABILIZED.search(note.model):
        definition = Definition(0x18, "ImageStabilization")
        tag = Tag(GROUP, definition, PLAIN, 1, "On", piece.view.start, len(piece.view), piece.order)
        note.add(GROUP, [tag], piece.view, {})
