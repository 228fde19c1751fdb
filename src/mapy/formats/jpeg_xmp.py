"""Extended XMP in JPEG (ISO 16684-3, section 3.3.1): a packet in portions."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.buffer import ByteView

if TYPE_CHECKING:
    from mapy.reading import Reading

SIGNATURE = b"http://ns.adobe.com/xmp/extension/\0"
_PORTION = Struct(">32sII")
"""A digest that names the packet, its full length, the place of this portion in it."""


class ExtendedXmp:
    """Gathers the portions, which may stand in any order, and hands on what is whole."""

    __slots__ = ("_lengths", "_portions", "_reading", "_view")

    def __init__(self, view: ByteView, reading: Reading) -> None:
        self._view = view
        self._reading = reading
        self._lengths: dict[bytes, int] = {}
        self._portions: dict[bytes, list[tuple[int, int, int]]] = {}

    def takes(self, at: int, size: int) -> bool:
        """Whether the payload of a segment is a portion; it is noted then."""
        head = len(SIGNATURE) + _PORTION.size
        if size < head or self._view.take(at, len(SIGNATURE)) != SIGNATURE:
            return False
        name, length, offset = self._view.unpack(_PORTION, at + len(SIGNATURE))
        self._lengths[name] = length
        self._portions.setdefault(name, []).append((offset, at + head, size - head))
        return True

    def parse(self) -> None:
        """Parse every packet of which all portions were found."""
        for name, portions in self._portions.items():
            length = self._lengths[name]
            start = portions[0][1]
            portions.sort()
            ends = [offset + size for offset, _, size in portions]
            is_whole = [0, *ends] == [*(offset for offset, _, _ in portions), length]
            if not is_whole or length > self._reading.limits.block_bytes:
                self._reading.problem(
                    "xmp.extension-incomplete",
                    "A part of the extended XMP is missing or too long.",
                    self._view.span(start, 0),
                )
                continue
            packet = b"".join(self._view.take(at, size) for _, at, size in portions)
            blocks.parse("xmp", ByteView(packet, self._view.start + start), self._reading, "APP1")
