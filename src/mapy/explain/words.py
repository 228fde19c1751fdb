"""From a tag's machine value to words: units, fractions, degrees. Wording as photographers know it.

Each function takes a machine value and returns the readable one, or what it does not expect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy import wording

if TYPE_CHECKING:
    from mapy.tags.definition import Value


_LARGEST, _SMALLEST = 1e12, 1e-12
"""What a formatter words; beyond it a value is no measurement."""


def _number(value: Value) -> float | None:
    """The value as a float; None for texts, for lists, and for what no camera measures."""
    if not isinstance(value, (int, float)) or not -_LARGEST < value < _LARGEST:
        return None
    return float(value) if abs(value) > _SMALLEST else 0.0


_QUARTER = 0.25001
"""Exposures up to a quarter of a second are written as fractions."""


def exposure_time(value: Value) -> Value:
    """`1/500`, or seconds with one decimal."""
    seconds = _number(value)
    if seconds is None:
        return value
    if 0 < seconds < _QUARTER:
        return f"1/{int(0.5 + 1 / seconds)}"
    return f"{seconds:.1f}".removesuffix(".0")


def f_number(value: Value) -> Value:
    """One decimal; two below 1, where lenses are told apart by them."""
    number = _number(value)
    if number is None:
        return value
    return f"{number:.1f}" if number >= 1 or number <= 0 else f"{number:.2f}"


def one_decimal(value: Value) -> Value:
    """A number with one decimal."""
    number = _number(value)
    return value if number is None else f"{number:.1f}"


def fraction(value: Value) -> Value:
    """Steps of exposure: `+1/3`, `-2/3`, `+1`, `0`."""
    number = _number(value)
    if number is None:
        return value
    number *= 1.00001  # so that rounding never falls below a whole step
    if not number:
        return 0
    for denominator in (1, 2, 3):
        steps = number * denominator
        if int(steps) / steps > 0.999:  # noqa: PLR2004 - as near as rationals are written
            return f"{int(steps):+d}" + (f"/{denominator}" if denominator > 1 else "")
    return f"{number:+.3g}"


_RATES = ("bps", "kbps", "Mbps", "Gbps")
_THOUSAND, _HUNDRED = 1000, 100


def bit_rate(value: Value) -> Value:
    """Bits in a second."""
    number = _number(value)
    if number is None:
        return value
    unit = 0
    while number >= _THOUSAND and unit < len(_RATES) - 1:
        number /= _THOUSAND
        unit += 1
    said = f"{number:.3g}" if number < _HUNDRED else f"{number:.0f}"
    return f"{said} {_RATES[unit]}"


def metres(value: Value) -> Value:
    """A length in metres."""
    return value if value in ("inf", "undef") else f"{_text(value)} m"


def millimetres(value: Value) -> Value:
    """A length in millimetres."""
    return f"{_text(value)} mm"


def millimetres_1(value: Value) -> Value:
    """A length in millimetres with one decimal."""
    number = _number(value)
    return f"{_text(value)} mm" if number is None else f"{number:.1f} mm"


def celsius(value: Value) -> Value:
    """A temperature."""
    return f"{_text(value)} C"


def _text(value: Value) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def degrees(value: Value) -> Value:
    """Degrees, minutes and seconds."""
    number = _number(value)
    if number is None:
        return value
    hundredths = round(abs(number) * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{whole} deg {minutes}' {seconds / 100:.2f}\""


def unknown_code(value: Value) -> Value:
    """A code that is a set of bits, where its table has no words for it."""
    return wording.unknown_digits(value) if isinstance(value, int) else value


def dotted(value: Value) -> Value:
    """A version: its numbers parted by dots."""
    return value.replace(" ", ".") if isinstance(value, str) else value


_COMPONENTS = {"0": "-", "1": "Y", "2": "Cb", "3": "Cr", "4": "R", "5": "G", "6": "B"}


def components(value: Value) -> Value:
    """The channels of a pixel: `Y, Cb, Cr, -`."""
    if not isinstance(value, str):
        return value
    return ", ".join(_COMPONENTS.get(code, f"Err ({code})") for code in value.split())


_CFA_COLOURS = {
    "0": "Red", "1": "Green", "2": "Blue", "3": "Cyan", "4": "Magenta", "5": "Yellow", "6": "White",
}  # fmt: skip


def cfa_pattern(value: Value) -> Value:
    """The colours of a filter array, row by row: `[Red,Green][Green,Blue]`."""
    if not isinstance(value, str):
        return value
    numbers = value.split()
    if len(numbers) < 2 or not all(number.isdigit() for number in numbers[:2]):  # noqa: PLR2004
        return "<truncated data>"
    columns, rows = int(numbers[0]), int(numbers[1])
    if not columns or not rows:
        return "<zero pattern size>"
    cells = numbers[2:]
    if len(cells) < columns * rows:
        return "<invalid pattern size>"
    lines = [cells[row * columns : (row + 1) * columns] for row in range(rows)]
    return "".join(f"[{','.join(_CFA_COLOURS.get(c, 'Unknown') for c in line)}]" for line in lines)


def cfa_colours(value: Value) -> Value:
    """The colours of a filter array of 2 by 2."""
    if not isinstance(value, str):
        return value
    cells = value.split()
    if len(cells) != 4:  # noqa: PLR2004 - two rows of two
        return value
    names = [_CFA_COLOURS.get(cell, "Unknown") for cell in cells]
    return f"[{names[0]},{names[1]}][{names[2]},{names[3]}]"


def cfa_plane(value: Value) -> Value:
    """The colour of each plane."""
    if not isinstance(value, str):
        return value
    return ",".join(_CFA_COLOURS.get(cell, "Unknown") for cell in value.split())


_WHOLE = re.compile(r"\.0+$")


def lens(value: Value) -> Value:
    """Focal lengths and apertures of a lens: `24-70mm f/2.8`."""
    if isinstance(value, list):
        value = " ".join(map(_text, value))
    if not isinstance(value, str):
        return value
    parts = value.split()
    if len(parts) != 4:  # noqa: PLR2004 - shortest, longest, and the aperture at each
        return value
    short, long, wide, tele = ("?" if part in ("undef", "inf") else part for part in parts)
    focal = short if long in (short, "0") or long == "?" == short else f"{short}-{long}"
    aperture = wide if tele in (wide, "0") or tele == "?" == wide else f"{wide}-{tele}"
    return f"{focal}mm f/{aperture}"
