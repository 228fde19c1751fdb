"""The values of an entry of TIFF (TIFF 6.0, section 2): numbers and rationals from their bytes."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any

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

    from mapy.buffer import ByteView

BYTES = frozenset(number for number, kind in TIFF_TYPES.items() if not kind.code)
"""Types whose values stay together as bytes."""
_RATIONALS = frozenset({RATIONAL, SRATIONAL})
_COMMON_COUNTS = 17


def _singles(order: str, inline: int) -> dict[int, tuple[int, int, int]]:
    found: dict[int, tuple[int, int, int]] = {}
    # A byte of no type is a number, too: FileSource and SceneType are UNDEFINED.
    for kind in (BYTE, SHORT, LONG, IFD, UNDEFINED):
        size = TIFF_TYPES[kind].size
        shift = 0 if order == "<" else 8 * (inline - size)
        found[kind] = size, shift, (1 << 8 * size) - 1
    return found


SINGLE = {(order, inline): _singles(order, inline) for order in "<>" for inline in (4, 8)}
"""One number in the field of its entry, by byte order and bytes of the field, then by type.

Of each type the bytes, by how many bits the number has to be shifted, and its mask.
"""
_LAYOUTS = {
    order: {
        number: [Struct(order + kind.code * count) for count in range(_COMMON_COUNTS)]
        for number, kind in TIFF_TYPES.items()
        if kind.code
    }
    for order in "<>"
}
"""By byte order and type: the layouts of few values, which nearly all entries have."""


def numbers(view: ByteView, place: int, order: str, kind: int, count: int) -> Any:  # noqa: ANN401 - as Tag.raw
    """The numbers or rationals at a place; one alone is no tuple.

    Raises:
        OutOfBounds: they do not all lie within the view.
    """
    if count < _COMMON_COUNTS:
        layout = _LAYOUTS[order][kind][count]
    else:
        code = TIFF_TYPES[kind].code
        layout = Struct(f"{order}{count * len(code)}{code[0]}")
    found = view.unpack(layout, place)
    if kind not in _RATIONALS:
        return found[0] if count == 1 else found
    if count == 1:
        return _rational(Rational, found)
    pairs = iter(found)
    return tuple([_rational(Rational, pair) for pair in zip(pairs, pairs, strict=True)])


_rational: Callable[[type[Rational], tuple[int, ...]], Rational] = tuple.__new__
