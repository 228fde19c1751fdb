"""`brob` boxes (ISO/IEC 18181-2, section 9.4): another box, compressed with Brotli."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.boxes import block_of
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded

if TYPE_CHECKING:
    from mapy.boxes import Box
    from mapy.reading import Reading

_KIND_SIZE = 4
_HEAD = Struct(">I4s")


def unpacked(view: ByteView, reading: Reading, box: Box) -> ByteView | None:
    """The box that a `brob` stands for, in a view of its own; None, and a problem, without one.

    Its bytes have no place of their own in the file: offsets count from where the `brob` begins.

    Raises:
        OutOfBounds: it is shorter than the name of a box.
    """
    from mapy.blocks.brotli import unpack  # noqa: PLC0415 - most manifests have no such box

    packed = block_of(view, reading, box.at, box.size)
    if packed is None:
        return None
    kind = packed.take(0, _KIND_SIZE)
    try:
        content = unpack(packed.take(_KIND_SIZE, len(packed) - _KIND_SIZE), reading, packed)
    except LimitExceeded as exceeded:
        reading.problem(exceeded.code, exceeded.message, packed.span(0, len(packed)))
        return None
    if content is None:
        return None
    return ByteView(_HEAD.pack(_HEAD.size + len(content), kind) + content, view.start + box.start)
