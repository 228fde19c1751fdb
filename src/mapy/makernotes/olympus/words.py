"""How Olympus' values are worded: lists of which only some numbers are codes, limits, bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapy.tags.definition import Formatter, Value


def within_limits(value: Value) -> Value:
    """A setting, its least and its greatest value."""
    setting, least, greatest = str(value).split()
    return f"{setting} (min {least}, max {greatest})"


def listed(
    *names: Mapping[int, str] | str,
    rest: Mapping[int, str] | str = "{}",
    between: str = "; ",
    unknown: str = "Unknown ({})",
) -> Formatter:
    """Words for lists in which each place has codes of its own, or a text around a number."""

    def say(value: Value) -> Value:
        found: list[str] = []
        for place, part in enumerate(str(value).split()):
            kind = names[place] if place < len(names) else rest
            if isinstance(kind, str):
                found.append(kind.format(part))
            else:
                found.append(kind.get(int(part)) or unknown.format(int(part)))
        return between.join(found)

    return say


def known(names: Mapping[int, str]) -> Formatter:
    """Words for lists in which codes and plain numbers stand side by side."""

    def say(value: Value) -> Value:
        return "; ".join(names.get(int(part), part) for part in str(value).split())

    return say


def bits(names: Mapping[int, str], none: str) -> Callable[[int], str]:
    """Words for a set of bits, by the number of the bit."""

    def say(number: int) -> str:
        if not number:
            return none
        return ", ".join(names.get(bit, f"[{bit}]") for bit in range(32) if number >> bit & 1)

    return say


def of_bits(names: Mapping[int, str], none: str) -> Formatter:
    """Words for a value that is a set of bits."""
    of_number = bits(names, none)

    def say(value: Value) -> Value:
        return of_number(value) if isinstance(value, int) else value

    return say


def firmware(value: Value) -> Value:
    """A version: its hexadecimal digits, with a point before the last three."""
    if not isinstance(value, int):
        return value
    digits = f"{value:x}"
    return f"{digits[:-3]}.{digits[-3:]}" if len(digits) > 2 else digits  # noqa: PLR2004 - as said


_FOCUS = {0: "Single AF", 1: "Sequential shooting AF", 2: "Continuous AF", 3: "Multi AF",
          4: "Face Detect", 10: "MF"}  # fmt: skip
_FOCUS_BITS = bits(
    {0: "S-AF", 2: "C-AF", 4: "MF", 5: "Face Detect", 6: "Imager AF",
     7: "Live View Magnification Frame", 8: "AF sensor", 9: "Starry Sky AF"},
    "(none)",
)  # fmt: skip


def focus_mode(value: Value) -> Value:
    """The mode, and how the camera focuses in it."""
    mode, *how = (int(part) for part in str(value).split())
    return "; ".join(
        [_FOCUS.get(mode, f"Unknown ({mode})"), *map(_FOCUS_BITS, how[:1]), *map(str, how[1:])]
    )


_AREAS = {0x36794285: "Left ", 0x79798585: "Center ", 0xBD79C985: "Right "}


def areas(value: Value) -> Value:
    """Areas of focus: the corners of each, in 1/255 of the picture."""
    found = []
    for part in str(value).split():
        left, top, right, bottom = (number := int(part)).to_bytes(4, "big")
        if number:
            found.append(f"{_AREAS.get(number, '')}({left},{top})-({right},{bottom})")
    return ", ".join(found) or "none"


def selected_point(value: Value) -> Value:
    """The corners of the area in focus, in percent."""
    if "undef" in str(value):
        return "n/a"
    parts = [f"{int(100 * float(part))}%" for part in str(value).split()]
    return f"({parts[0]},{parts[1]}) ({parts[2]},{parts[3]})"


_DRIVE = {0: "Single Shot", 1: "Continuous Shooting", 2: "Exposure Bracketing",
          3: "White Balance Bracketing", 4: "Exposure+WB Bracketing"}  # fmt: skip
_BRACKETING = bits(
    {0: "AE", 1: "WB", 2: "FL", 3: "MF", 4: "ISO", 5: "AE Auto", 6: "Focus"}, ""
)  # fmt: skip
_SHUTTERS = {0: "Mechanical shutter", 2: "Anti-shock", 4: "Electronic shutter"}


def drive_mode(value: Value) -> Value:
    """How many pictures, the number of this one, what is varied, and which shutter."""
    mode, shot, varied, _, shutter = [*map(int, str(value).split()), 0, 0, 0, -1][:5]
    parts = str(value).count(" ") + 1
    said = _DRIVE.get(mode, f"Unknown ({mode})")
    if parts > 2 and varied:  # noqa: PLR2004 - the third number
        said = _BRACKETING(varied).replace(", ", "+") + " Bracketing"
    if shot:
        said += f", Shot {shot}"
    if parts > 4:  # noqa: PLR2004 - the fifth number
        said += f"; {_SHUTTERS.get(shutter, f'Unknown ({shutter})')}"
    return said


_PANORAMA = {0: "Off", 1: "Left to Right", 2: "Right to Left", 3: "Bottom to Top",
             4: "Top to Bottom"}  # fmt: skip


def panorama(value: Value) -> Value:
    """The direction and the number of the picture."""
    direction, shot = map(int, str(value).split())
    said = _PANORAMA.get(direction, f"Unknown ({direction})")
    return f"{said}, Shot {shot}" if direction else said


_SPECIAL = {0: "Normal", 2: "Fast", 3: "Panorama"}


def special_mode(value: Value) -> Value:
    """The mode, the number in a sequence, the direction of a panorama."""
    mode, shot, direction = map(int, str(value).split())
    towards = (_PANORAMA | {0: "(none)"}).get(direction, f"Unknown ({direction})")
    return f"{_SPECIAL.get(mode, f'Unknown ({mode})')}, Sequence: {shot}, Panorama: {towards}"


def gradation(value: Value) -> Value:
    """The curve, and who chose it."""
    curves = {"0 0 0": "n/a", "-1 -1 1": "Low Key", "0 -1 1": "Normal", "1 -1 1": "High Key"}
    parts = str(value).split()
    curve = " ".join(parts[:3])
    said = [curves.get(curve, f"Unknown ({curve})")]
    choosers = {"0": "User-Selected", "1": "Auto-Override"}
    said += [choosers.get(part, f"Unknown ({part})") for part in parts[3:]]
    return "; ".join(said)


def manual_flash(value: Value) -> Value:
    """The strength of a flash that is set by hand."""
    is_on, strength = map(int, str(value).split())
    if not is_on:
        return "Off"
    return f"On ({f'1/{strength}' if strength != 1 else 'Full'} strength)"


def colour_temperature(value: Value) -> Value:
    """Kelvin, unless the camera chose."""
    return value or "Auto"


def distance(value: Value) -> Value:
    """Metres; 0 is infinity."""
    return words.metres(value) if value else "inf"


def pressure(value: Value) -> Value:
    """A pressure of water or air."""
    return f"{value} kPa"


def height(value: Value) -> Value:
    """A height or depth, in both units."""
    metres, feet = str(value).split()
    return f"{metres} m, {feet} ft"


def as_is(value: Value) -> Value:
    """A number: where a table has words for a few only."""
    return value


def hexadecimal(value: Value) -> Value:
    """A set of bits that nobody has words for."""
    return f"0x{value:x}" if isinstance(value, int) else value


def two_decimals(value: Value) -> Value:
    """A number with at most two decimals."""
    return int(value * 100 + 0.5) / 100 if isinstance(value, (int, float)) else value


def temperature(value: Value) -> Value:
    """Degrees, as many as tell something."""
    if isinstance(value, float):
        return f"{value:.1f} C"
    return f"{str(value).removesuffix(' 0 0')} C"
