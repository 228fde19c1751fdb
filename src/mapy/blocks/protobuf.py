"""Protocol Buffers: fields of a number and a value, without the schema that tells their meaning."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mapy.errors import OutOfBounds

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from mapy.limits import Budget

_NUMBER: Final = 0
_DOUBLE: Final = 1
_BYTES: Final = 2
_FLOAT: Final = 5
_FIXED: Final = {_DOUBLE: Struct("<d"), _FLOAT: Struct("<f")}
_TYPE_BITS: Final = 3
_TYPE: Final = (1 << _TYPE_BITS) - 1
_MORE: Final = 0x80
_LONGEST: Final = 10
"""Bytes of a number of 64 bits."""


class Field(NamedTuple):
    """One field."""

    number: int
    value: Any
    """int, float or bytes, by the type that it is written as; the bytes may hold other fields."""
    at: int
    """Where the value begins in the message."""
    size: int


def fields(message: bytes, budget: Budget, numbers: Container[int]) -> Iterator[Field]:
    """The fields of a message that have these numbers, in their order.

    Raises:
        OutOfBounds: one is cut short, or of a type that there is not.
        LimitExceeded: there are more than `Limits.nodes`.
    """
    at, size = 0, len(message)
    while at < size:
        budget.spend("nodes")
        key, at = _number(message, at)
        kind, number = key & _TYPE, key >> _TYPE_BITS
        value: Any = None
        if kind == _BYTES:
            length, at = _number(message, at)
            end = at + length
        elif kind == _NUMBER:
            value, end = _number(message, at)
        elif kind in _FIXED:
            end = at + _FIXED[kind].size
        else:
            raise OutOfBounds("protobuf.malformed", "A message has a field of no known type.")
        if end > size:
            raise OutOfBounds("protobuf.cut-short", "A message is cut short.")
        if number in numbers:
            if kind == _BYTES:
                value = message[at:end]
            elif kind in _FIXED:
                value = _FIXED[kind].unpack_from(message, at)[0]
            yield Field(number, value, at, end - at)
        at = end


def _number(message: bytes, at: int) -> tuple[int, int]:
    """The number that stands there, seven bits a byte; and where it ends."""
    if at < len(message) and message[at] < _MORE:  # as nearly all are
        return message[at], at + 1
    value = 0
    for place, byte in enumerate(message[at : at + _LONGEST]):
        value |= (byte & ~_MORE) << 7 * place
        if not byte & _MORE:
            return value, at + place + 1
    raise OutOfBounds("protobuf.cut-short", "A message is cut short.")
