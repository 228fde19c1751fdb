"""Nikon's records of the flash (0x00A8), by version.

A group's level is its output where its mode is manual, else its compensation: two rows of the
table share a place, and the mode in front decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.nikon import values
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag

_MANUAL_FROM = 6
"""Modes from here on tell the output."""
_GROUPS = {
    "FlashCompensation": ("FlashControlMode", "FlashOutput"),
    "FlashGroupACompensation": ("FlashGroupAControlMode", "FlashGroupAOutput"),
    "FlashGroupBCompensation": ("FlashGroupBControlMode", "FlashGroupBOutput"),
    "FlashGroupCCompensation": ("FlashGroupCControlMode", "FlashGroupCOutput"),
}
SIGNED = (
    *_GROUPS, "ExternalFlashCompensation", "FlashExposureComp3", "FlashExposureComp4",
)  # fmt: skip
_output = values.scaled(values.flash_output)


def _keep(note: Note, tag: Tag) -> Tag:
    """Keep a mode, for the level that it tells the meaning of."""
    note.seen[tag.name] = tag.raw
    return tag


def _compensation(note: Note, tag: Tag) -> Tag | None:
    """The compensation, or the output in its place."""
    mode, output = _GROUPS[tag.name]
    if note.seen.get(mode, 0) < _MANUAL_FROM:
        return tag
    definition = tag.definition._replace(name=output, convert=_output, say=values.percent)
    return tag._replace(definition=definition, raw=tag.raw & 0xFF)


def _unless(*codes: int) -> Hook:
    def hook(_note: Note, tag: Tag) -> Tag | None:
        return None if tag.raw in codes else tag

    return hook


FLASH = Meanings(
    convert=dict.fromkeys(SIGNED, values.scaled(values.sixth_down))
    | {"FlashOutput": _output},
    say=dict.fromkeys(SIGNED, values.with_sign)
    | {"FlashOutput": values.percent, "FlashFocalLength": values.millimetres}
    | {"RepeatingFlashRate": values.hertz},
    hooks=dict.fromkeys(_GROUPS, _compensation)
    | {mode: _keep for mode, _ in _GROUPS.values()}
    | {
        "FlashFocalLength": _unless(0, 255),
        "RepeatingFlashRate": _unless(0, 255),
        "RepeatingFlashCount": _unless(0, 255),
    },
)
