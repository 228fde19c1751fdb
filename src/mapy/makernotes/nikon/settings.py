"""Nikon's custom settings: how their bits become values, the same in every camera that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.nikon import values
from mapy.makernotes.note import Meanings
from mapy.tags import makers

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Value

_FINE_TUNING = tuple(
    f"FineTuneOpt{metering}"
    for metering in ("MatrixMetering", "CenterWeighted", "SpotMetering", "HighlightWeighted")
)
_TTL_LEVELS = (
    "CommanderInternalTTLComp",
    "CommanderInternalTTLCompBuiltin",
    "CommanderInternalTTLCompGroupA",
    "CommanderInternalTTLCompGroupB",
    "CommanderGroupA_TTLComp",
    "CommanderGroupB_TTLComp",
    "CommanderGroupA_TTL-AAComp",
    "CommanderGroupB_TTL-AAComp",
)
_OUTPUTS = (
    "ManualFlashOutput",
    "CommanderInternalManualOutput",
    "CommanderGroupAManualOutput",
    "CommanderGroupBManualOutput",
)
_NEGATIVE_FROM, _HALF_BYTE = 8, 16


def _sixths(raw: int) -> float:
    """EV: four bits with a sign, in sixths."""
    return (raw - _HALF_BYTE if raw >= _NEGATIVE_FROM else raw) / 6


def _thirds(raw: int) -> float:
    """EV: thirds from -3 on."""
    return (raw - 9) / 3


def _halved(steps: int) -> Converter:
    """A share of the full output: so many steps a halving."""
    return values.scaled(lambda raw: float(2 ** (-raw / steps)))


def _repeated(raw: int) -> int:
    """Flashes: 1 to 10 one by one, then in fives."""
    return raw + 1 if raw <= 9 else 5 * (raw - 7)  # noqa: PLR2004 - 10 is the last of the first


def _rate(raw: int) -> int:
    """Flashes a second: 1 to 10 one by one, then in tens."""
    return raw + 1 if raw <= 9 else 10 * (raw - 8)  # noqa: PLR2004 - as above


def _repeated_output(raw: int) -> float:
    return float(2 ** (-raw - 2))


def _shutter_speed(raw: int) -> float:
    return float(2 ** (raw - 6))


def _one_more(raw: int) -> int:
    return raw + 1


def _tuned(value: Value) -> Value:
    return f"{value:+.2f}" if value else 0


def _share(value: Value) -> Value:
    return "Full" if values.number(value) > 0.99 else words.exposure_time(value)  # noqa: PLR2004


def _frames(value: Value) -> Value:
    return f"{value} fps"


def _level(value: Value) -> Value:
    return f"{values.number(value):+.1f}"


def _keep(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


_BUILT_IN = "FlashControlBuilt-in"
_MANUAL, _REPEATING, _COMMANDER = 1, 2, 3


def _in_mode(mode: int) -> Hook:
    """Keeps what belongs to one mode of the built-in flash, where the camera tells the mode."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if note.seen.get(_BUILT_IN, mode) == mode else None

    return hook


_REPEATS = ("RepeatingFlashOutput", "RepeatingFlashCount", "RepeatingFlashRate")
_COMMANDED = (
    "CommanderInternalTTLCompBuiltin", "CommanderInternalTTLCompGroupA",
    "CommanderInternalTTLCompGroupB", "CommanderInternalTTLChannel",
)  # fmt: skip
CUSTOM = Meanings(
    convert=dict.fromkeys(_FINE_TUNING, values.scaled(_sixths))
    | dict.fromkeys(_TTL_LEVELS, values.scaled(_thirds))
    | dict.fromkeys(_OUTPUTS, _halved(3))
    | {
        "RepeatingFlashOutput": values.scaled(_repeated_output),
        "RepeatingFlashCount": values.scaled(_repeated),
        "RepeatingFlashRate": values.scaled(_rate),
        "FlashLevel": values.scaled(values.sixth),
    },
    say=dict.fromkeys(_FINE_TUNING, _tuned)
    | dict.fromkeys(_TTL_LEVELS, values.with_sign)
    | dict.fromkeys((*_OUTPUTS, "RepeatingFlashOutput"), _share)
    | {
        "RepeatingFlashRate": values.hertz,
        "CLModeShootingSpeed": _frames,
        "FlashLevel": _level,
    },
    hooks=dict.fromkeys(_REPEATS, _in_mode(_REPEATING))
    | dict.fromkeys(("ManualFlashOutput",), _in_mode(_MANUAL))
    | dict.fromkeys(_COMMANDED, _in_mode(_COMMANDER))
    | {_BUILT_IN: _keep},
)


def _eighths(tag: Tag) -> Value:
    """Eighths from 144 on: a whole number is a code."""
    steps = (tag.raw - 144) / 8
    return int(steps) if steps.is_integer() else steps


def _z_shutter_speed(tag: Tag) -> Value:
    """24 steps a code, but for some that stand between."""
    between = (tag.raw - 16) % 24
    code: float = tag.raw / 24 if between else 2 + (tag.raw - 16) / 24
    return int(code) if code.is_integer() else code


def _limit(tag: Tag) -> Value:
    return "No Limit" if tag.raw == -1 else int(tag.raw)


def _reversed_dials(note: Note, tag: Tag) -> Tag:
    """Two lists of words: the other one counts where exposure compensation is reversed."""
    if not note.seen.get(_REVERSED):
        return tag
    rows = makers.section("nikon", "Custom.SettingsZ9").rows
    names = [row.names for row in rows if row.name == tag.name][-1]
    return tag._replace(definition=tag.definition._replace(one_of=names))


_REVERSED = "CmdDialsReverseRotExposureComp"
_SPEEDS = ("CLModeShootingSpeed", "CHModeShootingSpeed")
CUSTOM_Z = Meanings(
    convert={
        **dict.fromkeys(_FINE_TUNING, values.scaled(values.sixth)),
        **dict.fromkeys(_SPEEDS, values.scaled(_one_more)),
        "MaxContinuousRelease": _limit,
        "FlashSyncSpeed": _eighths,
        "FlashShutterSpeed": _z_shutter_speed,
        "MovieAFSpeed": values.scaled(lambda raw: raw - 5),
    },
    say={**dict.fromkeys(_FINE_TUNING, _tuned), **dict.fromkeys(_SPEEDS, _frames)},
    hooks={_REVERSED: _keep, "CmdDialsReverseRotation": _reversed_dials},
)
"""Z 6III, Z 8 and Z 9."""
OLD = CUSTOM._replace(
    convert={
        **CUSTOM.convert,
        **dict.fromkeys(_OUTPUTS, _halved(1)),
        "FlashShutterSpeed": values.scaled(_shutter_speed),
        "CommanderChannel": values.scaled(_one_more),
    },
    say={**CUSTOM.say, "FlashShutterSpeed": words.exposure_time},
)
"""D40 and D80: whole steps."""
