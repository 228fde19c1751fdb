"""Notes that are one IFD behind a signature: Motorola, JVC, General Electric, DJI, FLIR."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.makernotes.note import IfdTable, Meanings, ifd_table
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, text

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.tags.definition import Formatter, Value


class Shape(NamedTuple):
    """Where a note keeps its IFD."""

    maker: str
    """The name of its table, and how the camera's Make begins, unless the note has a signature."""
    begins: bytes = b""
    at: int = 0
    base: int | None = None
    """What offsets count from, seen from the note; the TIFF structure, unless told."""


_SHAPES = (
    Shape("motorola", b"MOT\0", 8, 0),
    Shape("jvc", b"JVC ", 4),
    Shape("ge", b"GE\0\0", 18, -2),
    Shape("ge", b"GENIC\0", 18, -2),
    Shape("dji"),
    Shape("flir"),
)
_JVC_TEXT = b"VER:"
_LONGEST_TEXT = 256


def _parts(tag: Tag) -> Value:
    """Texts parted by NULs, a list."""
    return ", ".join(text(part) for part in tag.raw.rstrip(b"\0").split(b"\0"))


def _with_sign(value: Value) -> Value:
    return f"{value:+.2f}" if isinstance(value, (int, float)) else value


def _two_decimals(value: Value) -> Value:
    return f"{value:.2f}" if isinstance(value, (int, float)) else value


_SAY: dict[str, dict[str, Formatter]] = {
    "dji": dict.fromkeys(
        (
            "SpeedX", "SpeedY", "SpeedZ", "Pitch", "Yaw", "Roll",
            "CameraPitch", "CameraYaw", "CameraRoll",
        ),
        _with_sign,
    ),
    "flir": {"Emissivity": _two_decimals},
}  # fmt: skip


@cache
def _table(maker: str) -> IfdTable:
    return ifd_table(maker, "Main", Meanings({"CPUVersions": _parts}, _SAY.get(maker, {})))


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), 16))
    make = note.make.lower()
    if head.startswith(_JVC_TEXT):
        _text_note(note)
        return
    for shape in _SHAPES:
        if not (head.startswith(shape.begins) if shape.begins else make.startswith(shape.maker)):
            continue
        at = note.at + shape.at
        order = note.order_at(at)
        if shape.base is None:
            note.ifd(_table(shape.maker), at, order=order)
        else:
            base = max(note.at + shape.base, 0)
            view = note.view.sub(base, len(note.view) - base)
            note.ifd(_table(shape.maker), at - base, view=view, order=order)
        return


def _text_note(note: Note) -> None:
    """JVC's text: names of three letters, and values of four: `VER:0100QTY:FINE`."""
    found = note.block.take(0, min(len(note.block), _LONGEST_TEXT)).decode("latin-1")
    group, rows = makers.section("jvc", "Text")
    tags = []
    for row in rows:
        match = re.search(rf"{row.id}:(\w{{3,4}})", found)
        if match:
            means = Definition(row.id, row.name, row.names)
            at = note.block.start + match.start()
            tags.append(Tag(group, means, PLAIN, 1, match[1], at, len(match[0])))
    note.add(group, tags, note.block, {})
