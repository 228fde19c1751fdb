"""The edits that Photo Mechanic and FotoStation note behind a picture, without changing it."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.records import record
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED, number_text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_MECHANIC = "PhotoMechanic"
_STATION = "FotoStation"
_DATASET = Struct(">BBBH")
_MARKER, _RECORD, _NUMBER_SIZE = 0x1C, 2, 4

_COLOURS: dict[int | str, str] = dict(
    enumerate(
        (
            *("0 (None)", "1 (Winner)", "2 (Winner alt)", "3 (Superior)", "4 (Superior alt)"),
            *("5 (Typical)", "6 (Typical alt)", "7 (Extras)", "8 (Trash)"),
        )
    )
)
_EDITS = {
    number: Definition(number, name)
    for number, name in (
        (209, "RawCropLeft"),
        (210, "RawCropTop"),
        (211, "RawCropRight"),
        (212, "RawCropBottom"),
        (213, "ConstrainedCropWidth"),
        (214, "ConstrainedCropHeight"),
        (215, "FrameNum"),
        (217, "CropLeft"),
        (218, "CropTop"),
        (219, "CropRight"),
        (220, "CropBottom"),
        (223, "Rating"),
        (236, "PreviewCropLeft"),
        (237, "PreviewCropTop"),
        (238, "PreviewCropRight"),
        (239, "PreviewCropBottom"),
    )
} | {
    216: Definition(216, "Rotation", {0: "0", 1: "90", 2: "180", 3: "270"}),
    221: Definition(221, "Tagged", {0: "No", 1: "Yes"}),
    222: Definition(222, "ColorClass", _COLOURS),
}


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse a trailer of one of the two programs."""
    if name == _MECHANIC:
        _photo_mechanic(view, reading)
    else:
        _foto_station(view, reading)


def _photo_mechanic(view: ByteView, reading: Reading) -> None:
    """Datasets as those of IPTC, whose values are numbers of 32 bits."""
    tags: list[Tag] = []
    at = 0
    while view.has(at, _DATASET.size + _NUMBER_SIZE):
        marker, record, number, size = view.unpack(_DATASET, at)
        if marker != _MARKER:
            break
        at += _DATASET.size
        definition = _EDITS.get(number)
        if definition is not None and record == _RECORD and size == _NUMBER_SIZE:
            value = view.unpack(_I32, at)[0]
            tags.append(Tag(_MECHANIC, definition, PLAIN, 1, value, view.start + at, size))
        at += size
    reading.add(_MECHANIC, tags, view.span(0, len(view)))


_I32 = Struct(">i")


def _thousandths(tag: Tag) -> Value:
    value = tag.raw / 1000
    return int(value) if value == int(value) else float(value)


def _rotation(tag: Tag) -> Value:
    """Clockwise; the file counts hundredths of a degree the other way."""
    return 360 - tag.raw / 100 if tag.raw else 0


def _crop_rotation(tag: Tag) -> Value:
    return -tag.raw / 100 if tag.raw else 0


def _percent(value: Value) -> Value:
    return f"{number_text(value)}%"


_SOFT_EDIT = record(
    _STATION,
    ">",
    (0, "i", Definition(0, "OriginalImageWidth")),
    (4, "i", Definition(1, "OriginalImageHeight")),
    (8, "i", Definition(2, "ColorPlanes")),
    (12, "i", Definition(3, "XYResolution", convert=_thousandths)),
    (16, "i", Definition(4, "Rotation", convert=_rotation)),
    (24, "i", Definition(6, "CropLeft", convert=_thousandths, say=_percent)),
    (28, "i", Definition(7, "CropTop", convert=_thousandths, say=_percent)),
    (32, "i", Definition(8, "CropRight", convert=_thousandths, say=_percent)),
    (36, "i", Definition(9, "CropBottom", convert=_thousandths, say=_percent)),
    (44, "i", Definition(11, "CropRotation", convert=_crop_rotation)),
)
_FOOT = Struct(">HI")
"""Kind and length of a piece; a signature of 4 bytes follows."""
_FOOT_SIZE = 10
_IPTC, _EDIT = 1, 2
_PICTURES = {
    3: Definition(3, "ThumbnailImage", convert=binary),
    4: Definition(4, "PreviewImage", convert=binary),
}


def _foto_station(view: ByteView, reading: Reading) -> None:
    """One piece: IPTC, an edit or a picture; the next has a trailer of its own."""
    size = len(view) - _FOOT_SIZE
    kind, _ = view.unpack(_FOOT, size)
    body = view.sub(0, size)
    if kind == _IPTC:
        blocks.parse("iptc", body, reading, "FotoStation")
    elif kind == _EDIT:
        reading.add(_STATION, _SOFT_EDIT.tags(body), body.span(0, size))
    elif kind in _PICTURES:
        tag = Tag(_STATION, _PICTURES[kind], UNDEFINED, size, None, body.start, size)
        reading.add(_STATION, [tag], body.span(0, size))
