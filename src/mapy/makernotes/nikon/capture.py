"""The edits that NikonCapture keeps in a NEF (0x0E01): blocks of a number, a length and a value.

Always little-endian. A block's number is the start of an identifier of 18 bytes.
"""

from __future__ import annotations

from functools import cache
from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.nikon import values
from mapy.makernotes.note import Meanings
from mapy.model import Tag
from mapy.records import TYPES
from mapy.tags import makers
from mapy.tags.maker_tables import definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Definition

_BLOCK = Struct("<I14xI")
_FIRST = 22
"""Behind an identifier and the length of all."""
_LENGTH = 4
"""Bytes of a length, which counts itself."""
_MOST = 512
_SECTIONS = {
    0xE42B5161: ("UnsharpData", "int8u"),
    0x374233E0: ("CropData", "int8u"),
    0x56A54260: ("Exposure", "int8u"),
    0xBF3C6C20: ("WBAdjData", "int8u"),
    0x926F13E0: ("NoiseReduction", "int8u"),
    0xB999A36F: ("ColorBoost", "int8u"),
    0x3CFC73C6: ("RedEyeData", "int8u"),
    0x84589434: ("Brightness", "int8u"),
    0xB0384E1E: ("PhotoEffects", "int8u"),
    0xE37B4337: ("DLightingHS", "int32u"),
    0x890FF591: ("DLightingHQ", "int32u"),
}
"""Blocks that are records."""
_IPTC = 0x9EF5F6E0
_SIZES = {"int8u": Struct("<B"), "int16u": Struct("<H"), "int16s": Struct("<h")}
_SIZES |= {"double": Struct("<d")}


def _hundredth(raw: int) -> float:
    return raw / 100


def _half(raw: float) -> float:
    return raw / 2


_HALVED = ("CropLeft", "CropTop", "CropRight", "CropBottom", "CropSourceResolution")
_MEANINGS = Meanings(
    convert=dict.fromkeys(_HALVED, values.scaled(_half))
    | {"ExposureAdj": values.scaled(_hundredth)}
)


@cache
def _definitions() -> dict[int, tuple[Definition, str]]:
    rows = makers.section("nikon", "Capture.Main").rows
    return {row.number: (definition(row, _MEANINGS), row.type) for row in rows}


@cache
def _section(name: str, unit: str) -> Fields:
    return fields("nikon", f"Capture.{name}", unit, _MEANINGS)


def capture_data(note: Note, piece: Piece) -> None:
    """Read the edits."""
    view = piece.view
    tags: list[Tag] = []
    at = _FIRST
    for _ in range(_MOST):
        if not view.has(at, _BLOCK.size):
            break
        number, size = view.unpack(_BLOCK, at)
        at += _BLOCK.size
        size -= _LENGTH
        if not view.has(at, size):
            break
        if number == _IPTC:
            blocks.parse("iptc", view.sub(at, size), note.reading, "NikonCapture")
        elif number in _SECTIONS:
            read_fields(_section(*_SECTIONS[number]), note, view.sub(at, size), "<")
        else:
            tag = _value(number, view, at, size)
            if tag is not None:
                tags.append(tag)
        at += size
    note.add("NikonCapture", tags, view, {})


def icc_profile(note: Note, piece: Piece) -> None:
    """Read the colour profile that Nikon's programs leave in a note (0x0E1D)."""
    blocks.parse("icc", piece.view, note.reading, "0x0E1D")


def _value(number: int, view: ByteView, at: int, size: int) -> Tag | None:
    """A block that is one value."""
    named, kind = _definitions().get(number, (None, ""))
    layout = _SIZES.get(kind)
    if named is None or layout is None or size < layout.size:
        return None
    raw = view.unpack(layout, at)[0]
    kind_of_tiff = TYPES[kind].tiff_type
    return Tag("NikonCapture", named, kind_of_tiff, 1, raw, view.start + at, layout.size, "<")
