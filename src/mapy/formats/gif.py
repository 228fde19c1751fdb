"""GIF (89a): a screen, then blocks: pictures and extensions, each a chain of sub-blocks.

A sub-block is a length of up to 255 and as many bytes; one of no length ends the chain. The XMP of
an application extension is no such chain: the packet stands there as it is, and a tail of 257 bytes
leads a reader of sub-blocks out of it (XMP part 3, section 1.1.2).
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.buffer import ByteView
from mapy.model import Tag
from mapy.tags.file import FILE
from mapy.tags.gif import GIF, MIDI_CONTROL
from mapy.tiff_types import ASCII, PLAIN

if TYPE_CHECKING:
    from mapy.reading import Reading
    from mapy.tags.definition import Value

SIGNATURES = (b"GIF87a", b"GIF89a")
_SCREEN = Struct("<HHBBB")
_SCREEN_AT = 6
_HEAD_SIZE = 13
_IMAGE_SIZE = 10
"""An image's separator, place, size and flags."""
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_HAS_COLOUR_MAP = 0x80
_CONTROL_FIELDS = Struct("<BHB")
_HAS_TRANSPARENT = 1
_LOOP = Struct("<BH")
_XMP_TAIL = 257
_PARSED = {b"ICCRGBG1012": "icc", b"C2PA_GIF\1\0\0": "jumbf"}
"""Application extensions that are blocks of their own."""
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class Gif:
    """GIF and its blocks."""

    name = "GIF"
    media_type = "image/gif"
    extension = "GIF"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with one of the two versions."""
        return head.startswith(SIGNATURES)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the blocks to the trailer."""
        _Walk(view, reading).read()


class _Walk:
    """One GIF while it is walked."""

    def __init__(self, view: ByteView, reading: Reading) -> None:
        self._view = view
        self._reading = reading
        self._frames = 0
        self._has_transparent = False
        self._delay = 0
        """Of all frames, in hundredths of a second."""

    def read(self) -> None:
        at = self._screen()
        try:
            self._blocks(at)
        finally:
            if self._frames > 1:
                self._tag("FrameCount", self._frames, 0, 0)
            if self._delay:
                self._tag("Duration", self._delay / 100, 0, 0)

    def _screen(self) -> int:
        """Read the screen; returns where the blocks begin."""
        view, reading = self._view, self._reading
        width, height, flags, background, aspect = view.unpack(_SCREEN, _SCREEN_AT)
        reading.check_pixels(width, height)
        values: dict[str, Value] = {
            "GIFVersion": view.take(3, 3).decode("latin-1"),
            "ImageWidth": width,
            "ImageHeight": height,
            "HasColorMap": flags >> 7,
            "ColorResolutionDepth": (flags >> 4 & 7) + 1,
            "BitsPerPixel": (flags & 7) + 1,
            "BackgroundColor": background,
        }
        if aspect:
            values["PixelAspectRatio"] = (aspect + 15) / 64
        tags = [
            Tag("GIF", GIF[name], PLAIN, 1, value, view.start, _HEAD_SIZE)
            for name, value in values.items()
        ]
        reading.add("GIF", tags, view.span(0, _HEAD_SIZE))
        return _HEAD_SIZE + _colour_map(flags)

    def _blocks(self, at: int) -> None:
        view, reading = self._view, self._reading
        while True:
            reading.budget.spend("chunks")
            kind = view.u8(at)
            if kind == _TRAILER:
                return
            if kind == _IMAGE:
                self._frames += 1
                at += _IMAGE_SIZE + _colour_map(view.u8(at + _IMAGE_SIZE - 1))
                at = self._end(at + 1)  # one byte of code size
            elif kind == _EXTENSION:
                end = self._end(at + 2)
                self._extension(view.u8(at + 1), at + 2, end)
                at = end
            else:
                reading.problem("gif.lost", "A block is of no known kind.", view.span(at, 0))
                return

    def _end(self, at: int) -> int:
        """The place behind the chain of sub-blocks that begins at `at`."""
        view, budget = self._view, self._reading.budget
        while length := view.u8(at):
            budget.spend("sub_blocks")
            at += length + 1
        return at + 1

    def _joined(self, at: int, end: int) -> bytes:
        """What the sub-blocks of a chain hold."""
        view = self._view
        pieces = []
        limit = self._reading.limits.block_bytes
        while at < end and (length := view.u8(at)) and limit > 0:
            pieces.append(view.take(at + 1, length))
            at += length + 1
            limit -= length
        return b"".join(pieces)

    def _extension(self, label: int, at: int, end: int) -> None:
        view = self._view
        if label == _CONTROL:
            flags, delay, transparent = view.unpack(_CONTROL_FIELDS, at + 1)
            self._delay += delay
            if flags & _HAS_TRANSPARENT and not self._has_transparent:
                self._has_transparent = True
                self._tag("TransparentColor", transparent, at + 4, 1)
        elif label == _COMMENT:
            comment = self._joined(at, end)
            place = view.span(at, end - at)
            tag = Tag("File", FILE["Comment"], ASCII, len(comment), comment, *place)
            self._reading.add("File", [tag], place)
        elif label == _TEXT:
            start = at + view.u8(at) + 1  # behind the grid that it is laid out in
            self._tag("Text", self._joined(start, end), at, end - at)
        elif label == _APPLICATION:
            self._application(view.take(at + 1, view.u8(at)), at + view.u8(at) + 1, end)

    def _application(self, name: bytes, at: int, end: int) -> None:
        view, reading = self._view, self._reading
        if name in _LOOPS:
            if view.u8(at) == _LOOP.size:
                self._tag("AnimationIterations", view.unpack(_LOOP, at + 1)[1], at + 2, 2)
        elif name == b"XMP DataXMP":
            length = end - at - _XMP_TAIL - 1
            if 0 < length <= reading.limits.block_bytes:
                blocks.parse("xmp", view.sub(at, length), reading, "XMP Data")
        elif name == b"MIDISONGDm7":
            self._tag("MIDISong", None, at, len(self._joined(at, end)))
        elif name == b"MIDICTRLJon":
            block = view.sub(at + 1, view.u8(at))
            reading.add("GIF", MIDI_CONTROL.tags(block), block.span(0, len(block)))
        elif name in _PARSED:
            block = ByteView(self._joined(at, end), view.start + at)
            blocks.parse(_PARSED[name], block, reading, name.decode("latin-1"))

    def _tag(self, name: str, value: Value | bytes | None, at: int, length: int) -> None:
        kind = ASCII if isinstance(value, bytes) else PLAIN
        tag = Tag("GIF", GIF[name], kind, 1, value, self._view.start + at, length)
        self._reading.add("GIF", [tag], self._view.span(at, length))


def _colour_map(flags: int) -> int:
    """Bytes of the colour map that the flags of a screen or an image tell of."""
    return 3 << (flags & 7) + 1 if flags & _HAS_COLOUR_MAP else 0
