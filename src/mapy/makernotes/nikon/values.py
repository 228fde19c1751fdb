"""How Nikon's numbers become values, and values words. Shared by its directories and records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mapy.explain import numbers, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.model import Tag
    from mapy.tags.definition import Converter, Formatter, Value


def version(tag: Tag) -> Value:
    """Four digits: as text, or as four bytes."""
    raw = tag.raw
    if isinstance(raw, bytes) and raw[:1] <= b"\x09":
        return "".join(map(str, raw[:4]))
    return numbers.plain(tag)


def said_version(value: Value) -> Value:
    """`2.10` of `0210`."""
    if isinstance(value, str) and value[:2].isdigit():
        return f"{value[:2]}.{value[2:]}".removeprefix("0")
    return value


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte  # noqa: PLR2004 - two's complement


def fraction_of_bytes(tag: Tag) -> Value:
    """Three bytes: a number of steps, times one over the other."""
    if len(tag.raw) < 3:  # noqa: PLR2004 - as many are needed
        return 0
    steps, numerator, denominator = map(_signed, tag.raw[:3])
    return steps * (numerator / denominator) if denominator else 0


def unsigned_fraction_of_bytes(tag: Tag) -> Value:
    """The same of bytes without a sign."""
    if len(tag.raw) < 3:  # noqa: PLR2004 - as many are needed
        return 0
    steps, numerator, denominator = tag.raw[:3]
    return steps * (numerator / denominator) if denominator else 0


def scaled(function: Callable[[Any], float]) -> Converter:
    """A number, or each of several, by a formula."""

    def convert(tag: Tag) -> Value:
        return function(tag.raw)

    return convert


def f_number(raw: int) -> float:
    """24 steps a doubling of the aperture's number."""
    return float(2 ** (raw / 24))


def focal_length(raw: int) -> float:
    """24 steps a doubling, from 5 mm on."""
    return float(5 * 2 ** (raw / 24))


def exit_pupil(raw: int) -> float:
    """Millimetres from a reciprocal."""
    return 2048 / raw if raw else raw


def distance(raw: int) -> float:
    """Metres: 40 steps a factor of ten, from 1 cm on."""
    return float(0.01 * 10 ** (raw / 40))


def iso(raw: int) -> float:
    """12 steps a doubling."""
    return float(100 * 2 ** (raw / 12 - 5))


def twelfth(raw: int) -> float:
    """Stops, written as twelfths."""
    return raw / 12


def sixth_down(raw: int) -> float:
    """EV, written as negative sixths."""
    return -raw / 6 if raw else 0


def third_down(raw: int) -> float:
    """EV, written as negative thirds."""
    return -raw / 3 if raw else 0


def sixth(raw: int) -> float:
    """EV, written as sixths."""
    return raw / 6


def flash_output(raw: int) -> float:
    """A share of the full output: 6 steps a halving."""
    return float(2 ** (-raw / 6))


def number(value: Value) -> float:
    """The value, which has to be a number."""
    if not isinstance(value, (int, float)):
        raise TypeError
    return value


def with_sign(value: Value) -> Value:
    """`+1.3`, `0`."""
    return f"{number(value):+.1f}" if value else 0


def with_sign_or_fraction(value: Value) -> Value:
    """Steps of exposure of a flash."""
    return words.fraction(value)


def decimals(places: int, unit: str = "") -> Formatter:
    """A number with so many decimals, and a unit."""

    def say(value: Value) -> Value:
        return f"{number(value):.{places}f}{unit}"

    return say


def metres(value: Value) -> Value:
    """A distance; 0 stands for infinity."""
    return f"{number(value):.2f} m" if value else "inf"


def stops(value: Value) -> Value:
    """`6.0`, `5.33`."""
    return f"{number(value):.2f}".removesuffix("0")


def whole(value: Value) -> Value:
    """The nearest whole number."""
    return int(number(value) + 0.5)


def hex_byte(value: Value) -> Value:
    """`0x1f`."""
    return f"0x{int(number(value)):02x}"


def percent(value: Value) -> Value:
    """A share of the flash's output."""
    share = number(value)
    return "Full" if share > 0.99 else f"{share * 100:.0f}%"  # noqa: PLR2004 - rounding


_SHOUTED = re.compile("[A-Z]{2,}")
_KEPT_CAPITALS = {"AF", "RAW"}
_VOWELS = frozenset("AEIOUY")


def title_case(value: Value) -> Value:
    """`Normal` of `NORMAL  `; what has no vowel is an abbreviation and stays."""
    return _SHOUTED.sub(_quiet, value.rstrip()) if isinstance(value, str) else value


def _quiet(found: re.Match[str]) -> str:
    word = found[0]
    return word if word in _KEPT_CAPITALS or _VOWELS.isdisjoint(word) else word.capitalize()


def listed(value: Value) -> Value:
    """A list without the zero in front that stands for nothing: `200` of `0 200`."""
    return value.removeprefix("0 ") if isinstance(value, str) else value


def said_iso(value: Value) -> Value:
    """A sensitivity of the main directory: `0 200`, or `1 200` above the scale."""
    if not isinstance(value, str):
        return value
    return listed(value.replace("1 ", "Hi ", 1) if value.startswith("1 ") else value)


def little_number(tag: Tag) -> Value:
    """A mask of points, the first byte the lowest."""
    return int.from_bytes(tag.raw, "little")


def hex_bytes(tag: Tag) -> Value:
    """Each byte in two digits: a bit a point."""
    return tag.raw.hex(" ") if isinstance(tag.raw, bytes) else numbers.plain(tag)


def millimetres(value: Value) -> Value:
    """A focal length."""
    return words.millimetres(value)


def hertz(value: Value) -> Value:
    """A rate."""
    return f"{value} Hz"
