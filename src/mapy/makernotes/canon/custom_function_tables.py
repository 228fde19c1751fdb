"""Which row of Canon's table of custom functions counts for which camera, and lists in words. Data.

The cameras were found by asking tools that read these lists what they make of each code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.canon.records import bits

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.tags.definition import Formatter, Value

_1D, _1D_OR_1DS = r"\b1D\b", r"\b1Ds?\b"
_BY_CAMERA: dict[int, tuple[tuple[tuple[str, int], ...], int]] = {
    0x0101: (((_1D_OR_1DS, 0),), 1),
    0x0103: (((r"\b1D(?:s|S)?\b", 0),), 1),
    0x0106: (((r"\b90D\b", 0),), 1),
    0x010F: (
        (
            (r"\b(?:1Ds Mark III|40D)\b", 0),
            (r"\b(?:7D|50D|60D)\b", 1),
            (r"\b(?:450D|1000D|REBEL XSi?|Kiss X2|Kiss F)\b", 2),
            (r"\b1D Mark III\b", 3),
            (r"\b1D Mark IV\b", 4),
        ),
        5,
    ),
    0x0202: (
        (
            (r"\b(?:5D Mark II|7D|50D|60D|500D|550D|600D|1100D)\b", 0),
            (r"\b(?:REBEL T[12]i|REBEL T3i?|Kiss X[345]|Kiss X50)\b", 0),
        ),
        1,
    ),
    0x0204: (((r"\b(?:1D Mark IV|5D Mark II|50D|500D|REBEL T1i|Kiss X3)\b", 0),), 1),
    0x0409: (((r"\b1Ds? Mark III\b", 0),), 1),
    0x0508: (((r"\b5D Mark II\b", 0), (r"\b1Ds Mark III\b", 1)), 2),
    0x0509: (((r"\b1D Mark IV\b", 0),), 1),
    0x050A: (((r"\b1D Mark IV\b", 0),), 1),
    0x050C: (((_1D, 0),), 1),
    0x050E: (((r"\b(?:1D Mark IV|6D)\b", 0),), 1),
    0x050F: (((r"\b60D\b", 1),), 0),
    0x0510: (((r"\b7D\b", 0),), 1),
    0x0511: (((r"\b40D\b", 0),), 1),
    0x0701: (
        (
            (r"\b(?:500D|550D|600D|1000D|1100D|REBEL XS|Kiss F)\b", 0),
            (r"\b(?:REBEL T[12]i|REBEL T3i?|Kiss X[345]|Kiss X50)\b", 0),
            (r"\b60D\b", 2),
        ),
        3,
    ),
    0x0704: (
        (
            (r"\b(?:5D Mark II|40D|50D)\b", 0),
            (r"\b60D\b", 1),
            (r"\b(?:450D|REBEL XSi|Kiss X2)\b", 2),
            (r"\b(?:550D|600D|1100D|REBEL T2i|REBEL T3i?|Kiss X[45]|Kiss X50)\b", 3),
            (r"\b(?:1000D|REBEL XS|Kiss F)\b", 4),
            (r"\b(?:500D|REBEL T1i|Kiss X3)\b", 5),
        ),
        7,
    ),
    0x080B: (
        (
            (r"\b(?:40D|50D|60D)\b", 0),
            (r"\b5D Mark II\b", 1),
            (r"\b6D\b", 2),
            (r"\b7D Mark II\b", 3),
            (r"\b1D X\b", 4),
        ),
        5,
    ),
}
"""By number: models and their rows, and the row of all others."""
_BY_COUNT = {
    0x0106: {2: 2},
    0x0109: {2: 1},
    0x010A: {2: 1},
    0x010C: {4: 1},
    0x010D: {4: 1},
    0x0610: {5: 1, 3: 2},
    0x0612: {2: 1},
    0x0701: {2: 1},
    0x080C: {4: 1},
}
"""By number: rows by how many values the function has."""
_PATTERNS = {
    number: ([(re.compile(pattern), row) for pattern, row in choices], default)
    for number, (choices, default) in _BY_CAMERA.items()
}


def variant(number: int, values: int, model: str) -> int:
    """Which row of a function's counts: by how many values it has, or by the camera."""
    by_count = _BY_COUNT.get(number, {}).get(values)
    if by_count is not None:
        return by_count
    choices, default = _PATTERNS.get(number, ((), 0))
    return next((row for pattern, row in choices if pattern.search(model)), default)


_SWITCH = {0: "Disable", 1: "Enable"}
_ADJUST = {0: "Disable", 1: "Adjust all by same amount", 2: "Adjust by lens"}


def _items(value: Value) -> list[float]:
    return [float(part) for part in str(value).split()]


def _list(*labels: str, switch: dict[int, str] = _SWITCH, unit: str = "") -> Formatter:
    """A formatter of a switch and what it switches: `Enable; Hi 10; Lo 3`."""

    def say(value: Value) -> Value:
        first, *rest = _items(value)
        parts = [switch.get(int(first), f"Unknown ({first:.15g})")]
        for place, number in enumerate(rest):
            label = labels[place] + " " if place < len(labels) else ""
            parts.append(f"{label}{number:.15g}{unit}")
        return "; ".join(parts)

    return say


def _range(names: tuple[str, str], say: Callable[[float], str]) -> Formatter:
    """A formatter of a range: with a switch, or for manual and for automatic modes."""
    high, low = names

    def worded(value: Value) -> Value:
        numbers = _items(value)
        if len(numbers) == 4:  # noqa: PLR2004 - two ranges
            texts = [say(number) for number in numbers]
            manual = f"Manual: {high} {texts[0]}; {low} {texts[1]}"
            return f"{manual}; Auto: {high} {texts[2]}; {low} {texts[3]}"
        switch = _SWITCH.get(int(numbers[0]), f"Unknown ({numbers[0]:.15g})")
        return f"{switch}; {high} {say(numbers[1])}; {low} {say(numbers[2])}"

    return worded


def _flags(value: Value) -> Value:
    numbers = [int(number) for number in _items(value)]
    if len(numbers) == 1:
        return f"Flags 0x{numbers[0]:x}"
    switch = _SWITCH.get(numbers[0], f"Unknown ({numbers[0]})")
    return "; ".join([switch, *(f"Flags 0x{number:x}" for number in numbers[1:])])


def _labelled(labels: tuple[str, ...], numbers: list[float]) -> str:
    pairs = zip(labels, numbers, strict=False)
    return "; ".join([f"{label} {number:.15g}" for label, number in pairs])


_SPEEDS = ("Hi", "Cont", "Lo", "Soft", "Soft LS")
_TIMERS = ("6 s:", "16 s:", "After release:")


def _shooting_speeds(value: Value) -> Value:
    """A speed for each mode; most cameras have two, and whether they are used."""
    numbers = _items(value)
    if len(numbers) == len(_SPEEDS):
        return _labelled(_SPEEDS, numbers)
    return _list(*(_SPEEDS if len(numbers) > len(_SPEEDS) else ("Hi", "Lo")))(value)


def _timers(value: Value) -> Value:
    """How long the camera stays awake; some can leave it at that."""
    numbers = _items(value)
    return _labelled(_TIMERS, numbers) if len(numbers) == len(_TIMERS) else _list(*_TIMERS)(value)


def _speeds(value: Value) -> Value:
    first, *rest = _items(value)
    return _list("Max", "Min")(" ".join([f"{first:.15g}", *(f"{step:.0f}" for step in rest)]))


_WARNINGS = bits(
    (
        "Monochrome", "WB corrected", "One-touch image quality", "ISO expansion",
        "Spot metering", None, "Noise reduction", "HDR",
    )
)  # fmt: skip
_METERING = bits(("Evaluative", "Partial", "Spot", "Center-weighted"))
_LOCKED = bits(("Main dial", "Quick control dial", "Multi-controller"))
_LOCK = {
    0: "Off", 1: "On", 2: "On (quick control dial)", 3: "On (main dial and quick control dial)",
}  # fmt: skip


def _lock(value: Value) -> Value:
    first, *rest = [int(number) for number in _items(value)]
    return "; ".join([_LOCK.get(first, f"Unknown ({first})"), *(str(_LOCKED(n)) for n in rest)])


_AREA_SWITCH = {0: "Disable", 1: "Enable", 2: "Register", 3: "Select AF-modes"}


def _area_modes(value: Value) -> Value:
    numbers = [int(number) for number in _items(value)]
    switch = _AREA_SWITCH.get(numbers[0], f"Unknown ({numbers[0]})")
    return "; ".join([switch, *(f"Flags 0x{number:x}" for number in numbers[1:])])


LISTS: dict[str, Formatter] = {
    "ISOSpeedRange": _speeds,
    "ViewfinderWarnings": _WARNINGS,
    "AELockMeterModeAfterFocus": _METERING,
    "MultiFunctionLock": _lock,
    "ContinuousShootingSpeed": _shooting_speeds,
    "UsableShootingModes": _flags,
    "UsableMeteringModes": _flags,
    "RestrictDriveModes": _flags,
    "SelectAFAreaSelectMode": _area_modes,
    "ShutterSpeedRange": _range(("Hi", "Lo"), lambda number: str(words.exposure_time(number))),
    "ApertureRange": _range(("Closed", "Open"), lambda number: f"{number:.2g}"),
    "ApplyShootingMeteringMode": _list(),
    "AEMicroadjustment": _list(),
    "FEMicroadjustment": _list(),
    "AFMicroadjustment": _list(switch=_ADJUST),
    "ContinuousShotLimit": _list(unit=" shots"),
    "TimerLength": _timers,
}
"""By name: lists in words."""
SIZES = {
    0x010C: frozenset({3, 4}),
    0x010D: frozenset({3, 4}),
}
"""By number: how many values a function has, where any other number is noise."""
