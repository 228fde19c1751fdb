"""Boxes (ISO/IEC 14496-12, section 4.2): length, type, payload; HEIF, JPEG 2000 and JPEG XL alike.

One walker for all of them. A box that is longer than what holds it is cut, and noted as a problem.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEAD: Final = Struct(">I4s")
_LONG: Final = Struct(">Q")
_TO_THE_END: Final = 0
_IS_LONG: Final = 1
"""Lengths with a meaning of their own."""
UUID: Final = b"uuid"
_UUID_SIZE: Final = 16
FULL: Final = 4
"""Bytes of version and flags that begin a "full" box."""


class Box(NamedTuple):
    """One box. Its payload lies at `at`, counted from the start of the view."""

    start: int
    """Where its length stands."""
    kind: bytes
    """Four letters; of a `uuid` box the 16 bytes that follow them."""
    at: int
    size: int
    declared: int
    """The payload's length as the file tells: more than `size` where the box is cut short."""

    @property
    def end(self) -> int:
        """Where the next box begins."""
        return self.at + self.size


_box: Final[Callable[[type[Box], tuple[int, bytes, int, int, int]], Box]] = tuple.__new__
"""Makes a box at half the price."""


def walk(
    view: ByteView, reading: Reading, at: int = 0, end: int | None = None, depth: int = 0
) -> Iterator[Box]:
    """The boxes from `at` to `end`, inside of `depth` others.

    Raises:
        LimitExceeded: there are more boxes than `Limits.boxes`.
    """
    end = view.size if end is None else end
    if depth > reading.limits.box_depth:
        reading.problem("box.too-deep", "Boxes lie too deep inside each other.", view.span(at, 0))
        return
    spend, unpack = reading.budget.spend, view.unpack
    while at + _HEAD.size <= end:
        spend("boxes")
        length, kind = unpack(_HEAD, at)
        body = at + _HEAD.size
        if length == _IS_LONG and body + _LONG.size <= end:
            length = view.unpack(_LONG, body)[0]
            body += _LONG.size
        elif length == _TO_THE_END:
            length = end - at
        if length < body - at:
            reading.problem("box.bad-length", "A box is shorter than itself.", view.span(at, 8))
            return
        following = at + length
        if kind == UUID and body + _UUID_SIZE <= min(end, following):
            kind = view.take(body, _UUID_SIZE)
            body += _UUID_SIZE
        if following > end:
            reading.problem("box.cut-short", "A box is cut short.", view.span(at, end - at))
        yield _box(Box, (at, kind, body, min(following, end) - body, following - body))
        at = following


def block_of(view: ByteView, reading: Reading, at: int, size: int) -> ByteView | None:
    """A payload as a block of its own; None, and a problem, if it is too long to be held."""
    if size > reading.limits.block_bytes:
        reading.problem("limit.block-bytes", "A box is too long to be read.", view.span(at, size))
        return None
    return view.sub(at, size)
