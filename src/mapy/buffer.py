"""`ByteView`: the only place that indexes bytes.

A view is a stretch of the file with its own offsets, which begin at 0, and it knows where it lies.
Every access is checked against its bounds, so a reader can trust no offset and stay simple.
"""

from __future__ import annotations

import struct
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from mapy.errors import OutOfBounds, Span
from mapy.limits import KIB

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.limits import Budget
    from mapy.source import Source

_span: Final[Callable[[type[Span], tuple[int, int]], Span]] = tuple.__new__  # at half the price
FIRST_READ: Final = 64 * KIB
"""What is read at once: the metadata of nearly every JPEG lies within."""
WINDOW: Final = 16 * KIB
"""What is read when something further away is needed."""

_U8: Final = Struct("B")
_U16BE: Final = Struct(">H")
_U32BE: Final = Struct(">I")
_U16LE: Final = Struct("<H")
_U32LE: Final = Struct("<I")


class ByteView:
    """A checked stretch of bytes, in memory as a whole."""

    __slots__ = ("_data", "size", "start")

    def __init__(self, data: bytes, start: int = 0) -> None:
        self._data = data
        self.start = start
        self.size = len(data)

    @classmethod
    def over(cls, source: Source, budget: Budget) -> ByteView:
        """A view of a whole source, of which only what is asked for is read."""
        data = source.read_at(0, FIRST_READ)
        if source.size > len(data):
            return _Window(data, source, budget)
        return cls(data)

    def __len__(self) -> int:
        return self.size

    def span(self, offset: int, length: int) -> Span:
        """The place in the file of a stretch of this view."""
        return _span(Span, (self.start + offset, length))

    def take(self, offset: int, size: int) -> bytes:
        """`size` bytes at `offset`.

        Raises:
            OutOfBounds: they do not all lie within the view.
        """
        if offset < 0 or size < 0 or offset + size > self.size:
            raise _outside()
        if size == self.size:
            return self._data  # of a slice compiled code would make a copy
        return self._data[offset : offset + size]

    def whole(self) -> bytes | None:
        """All of it, where that is in memory: for who checks each place by `size` already."""
        return self._data

    def unpack(self, layout: Struct, offset: int) -> tuple[Any, ...]:
        """The numbers at `offset`; `Any`, because the layout alone knows their types.

        Raises:
            OutOfBounds: they do not all lie within the view.
        """
        if offset >= 0:
            try:
                return layout.unpack_from(self._data, offset)
            except struct.error:
                pass
        raise _outside()

    def u8(self, offset: int) -> int:
        """The byte at `offset`."""
        return int(self.unpack(_U8, offset)[0])

    def u16be(self, offset: int) -> int:
        """The big-endian 16-bit number at `offset`."""
        return int(self.unpack(_U16BE, offset)[0])

    def u32be(self, offset: int) -> int:
        """The big-endian 32-bit number at `offset`."""
        return int(self.unpack(_U32BE, offset)[0])

    def u16le(self, offset: int) -> int:
        """The little-endian 16-bit number at `offset`."""
        return int(self.unpack(_U16LE, offset)[0])

    def u32le(self, offset: int) -> int:
        """The little-endian 32-bit number at `offset`."""
        return int(self.unpack(_U32LE, offset)[0])

    def sub(self, offset: int, size: int) -> ByteView:
        """A view of its own, wholly in memory, of a stretch of this one.

        Raises:
            OutOfBounds: the stretch does not lie within the view.
        """
        if offset < 0 or size < 0 or offset + size > self.size:
            raise _outside()
        return ByteView(self._data[offset : offset + size], self.start + offset)

    def has(self, offset: int, size: int) -> bool:
        """Whether a stretch lies within the view."""
        return offset >= 0 and size >= 0 and offset + size <= self.size


class _Window(ByteView):
    """A view of a whole source, of which a part is in memory: a window that moves over it."""

    __slots__ = ("_at", "_budget", "_source")

    def __init__(self, data: bytes, source: Source, budget: Budget) -> None:
        super().__init__(data)
        self.size = source.size
        self._at = 0  # where the part begins
        self._source = source
        self._budget = budget

    def take(self, offset: int, size: int) -> bytes:
        """`size` bytes at `offset`.

        Raises:
            OutOfBounds: they do not all lie within the view.
        """
        at = offset - self._at
        if at < 0 or size < 0 or at + size > len(self._data):
            at = self._move(offset, size)
        return self._data[at : at + size]

    def unpack(self, layout: Struct, offset: int) -> tuple[Any, ...]:
        """The numbers at `offset`.

        Raises:
            OutOfBounds: they do not all lie within the view.
        """
        at = offset - self._at
        if at >= 0:
            try:
                return layout.unpack_from(self._data, at)
            except struct.error:
                pass
        at = self._move(offset, layout.size)
        return layout.unpack_from(self._data, at)

    def sub(self, offset: int, size: int) -> ByteView:
        """A view of its own, wholly in memory, of a stretch of this one.

        Raises:
            OutOfBounds: the stretch does not lie within the view.
        """
        return ByteView(self.take(offset, size), offset)

    def whole(self) -> bytes | None:
        """Nothing: of a file it is never known whether all of it could be held."""
        return None

    def _move(self, offset: int, size: int) -> int:
        """Read another part of the source; returns where `offset` now lies in it."""
        if not self.has(offset, size):
            raise _outside() from None
        wanted = min(max(size, WINDOW), self.size - offset)
        self._budget.spend("read_bytes", wanted)
        data = self._source.read_at(offset, wanted)
        if len(data) < size:  # the file was cut short since it was opened
            raise OutOfBounds("out-of-bounds", "The file became shorter while it was read.")
        self._data = data
        self._at = offset
        return 0


def _outside() -> OutOfBounds:
    return OutOfBounds("out-of-bounds", "The file refers to bytes that it does not have.")
