"""The headers of WebP (RFC 9649, RFC 6386): size, features, animation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.webp import DEFINITIONS
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value


def parse(kind: str, view: ByteView, reading: Reading) -> None:
    """Parse the first bytes of a header chunk; the frames of an animation add up."""
    values = _READERS[kind](view)
    if kind == "ANMF" and (before := _duration_so_far(reading)):
        values = {"Duration": before + _milliseconds(view) / 1000}
        reading.directories.pop()  # the same directory, with the sum
    if "ImageWidth" in values:
        width, height = values["ImageWidth"], values["ImageHeight"]
        if isinstance(width, int) and isinstance(height, int):
            reading.check_pixels(width, height)
    tags = [
        Tag("RIFF", DEFINITIONS[name], PLAIN, 1, value, view.start, len(view))
        for name, value in values.items()
    ]
    reading.add("RIFF", tags, view.span(0, len(view)))


def _u24(view: ByteView, at: int) -> int:
    return view.u16le(at) | view.u8(at + 2) << 16


def _extended(view: ByteView) -> dict[str, Value]:
    return {
        "WebP_Flags": view.u32le(0) & 0xFF,
        "ImageWidth": _u24(view, 4) + 1,
        "ImageHeight": _u24(view, 7) + 1,
    }


def _lossy(view: ByteView) -> dict[str, Value]:
    across, down = view.u16le(6), view.u16le(8)
    return {
        "VP8Version": (view.u8(0) >> 1) & 7,
        "ImageWidth": across & 0x3FFF,
        "HorizontalScale": across >> 14,
        "ImageHeight": down & 0x3FFF,
        "VerticalScale": down >> 14,
    }


def _lossless(view: ByteView) -> dict[str, Value]:
    bits = view.u32le(1)
    return {
        "ImageWidth": (bits & 0x3FFF) + 1,
        "ImageHeight": (bits >> 14 & 0x3FFF) + 1,
        "AlphaIsUsed": bits >> 28 & 1,
    }


def _animation(view: ByteView) -> dict[str, Value]:
    colour = " ".join(str(view.u8(at)) for at in range(4))
    return {"BackgroundColor": colour, "AnimationLoopCount": view.u16le(4)}


def _milliseconds(view: ByteView) -> int:
    return _u24(view, 12)


def _frame(view: ByteView) -> dict[str, Value]:
    return {"Duration": _milliseconds(view) / 1000}


def _duration_so_far(reading: Reading) -> float:
    """The duration that the last directory has, if it is that of the frames before."""
    tag = reading.directories[-1].tags[0] if reading.directories else None
    return float(tag.raw) if tag is not None and tag.name == "Duration" else 0.0


def _alpha(view: ByteView) -> dict[str, Value]:
    bits = view.u8(0)
    return {
        "AlphaPreprocessing": bits >> 4 & 3,
        "AlphaFiltering": bits >> 2 & 3,
        "AlphaCompression": bits & 3,
    }


_READERS = {
    "VP8X": _extended,
    "VP8 ": _lossy,
    "VP8L": _lossless,
    "ANIM": _animation,
    "ANMF": _frame,
    "ALPH": _alpha,
}
