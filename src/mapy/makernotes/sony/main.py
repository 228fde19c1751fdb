"""Sony's main IFD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.makernotes.note import Hook, Meanings, Note, ifd_table
from mapy.makernotes.sony import values, wording
from mapy.makernotes.sony.blocks import HANDLERS
from mapy.makernotes.sony.models import AREA_MODES, COMPACT, FLEXIBLE_SPOT, FOCUS_MODE, first
from mapy.makernotes.sony.pending import keep_for_later
from mapy.makernotes.sony.units import plus, signed_decimal
from mapy.makernotes.sony.values import unless
from mapy.makernotes.sony.wording import in_words
from mapy.tags import makers
from mapy.tags.maker_tables import definition
from mapy.tiff_types import SHORT, UNDEFINED

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Definition


def _for_models(pattern: str) -> Hook:
    """Keep the tag of cameras that fit."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if re.match(pattern, note.model) else None

    return hook


def _of_type(number: int) -> Hook:
    """Keep the tag where it is of that TIFF type; of others the number means something else."""

    def hook(_note: Note, tag: Tag) -> Tag | None:
        return tag if tag.type == number else None

    return hook


def _variant(number: int, choices: tuple[tuple[str, str], ...]) -> Hook:
    """Take the words that count for the camera; leave the tag out where none do."""
    rows = makers.section("sony", "Main").rows
    found: dict[str, Definition] = {
        str(row.variant): definition(row, Meanings()) for row in rows if row.id == str(number)
    }

    def hook(note: Note, tag: Tag) -> Tag | None:
        which = first(choices, note.model)
        return tag._replace(definition=found[which]) if which else None

    return hook


_NEWEST_POINTS = ((r"NEX-|ILCE-|ILME-|ZV-|DSC-RX", "4"),)
_POINTS = ((r"SLT-|HV", "0"), (r"ILCA-(68|77M2)", "1"), (r"ILCA-99M2", "2"), *_NEWEST_POINTS)
_ADAPTED, _ZONE = 4, 8
"""Areas of the focus: with lenses of the A-mount on an adapter; zones."""
_AF_POINTS = _variant(0x201E, _POINTS)
_AF_ADAPTED = _variant(0x201E, ((r"ILCE-|ILME-", "0"),))
_AF_ZONES = _variant(0x201E, ((r"ILCA-", "3"),))
_af_points_used = _variant(0x2020, ((r"ILCA-(68|77M2)", "1"), (r"(?!DSC-|ILCA-|ZV-)", "0")))


def _af_area(note: Note, tag: Tag) -> Tag | None:
    found = _variant_of_area(note, tag)
    if found is not None:
        note.seen["AFArea"] = tag.raw
    return found


_variant_of_area = _variant(0x201C, AREA_MODES)


def _af_point_selected(note: Note, tag: Tag) -> Tag | None:
    """The point, in the words that count for the camera and for its focus area."""
    area = note.seen.get("AFArea")
    if note.model.startswith("ILCA-"):
        if area is None:
            return None
        return (_AF_ZONES if area == _ZONE else _AF_POINTS)(note, tag)
    if area == _ADAPTED and note.model.startswith(("ILCE-", "ILME-")):
        return _AF_ADAPTED(note, tag)
    return _AF_POINTS(note, tag)


def _points_used(note: Note, tag: Tag) -> Tag | None:
    found = _af_points_used(note, tag)
    return None if found is None else wording.in_bits(note, found)


def _focal_plane_points(note: Note, tag: Tag) -> Tag | None:
    found = _for_models(r"ILCE-(5100|6000|7M2|7RM2)$")(note, tag)
    return None if found is None else wording.in_bits(note, found)


_OFTEN_NOT_SET = (
    "Macro", "ExposureMode", "FocusMode", "AFAreaMode", "AFIlluminator", "JPEGQuality",
    "ReleaseMode", "SequenceNumber", "Anti-Blur",
)  # fmt: skip
"""Tags that a camera without the setting writes all bits of."""


def _flash_level(note: Note, tag: Tag) -> Tag | None:
    """The level of the flash, which the A100 does not tell."""
    return None if tag.raw == -1 and "DSLR-A100" in note.model else tag


_MEANINGS = Meanings(
    convert={
        "WhiteBalanceFineTune": values.signed,
        "ColorCompensationFilter": values.signed,
        "HDR": values.halves,
        "FullImageSize": values.high_low,
        "PreviewImageSize": values.high_low,
        "LensSpec": values.lens_spec,
        "SerialNumber": values.reversed_pairs,
        "PixelShiftInfo": values.pixel_shift,
    },
    say={
        "LensSpec": wording.lens_spec,
        "FullImageSize": wording.size,
        "PreviewImageSize": wording.size,
        "ColorTemperature": wording.automatic,
        "SequenceNumber": wording.plain,
        "SerialNumber": wording.serial_number,
        "Contrast": plus,
        "Saturation": plus,
        "Sharpness": plus,
        "Brightness": plus,
        "ExposureStandardAdjustment": signed_decimal,
        "FocusFrameSize": wording.frame_size,
        "WBShiftAB_GM_Precise": wording.thousandths,
    },
    hooks={
        "HDR": in_words(wording.hdr),
        "PixelShiftInfo": in_words(wording.pixel_shift),
        "AFAreaModeSetting": _af_area,
        "FlexibleSpotPosition": _for_models(FLEXIBLE_SPOT),
        "AFTracking": _for_models(FOCUS_MODE),
        "StepCropShooting": _for_models(r"DSC-RX1RM3\b"),
        "AFPointSelected": _af_point_selected,
        "AFPointsUsed": _points_used,
        "FocalPlaneAFPointsUsed": _focal_plane_points,
        **dict.fromkeys(_OFTEN_NOT_SET, unless(0xFFFF)),
        "FlashLevel": _flash_level,
        "MultiBurstMode": _of_type(UNDEFINED),
        "MultiBurstImageWidth": _of_type(SHORT),
        "MultiBurstImageHeight": _of_type(SHORT),
        "PreviewImage": unless(b""),
        "HighISONoiseReduction2": _for_models(COMPACT),
    },
    handlers=dict.fromkeys(HANDLERS, keep_for_later),
)
MAIN = ifd_table("sony", "Main", _MEANINGS)
