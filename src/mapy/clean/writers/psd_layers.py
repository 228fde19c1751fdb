"""What the layers of a PSD carry beside their pictures.

Adobe Photoshop File Formats Specification, "Layer and Mask Information Section". Layers are
content, and stay to the byte. In two kinds of blocks nothing is of the picture, times of changes
and notes of reviewers; these are emptied where they stand. A file that holds whole other files
(smart objects) is refused: these have metadata of their own.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.errors import CannotClean, Span
from mapy.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from mapy.buffer import ByteView

_SIGNATURES = (b"8BIM", b"8B64")
_HEAD = Struct(">4s4sI")
_RECORD = Struct(">4iH")
_BLEND = Struct(">4s4s4BI")
_U64 = Struct(">Q")
_LONG_KEYS = frozenset(
    {
        *(b"LMsk", b"Lr16", b"Lr32", b"Layr", b"Mt16", b"Mt32", b"Mtrn", b"Alph", b"FMsk"),
        *(b"lnk2", b"FEid", b"FXid", b"PxSD", b"cinf"),
    }
)
"""Blocks whose length is of 64 bits in a PSB."""
_LAYERS = frozenset({b"Layr", b"Lr16", b"Lr32"})
"""Blocks that hold the layers of pictures of 16 or 32 bits."""
_EMPTIED = {b"shmd": 0, b"Anno": 4, b"anno": 4}
"""Times and notes: the bytes in front of the number of their items, which becomes zero."""
_FILES = frozenset(
    {b"lnkD", b"lnk2", b"lnk3", b"lnkE", b"SoLd", b"SoLE", b"PlLd", b"plLd", b"FEid", b"FXid"}
)
"""Blocks of smart objects and of filters that keep other files."""


class Layers:
    """The section of layers: the stretches of it that say nothing of the picture."""

    def __init__(self, view: ByteView, at: int, length: int, *, is_large: bool) -> None:
        """Walk it.

        Raises:
            OutOfBounds: it is broken.
            CannotClean: it holds whole files, or more blocks than is allowed.
        """
        self._view = view
        self._is_large = is_large
        self._left = DEFAULT_LIMITS.chunks
        self.private: list[Span] = []
        end = at + length
        if not length:
            return
        size = self._size(at)
        start = at + self._width
        if size:
            self._layers(start, start + size)
        place = start + size
        if place + 4 <= end:
            place += 4 + view.u32be(place)
            self._blocks(place, end, padding=4)

    @property
    def _width(self) -> int:
        return 8 if self._is_large else 4

    def _size(self, at: int) -> int:
        return int(self._view.unpack(_U64, at)[0]) if self._is_large else self._view.u32be(at)

    def _layers(self, at: int, end: int) -> None:
        view = self._view
        count = abs(view.unpack(Struct(">h"), at)[0])
        at += 2
        for _ in range(count):
            *_, channels = view.unpack(_RECORD, at)
            at += _RECORD.size + channels * (2 + self._width)
            signature, *_, length = view.unpack(_BLEND, at)
            at += _BLEND.size
            if signature not in _SIGNATURES or at + length > end:
                raise broken()
            following = at + length
            at += 4 + view.u32be(at)  # the mask
            at += 4 + view.u32be(at)  # the ranges of blending
            at += (view.u8(at) + 4) & ~3  # the name
            self._blocks(at, following, padding=2)
            at = following

    def _blocks(self, at: int, end: int, padding: int) -> None:
        view = self._view
        while at + _HEAD.size <= end:
            self._left -= 1
            if self._left < 0:
                raise broken()
            signature, key, length = view.unpack(_HEAD, at)
            if signature not in _SIGNATURES:
                return
            at += _HEAD.size
            if self._is_large and (key in _LONG_KEYS or signature == b"8B64"):
                length = view.unpack(_U64, at - 4)[0]
                at += 4
            if at + length > end:
                raise broken()
            if key in _FILES and length:
                raise _holds_files()
            if key in _EMPTIED:
                skip = min(_EMPTIED[key], length)
                self.private.append(Span(at + skip, length - skip))
            elif key in _LAYERS and length:
                self._layers(at, at + length)
            at += -(-length // padding) * padding


def broken() -> CannotClean:
    """The refusal of a file whose sections cannot be followed."""
    return CannotClean(
        "clean.psd-broken",
        "The sections of the file cannot be followed.",
        hint="Open it in a program that edits pictures, save it anew, and clean that.",
    )


def _holds_files() -> CannotClean:
    return CannotClean(
        "clean.psd-files",
        "The file holds other files as smart objects, which have metadata of their own.",
        hint="Rasterise the smart objects, or export a JPEG or PNG, and clean that.",
    )
