"""CBOR (RFC 8949), as C2PA writes its claims and assertions: its values as tags."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
import math
from struct import Struct
from typing import TYPE_CHECKING, Any

from mapy.blocks.structures import add_tags
from mapy.errors import LimitExceeded, MapyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "CBOR"
NAMES = {
    "dc:title": "Title",
    "dc:format": "Format",
    "thumbnailUrl": "ThumbnailURL",
}
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, _SIMPLE = range(8)
_BREAK = 0xFF
_INDEFINITE = 31
_LONGEST_DIRECT = 24
"""Below, the argument stands in the first byte itself."""
_ARGUMENTS = {24: Struct(">B"), 25: Struct(">H"), 26: Struct(">I"), 27: Struct(">Q")}
_FLOATS = {25: Struct(">e"), 26: Struct(">f"), 27: Struct(">d")}
_SIMPLES: dict[int, bool | str | None] = {20: False, 21: True, 22: None, 23: "undef"}
_LONGEST_NUMBER = 64
"""Bytes of a big number; a longer one stays bytes."""
_LARGEST_EXPONENT = 300
_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 2**37


class _Malformed(MapyError):  # noqa: N818 - names what happened, as the public errors do
    """The bytes are no CBOR. Leaves the decoder, never this module."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a block of one or more values."""
    decoder = _Decoder(view, reading)
    try:
        while decoder.at < len(view):
            add_tags(GROUP, decoder.value(0), view, reading, NAMES)
    except _Malformed as malformed:
        reading.problem(malformed.code, malformed.message, view.span(decoder.at, 0))


class _Decoder:
    """Reads values one behind the other."""

    def __init__(self, view: ByteView, reading: Reading) -> None:
        self._view = view
        self._reading = reading
        self.at = 0

    def value(self, depth: int) -> Any:  # noqa: ANN401 - a value of CBOR
        """The next value.

        Raises:
            OutOfBounds, LimitExceeded, _Malformed: there is none, or more than is allowed.
        """
        self._reading.budget.spend("nodes")
        if depth > self._reading.limits.box_depth:
            raise LimitExceeded("limit.box-depth", "CBOR lies too deep inside itself.")
        first = self._view.u8(self.at)
        self.at += 1
        major, low = first >> 5, first & 31
        if major == _SIMPLE:
            return self._simple(low)
        if low == _INDEFINITE:
            return self._indefinite(major, depth)
        return self._definite(major, self._argument(low), depth)

    def _argument(self, low: int) -> int:
        if low < _LONGEST_DIRECT:
            return low
        layout = _ARGUMENTS.get(low)
        if layout is None:
            raise _Malformed("cbor.malformed", "CBOR has a length of no known kind.")
        return int(self._unpack(layout))

    def _unpack(self, layout: Struct) -> Any:  # noqa: ANN401 - a number by its layout
        value = self._view.unpack(layout, self.at)[0]
        self.at += layout.size
        return value

    def _definite(self, major: int, argument: int, depth: int) -> Any:  # noqa: ANN401 - a value of CBOR
        if major == _UNSIGNED:
            return argument
        if major == _NEGATIVE:
            return -1 - argument
        if major in (_BYTES, _TEXT):
            content = self._view.take(self.at, argument)
            self.at += argument
            return content if major == _BYTES else content.decode("utf-8", "replace")
        if major == _LIST:
            return [self.value(depth + 1) for _ in range(argument)]
        if major == _MAP:
            return dict(self._pair(depth) for _ in range(argument))
        return _tagged(argument, self.value(depth + 1))

    def _pair(self, depth: int) -> tuple[str, Any]:
        key = self.value(depth + 1)
        name = str(key) if isinstance(key, int | str) else "key"
        return name, self.value(depth + 1)

    def _indefinite(self, major: int, depth: int) -> Any:  # noqa: ANN401 - a value of CBOR
        """What ends with a mark, and not after a length."""
        if major in (_LIST, _BYTES, _TEXT):
            pieces = []
            while not self._ended():
                pieces.append(self.value(depth + 1))
            if major == _LIST:
                return pieces
            kind = bytes if major == _BYTES else str
            if not all(isinstance(piece, kind) for piece in pieces):
                raise _Malformed("cbor.malformed", "A CBOR text is made of what is no text.")
            return kind().join(pieces)
        if major == _MAP:
            pairs: dict[str, Any] = {}
            while not self._ended():
                key, value = self._pair(depth)
                pairs[key] = value
            return pairs
        raise _Malformed("cbor.malformed", "A CBOR number has no length.")

    def _ended(self) -> bool:
        if self._view.u8(self.at) != _BREAK:
            return False
        self.at += 1
        return True

    def _simple(self, low: int) -> bool | float | str | None:
        if low in _SIMPLES:
            return _SIMPLES[low]
        layout = _FLOATS.get(low)
        if layout is None:
            raise _Malformed("cbor.malformed", "CBOR has a value of no known kind.")
        return float(self._unpack(layout))


def _tagged(tag: int, value: Any) -> Any:  # noqa: ANN401 - a value of CBOR
    """A value with a meaning (RFC 8949, section 3.4): times and numbers; the others stay."""
    reader = _TAGS.get(tag)
    return value if reader is None else reader(value)


def _date(value: Any) -> Any:  # noqa: ANN401 - a value of CBOR
    """RFC 3339's date and time, as EXIF writes its own."""
    if isinstance(value, str) and value[4:5] == value[7:8] == "-":
        return value[:10].replace("-", ":") + value[10:].replace("T", " ", 1)
    return value


def _seconds(value: Any) -> Any:  # noqa: ANN401 - a value of CBOR
    """Seconds since 1970."""
    if not isinstance(value, int | float) or not 0 <= value < _LAST_SECOND:
        return value
    moment = _UNIX_EPOCH + timedelta(seconds=value)
    fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
    return f"{moment:%Y:%m:%d %H:%M:%S}{fraction}+00:00"


def _number(value: Any) -> Any:  # noqa: ANN401 - a value of CBOR
    if isinstance(value, bytes) and len(value) <= _LONGEST_NUMBER:
        return int.from_bytes(value, "big")
    return value


def _negative(value: Any) -> Any:  # noqa: ANN401 - a value of CBOR
    number = _number(value)
    return -1 - number if isinstance(number, int) else value


def _decimal(mantissa: int, exponent: int) -> float:
    return float(f"{mantissa}e{exponent}")


def _binary(mantissa: int, exponent: int) -> float:
    return math.ldexp(mantissa, exponent)


def _scaled(make: Callable[[int, int], float]) -> Callable[[Any], Any]:
    """A number in two parts: its exponent, its mantissa."""

    def read(value: Any) -> Any:  # noqa: ANN401 - a value of CBOR
        if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - the two of them
            return value
        exponent, mantissa = value
        if not isinstance(exponent, int) or abs(exponent) > _LARGEST_EXPONENT:
            return value
        if not isinstance(mantissa, int) or mantissa.bit_length() > _LONGEST_NUMBER:
            return value
        return make(mantissa, exponent)

    return read


_TAGS: dict[int, Callable[[Any], Any]] = {
    0: _date,
    1: _seconds,
    2: _number,
    3: _negative,
    4: _scaled(_decimal),
    5: _scaled(_binary),
}
