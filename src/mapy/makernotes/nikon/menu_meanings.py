"""What the tables of Nikon's menus and bursts do not tell: values, words, dependences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.nikon import values
from mapy.makernotes.note import Meanings

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Value


def text_of(raw: bytes) -> str:
    """The text in front of the first NUL."""
    return raw.partition(b"\0")[0].decode("latin-1")


def if_positive(name: str) -> Hook:
    """Keeps a tag where another is on."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if note.seen.get(name) else None

    return hook


def keep(note: Note, tag: Tag) -> Tag:
    """A hook that remembers the value by the tag's name."""
    note.seen[tag.name] = tag.raw
    return tag


def _shooting(value: Value) -> Value:
    return value or "Off"


_FASTEST = 96
"""The shutter mode of C30, C60 and C120, in which the camera keeps fewer settings."""


def _unless_fastest(note: Note, tag: Tag) -> Tag | None:
    """Keep what was set, where the camera kept it."""
    if note.seen.get("ShutterMode") == _FASTEST:
        return None
    note.seen[tag.name] = tag.raw
    return tag


def _if_below(name: str, limit: int) -> Hook:
    """Keeps a tag where another is less."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if note.seen.get(name, limit) < limit else None

    return hook


def _if_dynamic(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("AFAreaMode") == _DYNAMIC_AREA else None


_DYNAMIC_AREA, _OTHER_BRACKETS = 2, 3
_DEPENDENT = {
    "MultipleExposureMode": ("MultiExposureShots",),
    "IntervalShooting": (
        "IntervalFrame", "Intervals", "ShotsPerInterval", "IntervalDurationHours",
        "IntervalDurationMinutes", "IntervalDurationSeconds", "IntervalExposureSmoothing",
        "IntervalPriority",
    ),
    "FocusShiftShooting": (
        "FocusShiftNumberShots", "FocusShiftStepWidth", "FocusShiftInterval",
        "FocusShiftExposureLock",
    ),
    "HDR": ("HDRLevel",),
    "PixelShiftShooting": ("PixelShiftNumberShots", "PixelShiftDelay", "PixelShiftInterval"),
}  # fmt: skip
"""Settings, and those that say something where they are on."""


def _eighth(tag: Tag) -> Value:
    """Steps of a code, which is whole but for a few."""
    code = tag.raw / 8
    return int(code) if code.is_integer() else float(code)


def _seconds(value: Value) -> Value:
    return "1 Second" if value == 1 else f"{value} Seconds"


def _delay(value: Value) -> Value:
    return f"{values.number(value):g} sec" if value else "Off"


MENU = Meanings(
    convert={"ISOAutoShutterTime": _eighth},
    say={
        "FocusShiftShooting": _shooting,
        "IntervalShooting": _shooting,
        "FocusShiftInterval": _seconds,
        "ExposureDelay": _delay,
    },
    hooks={
        **{name: if_positive(other) for other, names in _DEPENDENT.items() for name in names},
        **dict.fromkeys(("MultipleExposureMode", "BracketSet", "AFAreaMode"), keep),
        **dict.fromkeys(("HDR", "PixelShiftShooting"), keep),
        **dict.fromkeys(("IntervalShooting", "FocusShiftShooting"), _unless_fastest),
        **dict.fromkeys(
            ("BracketProgram", "BracketIncrement"), _if_below("BracketSet", _OTHER_BRACKETS)
        ),
        "DynamicAFAreaSize": _if_dynamic,
    },
)


def _initial(size: int) -> Converter:
    return values.scaled(lambda raw: 1 + raw // size)


FOCUS_AT_FIRST = Meanings(
    convert={"AFAreaInitialWidth": _initial(4), "AFAreaInitialHeight": _initial(7)},
    hooks={
        f"AFAreaInitial{part}": _unless_fastest
        for part in ("XPosition", "YPosition", "Width", "Height")
    },
)


def _if_captured(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("AutoCapturedFrame") else None


CAPTURED = Meanings(
    hooks={
        "AutoCapturedFrame": keep,
        **{
            f"AutoCapture{part}": _if_captured
            for part in (
                "Criteria", "RecordingTime", "WaitTime", "DistanceFar", "DistanceNear",
                "CriteriaMotionDirection", "CriteriaMotionSpeed", "CriteriaMotionSize",
                "CriteriaSubjectSize", "CriteriaSubjectType",
            )
        },
    }
)  # fmt: skip


def in_pairs(tag: Tag) -> Value:
    """A version, a point after each two digits."""
    text = text_of(tag.raw)
    return ".".join(text[at : at + 2] for at in range(0, len(text), 2))


def _flagged(note: Note, tag: Tag) -> None:
    """Keep whether the picture is one of a burst."""
    note.seen[tag.name] = tag.raw


BURST = Meanings(
    convert={
        "FirmwareVersion56": in_pairs,
        "BurstStartSlotNumber": values.scaled(lambda raw: raw + 1),
    },
    hooks={
        "BurstFlag": _flagged,
        **dict.fromkeys(
            (
                "BurstStartSlotNumber", "BurstStartFolderNumber", "BurstStartImageNumber",
                "BurstStartImageType", "BurstShotNumber",
            ),
            if_positive("BurstFlag"),
        ),
    },
)  # fmt: skip
