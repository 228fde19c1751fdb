"""Sony's main IFD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.makernotes.note import Hook, Meanings, Note, definition, ifd_table
from mapy.makernotes.sony import values
from mapy.makernotes.sony.blocks import HANDLERS
from mapy.makernotes.sony.meanings import plus
from mapy.makernotes.sony.models import AREA_MODES, COMPACT, FLEXIBLE_SPOT, FOCUS_MODE, first
from mapy.makernotes.sony.values import unless
from mapy.model import Directory
from mapy.tags import makers

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Definition


def _for_models(pattern: str) -> Hook:
    """Keep the tag of cameras that fit."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if re.match(pattern, note.model) else None

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


_af_point_selected = _variant(
    0x201E,
    (
        (r"SLT-|HV", "0"),
        (r"ILCA-(68|77M2)", "1"),
        (r"ILCA-99M2", "2"),
        (r"NEX-|ILCE-|ILME-", "3"),
    ),
)
_af_points_used = _variant(0x2020, ((r"ILCA-(68|77M2)", "1"), (r"(?!DSC-|ILCA-)", "0")))
_MEANINGS = Meanings(
    convert={
        "WhiteBalanceFineTune": values.signed,
        "ColorCompensationFilter": values.signed,
        "HDR": values.halves,
        "FullImageSize": values.high_low,
        "PreviewImageSize": values.high_low,
        "LensSpec": values.lens_spec,
        "SerialNumber": values.reversed_hexadecimal,
        "PixelShiftInfo": values.pixel_shift,
    },
    say={
        "Contrast": plus,
        "Saturation": plus,
        "Sharpness": plus,
        "Brightness": plus,
    },
    hooks={
        "AFAreaModeSetting": _variant(0x201C, AREA_MODES),
        "FlexibleSpotPosition": _for_models(FLEXIBLE_SPOT),
        "AFTracking": _for_models(FOCUS_MODE),
        "AFPointSelected": _af_point_selected,
        "AFPointsUsed": _af_points_used,
        "FocalPlaneAFPointsUsed": _for_models(r"ILCE-(5100|6000|7M2|7RM2)$"),
        "JPEGQuality": unless(0xFFFF),
        "HighISONoiseReduction2": _for_models(COMPACT),
    },
    handlers=HANDLERS,
)
MAIN = ifd_table("sony", "Main", _MEANINGS)


_LATE_META_VERSION = "DC7303320222000"
"""What the shot information of cameras from 2012 on says of itself."""
_FOCUS_OLD, _FOCUS_NEW, _AREA_OLD, _OPTIMIZER_2 = 0xB042, 0xB04E, 0xB043, 0xB04F


def settle(note: Note, at: int) -> None:
    """Leave out of the main directory what the later blocks say that it does not tell.

    Args:
        note: the note, read.
        at: which of the directories is the main one.
    """
    directories = note.reading.directories
    if at >= len(directories):
        return
    main = directories[at]
    is_late = note.seen.get("MetaVersion") == _LATE_META_VERSION
    void = {_FOCUS_OLD, _AREA_OLD} if is_late else {_FOCUS_NEW}
    if any(tag.name == "DynamicRangeOptimizer" and tag.id != _OPTIMIZER_2 for tag in main):
        void.add(_OPTIMIZER_2)
    tags = tuple(tag for tag in main if tag.id not in void)
    if len(tags) < len(main):
        directories[at] = Directory(
            main.name, tags, main.span, is_embedded=main.is_embedded
        )
