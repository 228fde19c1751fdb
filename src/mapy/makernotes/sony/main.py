"""Sony's main IFD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.makernotes.note import Hook, Meanings, Note, definition, ifd_table
from mapy.makernotes.sony import values
from mapy.makernotes.sony.blocks import HANDLERS
from mapy.makernotes.sony.meanings import plus
from mapy.makernotes.sony.models import AREA_MODES, COMPACT, FLEXIBLE_SPOT, FOCUS_MODE, first
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


_MEANINGS = Meanings(
    convert={
        "WhiteBalanceFineTune": values.signed,
        "ColorCompensationFilter": values.signed,
        "HDR": values.halves,
        "FullImageSize": values.high_low,
        "PreviewImageSize": values.high_low,
        "LensSpec": values.lens_spec,
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
        "HighISONoiseReduction2": _for_models(COMPACT),
    },
    handlers=HANDLERS,
)
MAIN = ifd_table("sony", "Main", _MEANINGS)
