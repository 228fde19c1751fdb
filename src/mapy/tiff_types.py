"""The value types of TIFF 6.0 (section 2), of its supplements, and of BigTIFF."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.tags.definition import Value

PLAIN: Final = 0
"""Not of TIFF: the raw value is a Python value already."""
BYTE: Final = 1
ASCII: Final = 2
SHORT: Final = 3
LONG: Final = 4
RATIONAL: Final = 5
SBYTE: Final = 6
UNDEFINED: Final = 7
SSHORT: Final = 8
SLONG: Final = 9
SRATIONAL: Final = 10
FLOAT: Final = 11
DOUBLE: Final = 12
IFD: Final = 13
LONG8: Final = 16
SLONG8: Final = 17
IFD8: Final = 18
UTF8: Final = 129


class Rational(NamedTuple):
    """A numerator and a denominator as they stand in the file: 10/20 stays so, 0/0 is possible."""

    numerator: int
    denominator: int


class TiffType(NamedTuple):
    """One value type."""

    name: str
    size: int
    """Bytes of one value."""
    code: str
    """Of `struct`; empty where the bytes stay together."""


TIFF_TYPES: Final = {
    BYTE: TiffType("BYTE", 1, ""),
    ASCII: TiffType("ASCII", 1, ""),
    SHORT: TiffType("SHORT", 2, "H"),
    LONG: TiffType("LONG", 4, "I"),
    RATIONAL: TiffType("RATIONAL", 8, "II"),
    SBYTE: TiffType("SBYTE", 1, "b"),
    UNDEFINED: TiffType("UNDEFINED", 1, ""),
    SSHORT: TiffType("SSHORT", 2, "h"),
    SLONG: TiffType("SLONG", 4, "i"),
    SRATIONAL: TiffType("SRATIONAL", 8, "ii"),
    FLOAT: TiffType("FLOAT", 4, "f"),
    DOUBLE: TiffType("DOUBLE", 8, "d"),
    IFD: TiffType("IFD", 4, "I"),
    LONG8: TiffType("LONG8", 8, "Q"),
    SLONG8: TiffType("SLONG8", 8, "q"),
    IFD8: TiffType("IFD8", 8, "Q"),
    UTF8: TiffType("UTF-8", 1, ""),
}
SIZES: Final = {number: kind.size for number, kind in TIFF_TYPES.items()}
TYPE_NAMES: Final = {number: kind.name for number, kind in TIFF_TYPES.items()} | {PLAIN: ""}


def decimal(numerator: int, denominator: int) -> int | float | str:
    """A rational as a number of ten significant digits; "inf" and "undef" where it is none."""
    if denominator:
        if not numerator % denominator:
            return numerator // denominator
        if denominator in _POWERS_OF_TEN and -_ELEVEN_DIGITS < numerator < _ELEVEN_DIGITS:
            return numerator / denominator  # has ten digits at most
        return float(TEN_DIGITS % (numerator / denominator))
    return "inf" if numerator else "undef"


TEN_DIGITS: Final = "%.10g"
"""Of `%`, which makes a text of a number in less time than a format."""
_ELEVEN_DIGITS: Final = 10**10
_POWERS_OF_TEN: Final = frozenset(10**power for power in range(1, 10))


def number_text(value: Value) -> str:
    """A number as text: 15 significant digits, as a double holds them."""
    if isinstance(value, float):
        if math.isfinite(value):
            return f"{value:.15g}"
        return "NaN" if math.isnan(value) else "Inf" if value > 0 else "-Inf"
    return str(value)


def text(raw: bytes) -> str:
    """The text before the first NUL: UTF-8 where it is, else Windows-1252 or Latin-1.

    The standard says ASCII; these are what programs write in fact.
    """
    end = raw.find(b"\0")
    if end >= 0:
        raw = raw[:end]
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _western(raw)


def _western(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _undefined(raw: int | bytes | tuple[int, ...]) -> Value:
    return text(raw) if isinstance(raw, bytes) else _number(raw)


def _byte(raw: int | bytes | tuple[int, ...]) -> Value:
    if isinstance(raw, bytes):
        return byte_list(raw)
    return _number(raw)


def _number(raw: int | tuple[int, ...]) -> Value:
    return raw if isinstance(raw, int) else spaced(raw)


def spaced(numbers: tuple[int, ...]) -> str:
    """Whole numbers as one text, a blank between them."""
    return ("%s " * len(numbers) % numbers)[:-1]  # in C, where a join would be a call for each


_BYTES: Final = [str(byte) for byte in range(256)]


def byte_list(content: bytes) -> str:
    """Each byte as a number, as `spaced` has them."""
    return " ".join([_BYTES[byte] for byte in content])


def _float(raw: float | tuple[float, ...]) -> Value:
    if isinstance(raw, tuple):
        text = ("%.15g " * len(raw) % raw)[:-1]
        return " ".join(map(number_text, raw)) if "n" in text else text  # of "nan" and "inf"
    return raw if math.isfinite(raw) else number_text(raw)


def _rational(raw: Rational | tuple[Rational, ...]) -> Value:
    if isinstance(raw, Rational):
        return decimal(raw[0], raw[1])
    return " ".join([_decimal_text(above, below) for above, below in raw])


def _decimal_text(numerator: int, denominator: int) -> str:
    """`decimal` as text."""
    if denominator and numerator % denominator:
        text = TEN_DIGITS % (numerator / denominator)
        if "e" not in text:
            return text
    return number_text(decimal(numerator, denominator))


def _plain(raw: Value) -> Value:
    return raw


# `Any`: the raw value's type follows from the number of the TIFF type.
MACHINE: Final[dict[int, Callable[[Any], Value]]] = {
    **dict.fromkeys((SHORT, LONG, SBYTE, SSHORT, SLONG, IFD, LONG8, SLONG8, IFD8), _number),
    **dict.fromkeys((FLOAT, DOUBLE), _float),
    **dict.fromkeys((RATIONAL, SRATIONAL), _rational),
    **dict.fromkeys((ASCII, UTF8), text),
    BYTE: _byte,
    UNDEFINED: _undefined,
    PLAIN: _plain,
}
