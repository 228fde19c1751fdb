"""The entries of EXIF whose values are blocks of their own, and what reads each."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.errors import OutOfBounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.blocks.ifd import Walker
    from mapy.blocks.ifd_entry import Entry

_GEOTIFF: Final = "geotiff"
_WALKED: Final = {
    "dng-private": "mapy.blocks.dng_private",
    "kodak-ifd": "mapy.blocks.kodak_ifd",
    "maker-note": "mapy.makernotes",
}
"""Blocks whose readers need the walker: their offsets count as its own do."""
EMBEDDED: Final = {
    0x02BC: "xmp",
    0x4748: "stitch-info",
    0x8290: "kodak-ifd",
    0x83BB: "iptc",
    0x8606: "leaf",
    0x8649: "photoshop",
    0x8773: "icc",
    0x87AF: _GEOTIFF,
    0x927C: "maker-note",
    0x9999: "json",  # Xiaomi
    0xC4A5: "print-im",
    0xC634: "dng-private",
    0xC6D2: "panasonic-title",
    0xC6D3: "panasonic-title",
    0xCD41: "jumbf",
    0xCD44: "dng-record",
    0xCD47: "dng-record",
    0xFE00: "kodak-ifd",
}
"""The kind of block that an entry holds."""


@cache
def _walked(module: str) -> Callable[[Walker, Entry], None]:
    parse: Callable[[Walker, Entry], None] = import_module(module).parse
    return parse


def read_block(walker: Walker, entry: Entry, kind: str) -> None:
    """Hand the value of an entry to the parser of its kind."""
    view, reading = walker.view, walker.reading
    if kind in _WALKED:
        try:
            _walked(_WALKED[kind])(walker, entry)
        except OutOfBounds:
            walker.problem("ifd.value-outside", "A block is cut short.", entry.place)
    elif kind == _GEOTIFF:
        span = view.span(entry.place, entry.length)
        import_module("mapy.blocks.geotiff").parse(entry.raw, span, reading)
    elif entry.length <= reading.limits.block_bytes:
        block = view.sub(entry.place, entry.length)
        blocks.parse(kind, block, reading, f"0x{entry.id:04X}")
