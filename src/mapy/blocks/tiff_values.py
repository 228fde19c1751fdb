"""The values of an entry of TIFF (TIFF 6.0, section 2): numbers and rationals from their bytes."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mapy.tiff_types import (
    BYTE,
    IFD,
    LONG,
    RATIONAL,
    SHORT,
    SRATIONAL,
    TIFF_TYPES,
    UNDEFINED,
    Rational,
)

if TYPE_CHECKING:
    from collections.abc import Callable


Reader: TypeAlias = tuple[int, tuple[Struct, ...], str, bool]
"""What reads the values of a type in one byte order.

The bytes of one value. The layouts of no value, of one, and so on, as nearly all entries have them:
none where the bytes stay together. The code of `struct` for more values, where the number of their
numbers is to be filled in. Whether two numbers are one value.
"""
_RATIONALS: Final = frozenset({RATIONAL, SRATIONAL})
_FEW: Final = 16


def _reader(order: str, kind: int) -> Reader:
    _, size, code = TIFF_TYPES[kind]
    few = tuple(Struct(order + code * count) for count in range(_FEW + 1)) if code else ()
    return size, few, f"{order}%d{code[:1]}", kind in _RATIONALS


READERS: Final = {order: {kind: _reader(order, kind) for kind in TIFF_TYPES} for order in "<>"}
"""By byte order, then by type."""


def _singles(order: str, inline: int) -> dict[int, tuple[int, int, int]]:
    found: dict[int, tuple[int, int, int]] = {}
    # A byte of no type is a number, too: FileSource and SceneType are UNDEFINED.
    for kind in (BYTE, SHORT, LONG, IFD, UNDEFINED):
        size = TIFF_TYPES[kind].size
        shift = 0 if order == "<" else 8 * (inline - size)
        found[kind] = size, shift, (1 << 8 * size) - 1
    return found


SINGLE: Final = {(order, inline): _singles(order, inline) for order in "<>" for inline in (4, 8)}
"""One number in the field of its entry, by byte order and bytes of the field, then by type.

Of each type the bytes, by how many bits the number has to be shifted, and its mask.
"""


def many(reader: Reader, count: int) -> Struct:
    """The layout of so many values, more than there are layouts of."""
    _, _, code, is_rational = reader
    return Struct(code % (2 * count if is_rational else count))


def rational(numbers: tuple[Any, ...]) -> Rational:
    """The rational that two numbers are."""
    return _rational(Rational, numbers)


def rationals(numbers: tuple[Any, ...]) -> tuple[Rational, ...]:
    """The rationals that pairs of numbers are."""
    pairs = iter(numbers)
    return tuple([_rational(Rational, pair) for pair in zip(pairs, pairs, strict=True)])


_rational: Final[Callable[[type[Rational], tuple[int, ...]], Rational]] = tuple.__new__
