"""CBOR (RFC 8949), as C2PA writes its claims and assertions: its values as tags."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
import math
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from mapy.blocks.structures import add_tags
from mapy.errors import LimitExceeded, MapyError, OutOfBounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP: Final = "CBOR"
NAMES: Final = {
    "dc:title": "Title",
    "dc:format": "Format",
    "thumbnailUrl": "ThumbnailURL",
}
_UNSIGNED: Final = 0
_BYTES: Final = 2
_TEXT: Final = 3
_LIST: Final = 4
_MAP: Final = 5
_SIMPLE: Final = 7
_LOW: Final = 31
_BREAK: Final = 0xFF
_INDEFINITE: Final = 31
_LONGEST_DIRECT: Final = 24
"""Below, the argument stands in the first byte itself."""
_ARGUMENT_SIZES: Final = {24: 1, 25: 2, 26: 4, 27: 8}
"""Bytes of the argument behind the first byte, by what that says of it."""
_FLOATS: Final = {25: Struct(">e"), 26: Struct(">f"), 27: Struct(">d")}
_SIMPLES: Final[dict[int, bool | str | None]] = {20: False, 21: True, 22: None, 23: "undef"}
_LONGEST_NUMBER: Final = 64
"""Bytes of a big number; a longer one stays bytes."""
_LARGEST_EXPONENT: Final = 300
_UNIX_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND: Final = 2**37


class _Malformed(MapyError):  # noqa: N818 - names what happened, as the public errors do
    """The bytes are no CBOR. Leaves the decoder, never this module."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a block of one or more values."""
    decoder = _Decoder(view.take(0, view.size), reading)
    try:
        while decoder.at < view.size:
            add_tags(GROUP, decoder.first(), view, reading, NAMES)
    except _Malformed as malformed:
        reading.problem(malformed.code, malformed.message, view.span(decoder.at, 0))


def decode(content: bytes, reading: Reading) -> Any:  # noqa: ANN401 - a value of CBOR
    """The value that some bytes begin with; None where they are no CBOR.

    Raises:
        OutOfBounds, LimitExceeded: it is cut short, or more than is allowed.
    """
    try:
        return _Decoder(content, reading).first()
    except _Malformed:
        return None


class _Decoder:
    """Reads values one behind the other."""

    __slots__ = ("_content", "_deepest", "_spend", "at")

    def __init__(self, content: bytes, reading: Reading) -> None:
        self._content = content
        self._deepest = reading.limits.box_depth
        self._spend = reading.budget.spend
        self.at = 0

    def first(self) -> Any:  # noqa: ANN401 - a value of CBOR
        """The next value that lies in no other.

        Raises:
            OutOfBounds, LimitExceeded, _Malformed: there is none, or more than is allowed.
        """
        self._spend("nodes")
        return self._value(0)

    def _value(self, depth: int) -> Any:  # noqa: ANN401 - a value of CBOR
        """The next value, which lies inside so many others."""
        content, at = self._content, self.at
        try:
            first = content[at]
        except IndexError:
            raise OutOfBounds("cbor.cut-short", "A value of CBOR is missing.") from None
        at += 1
        major, argument = first >> 5, first & _LOW
        if argument >= _LONGEST_DIRECT and major != _SIMPLE:
            if argument == _INDEFINITE:
                self.at = at
                return self._indefinite(major, depth)
            size = _ARGUMENT_SIZES.get(argument)
            if size is None:
                raise _Malformed("cbor.malformed", "CBOR has a length of no known kind.")
            end = at + size
            if end > len(content):
                raise _cut_short()
            argument = int.from_bytes(content[at:end], "big")
            at = end
        if major == _TEXT:  # most values are texts and numbers
            end = at + argument
            if end > len(content):
                raise _cut_short()
            self.at = end
            return content[at:end].decode("utf-8", "replace")
        self.at = at
        return argument if major == _UNSIGNED else _READERS[major](self, argument, depth)

    def _bytes(self, size: int) -> bytes:
        at = self.at
        end = at + size
        if end > len(self._content):
            raise _cut_short()
        self.at = end
        return self._content[at:end]

    def _enter(self, values: int, depth: int) -> int:
        """Pay for the values inside one; returns their depth."""
        if values > len(self._content) - self.at:  # each takes a byte at least
            raise _cut_short()
        if depth >= self._deepest:
            raise LimitExceeded("limit.box-depth", "CBOR lies too deep inside itself.")
        self._spend("nodes", values)
        return depth + 1

    def unsigned(self, argument: int, _: int) -> int:
        """A number: the argument itself."""
        return argument

    def negative(self, argument: int, _: int) -> int:
        """A negative number."""
        return -1 - argument

    def byte_string(self, size: int, _: int) -> bytes:
        """Bytes."""
        return self._bytes(size)

    def text(self, size: int, _: int) -> str:
        """A text."""
        return self._bytes(size).decode("utf-8", "replace")

    def array(self, count: int, depth: int) -> list[Any]:
        """A list of so many values."""
        depth = self._enter(count, depth)
        return [self._value(depth) for _ in range(count)]

    def map(self, count: int, depth: int) -> dict[str, Any]:
        """A map of so many pairs."""
        depth = self._enter(2 * count, depth)
        found: dict[str, Any] = {}
        for _ in range(count):
            key = self._value(depth)
            found[key if type(key) is str else _key(key)] = self._value(depth)
        return found

    def tag(self, number: int, depth: int) -> Any:  # noqa: ANN401 - a value of CBOR
        """A value with a meaning (RFC 8949, section 3.4): times and numbers; the others stay."""
        value = self._value(self._enter(1, depth))
        means = _TAGS.get(number)
        return value if means is None else means(value)

    def _indefinite(self, major: int, depth: int) -> Any:  # noqa: ANN401 - a value of CBOR
        """What ends with a mark, and not after a length."""
        if major not in (_BYTES, _TEXT, _LIST, _MAP):
            raise _Malformed("cbor.malformed", "A CBOR number has no length.")
        pieces: list[Any] = []
        while not self._ended():
            pieces.append(self._value(self._enter(1, depth)))
            if major == _MAP:
                pieces[-1] = _key(pieces[-1]), self._value(self._enter(1, depth))
        if major == _LIST:
            return pieces
        if major == _MAP:
            return dict(pieces)
        kind = bytes if major == _BYTES else str
        if not all(isinstance(piece, kind) for piece in pieces):
            raise _Malformed("cbor.malformed", "A CBOR text is made of what is no text.")
        return kind().join(pieces)

    def _ended(self) -> bool:
        if self._bytes(1)[0] == _BREAK:
            return True
        self.at -= 1
        return False

    def simple(self, low: int, _: int) -> bool | float | str | None:
        """A value of no type of its own, or a number with a fraction."""
        if low in _SIMPLES:
            return _SIMPLES[low]
        layout = _FLOATS.get(low)
        if layout is None:
            raise _Malformed("cbor.malformed", "CBOR has a value of no known kind.")
        return float(layout.unpack(self._bytes(layout.size))[0])


_READERS: Final[tuple[Callable[[_Decoder, int, int], Any], ...]] = (
    _Decoder.unsigned,
    _Decoder.negative,
    _Decoder.byte_string,
    _Decoder.text,
    _Decoder.array,
    _Decoder.map,
    _Decoder.tag,
    _Decoder.simple,
)
"""By the three bits that begin a value (RFC 8949, section 3.1): what reads it."""


def _cut_short() -> OutOfBounds:
    return OutOfBounds("cbor.cut-short", "A value of CBOR is cut short.")


def _key(value: Any) -> str:  # noqa: ANN401 - a value of CBOR
    return str(value) if isinstance(value, int | str) else "key"


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
        exponent, mantissa = value  # true and false are no numbers here, though Python's int
        if type(exponent) is not int or abs(exponent) > _LARGEST_EXPONENT:
            return value
        if type(mantissa) is not int or mantissa.bit_length() > _LONGEST_NUMBER:
            return value
        return make(mantissa, exponent)

    return read


_TAGS: Final[dict[int, Callable[[Any], Any]]] = {
    0: _date,
    1: _seconds,
    2: _number,
    3: _negative,
    4: _scaled(_decimal),
    5: _scaled(_binary),
}
