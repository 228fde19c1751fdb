"""What Leaf's digital backs keep in tag 0x8606 of their MOS files: packets, some full of packets.

A packet is the letters PKTS, a version, a name of 40 bytes, the length of its value, and the value,
mostly a text. The names are those that ExifTool publishes of what it knows; of others, the tag's
name is made from the packet's.
"""

from __future__ import annotations

from functools import cache
from struct import Struct, calcsize
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.explain import numbers
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII, BYTE, SHORT, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_GROUP = "Leaf"
_MARK = b"PKTS"
_HEADS = {order: Struct(f"{order}4sI40sI") for order in "<>"}
_SECTIONS = (
    *("Main", "CameraProfile", "CaptureProfile", "ImageProfile", "ShootSetup", "CameraSetup"),
    *("CaptureSetup", "ColorSetup", "LookHeader", "SaveSetup"),
    *("Neutrals", "Selection", "Sharpness", "ToneCurve"),
)
_PROFILES = ("icc_camera_profile", "icc_rgb_ws_profile")
_SHORTS = ("image_offset", "pattern_ratation_angle", "icc_camera_to_tone_space_flow")
_MATRIX = "icc_camera_to_tone_matrix"
_BYTES = {
    "JPEG_preview_data": numbers.binary,
    "JPEG_preview_info": numbers.binary,
    "PDA_histogram_data": numbers.binary,
}
_CONVERT = {**_BYTES, _MATRIX: numbers.binary}
_DEEPEST = 8


def _first_word(value: Value) -> Value:
    return value.split(" ", 1)[0] if isinstance(value, str) else value


_SAY = {"back_serial_number": _first_word}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse all packets: one directory.

    Raises:
        OutOfBounds: a packet is longer than the block.
    """
    tags: list[Tag] = []
    try:
        _read(view, reading, tags, 0)
    finally:
        reading.add(_GROUP, tags, view.span(0, len(view)))


def _read(view: ByteView, reading: Reading, tags: list[Tag], depth: int) -> None:
    """Read packets one behind the other, up to the first that is none."""
    order = "<" if view.take(len(_MARK), 1) != b"\0" else ">"
    head = _HEADS[order]
    at = 0
    while view.has(at, head.size):
        reading.budget.spend("datasets")
        mark, _, padded, size = view.unpack(head, at)
        if mark != _MARK:
            return
        at += head.size
        value = view.sub(at, size)
        name = padded.partition(b"\0")[0].decode("latin-1")
        if name in _PROFILES:
            blocks.parse("icc", value, reading, name)
        elif value.has(0, head.size) and value.take(0, len(_MARK)) == _MARK and depth < _DEEPEST:
            _read(value, reading, tags, depth + 1)
        else:
            tags.append(_tag(name, value, order))
        at += size


def _tag(name: str, value: ByteView, order: str) -> Tag:
    """The tag of a packet that is no directory of others."""
    definition = _definitions().get(name) or Definition(name, _made_of(name))
    size = len(value)
    if name in _SHORTS:
        layout = Struct(f"{order}{size // calcsize('H')}H")
        return Tag(
            _GROUP, definition, SHORT, size // 2, value.unpack(layout, 0), value.start, size, order
        )
    content = value.take(0, size)
    if name == _MATRIX:
        return Tag(_GROUP, definition, BYTE, size, tuple(content), value.start, size)
    if name in _BYTES:
        return Tag(_GROUP, definition, UNDEFINED, size, content, value.start, size)
    text = content.rstrip(b"\0").removesuffix(b"\n").replace(b"\n", b" ")
    return Tag(_GROUP, definition, ASCII, size, text, value.start, size)


def _made_of(name: str) -> str:
    """`CaptProf_new_thing` becomes `CaptProfNewThing`, without what is no letter or digit."""
    words = "".join(each if each.isalnum() and each.isascii() else " " for each in name).split()
    return "".join(word[0].upper() + word[1:] for word in words) or "Packet"


@cache
def _definitions() -> dict[str, Definition]:
    """By the names of packets, which are different in all sections."""
    return {
        row.id: Definition(row.id, row.name, None, _CONVERT.get(row.id), _SAY.get(row.id))
        for name in _SECTIONS
        for row in makers.section("leaf", name).rows
    }
