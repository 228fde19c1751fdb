"""Nikon's records of the flash (0x00A8), by version.

A group's level is its output where its mode is manual, else its compensation: two rows of the
table share a place, and the mode in front decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.nikon import values
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_MANUAL_FROM = 6
"""Modes from here on tell the output."""
_GROUPS = {
    "FlashCompensation": ("FlashControlMode", "FlashOutput"),
    "FlashGroupACompensation": ("FlashGroupAControlMode", "FlashGroupAOutput"),
    "FlashGroupBCompensation": ("FlashGroupBControlMode", "FlashGroupBOutput"),
    "FlashGroupCCompensation": ("FlashGroupCControlMode", "FlashGroupCOutput"),
}
_OTHERS = ("ExternalFlashCompensation", "FlashExposureComp3", "FlashExposureComp4")
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


def _flags(_note: Note, tag: Tag) -> Tag:
    """Each bit has a word."""
    names = tag.definition.one_of or {}

    def say(value: Value) -> Value:
        bits = int(values.number(value))
        found = [str(names.get(1 << at, f"[{at}]")) for at in range(8) if bits >> at & 1]
        return ", ".join(found) or "(none)"

    return tag._replace(definition=tag.definition._replace(one_of=None, say=say))


def _unless(*codes: int) -> Hook:
    def hook(_note: Note, tag: Tag) -> Tag | None:
        return None if tag.raw in codes else tag

    return hook


_MODES = {mode: _keep for mode, _ in _GROUPS.values()}
_SET = dict.fromkeys(
    ("FlashFocalLength", "RepeatingFlashRate", "RepeatingFlashCount"), _unless(0, 255)
)


def _firmware(value: Value) -> Value:
    """The version of a flash that the table does not know."""
    if not isinstance(value, str) or "(" in value or value == "n/a":
        return value
    first, second = map(int, value.split())
    return f"{first}.{second:02d} (Unknown model)"


FLASH = Meanings(
    convert=dict.fromkeys((*_GROUPS, *_OTHERS), values.scaled(values.sixth_down)),
    say=dict.fromkeys(_GROUPS, values.with_sign)
    | dict.fromkeys(("FlashCompensation", *_OTHERS), words.fraction)
    | {
        "FlashFocalLength": words.millimetres,
        "RepeatingFlashRate": values.hertz,
        "ExternalFlashFirmware": _firmware,
    },
    hooks=dict.fromkeys(_GROUPS, _compensation) | _MODES | _SET | {"ExternalFlashFlags": _flags},
)


def _shifted(raw: int) -> float:
    """EV, written as negative sixths from a third on."""
    return (2 - raw) / 6


def _main_output(note: Note, tag: Tag) -> Tag | None:
    """The output, in a manual mode."""
    return tag if note.seen.get("FlashControlMode", 0) >= _MANUAL_FROM else None


def _main_compensation(note: Note, tag: Tag) -> Tag | None:
    """The compensation, unless the mode is manual or there is none."""
    return tag if tag.raw and note.seen.get("FlashControlMode", 0) < _MANUAL_FROM else None


FLASH_3 = Meanings(
    convert={
        **FLASH.convert,
        **{group: values.scaled(_shifted) for group in _GROUPS if "Group" in group},
        "FlashOutput": _output,
    },
    say={**FLASH.say, "FlashOutput": values.percent},
    hooks={
        **FLASH.hooks,
        "FlashCompensation": _main_compensation,
        "FlashOutput": _main_output,
    },
)
"""Version 0300: the output has a place of its own."""
