"""The directories of Panasonic's raw files (PanasonicRaw): TIFF, but for the numbers of IFD0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks.ifd import BYTE_ORDERS, EXIF, NESTED, Vocabulary, Walker
from mapy.explain.numbers import plain
from mapy.model import Tag
from mapy.tags import maker_tables
from mapy.tags.file import FILE
from mapy.tags.maker_tables import ValueMeanings
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Value

_WB_INFO, _WB_INFO_2, _JPEG, _DISTORTION, _CAMERA = 0x13, 0x27, 0x2E, 0x0119, 0x0120
_ONE = 32768


def _share(tag: Tag) -> Value:
    return int(tag.raw) / _ONE


def _scale(tag: Tag) -> Value:
    return _ONE / (_ONE + int(tag.raw)) if int(tag.raw) != -_ONE else 0


def _shorts(tag: Tag) -> Value:
    raw = tag.raw
    if not isinstance(raw, bytes):
        return plain(tag)
    pairs = range(0, len(raw) - 1, 2)
    return " ".join(str(int.from_bytes(raw[at : at + 2], "little")) for at in pairs)


_MEANINGS = ValueMeanings(
    convert={
        **dict.fromkeys(
            [f"DistortionParam{number}" for number in ("02", "04", "08", "09", "11")], _share
        ),
        "DistortionScale": _scale,
        "NoiseReductionParams": _shorts,
    }
)
_MAIN = maker_tables.table("panasonic", "Raw.Main", _MEANINGS)
_CAMERA_TABLE = maker_tables.table("panasonic", "Raw.CameraIFD", _MEANINGS)
_RECORDS: dict[int, Record] = {
    _WB_INFO: maker_tables.record("panasonic", "Raw.WBInfo", "int16u", _MEANINGS),
    _WB_INFO_2: maker_tables.record("panasonic", "Raw.WBInfo2", "int16u", _MEANINGS),
    _DISTORTION: maker_tables.record(
        "panasonic", "Raw.DistortionInfo", "int16s", _MEANINGS, masks={"7.1": 0x0F}
    ),
}


def parse(view: ByteView, reading: Reading) -> tuple[int, int] | None:
    """Parse the directories; returns place and length of the JPEG inside, if there is one."""
    layout = BYTE_ORDERS[b"II"][0]
    order = Tag("File", FILE["ExifByteOrder"], PLAIN, 1, "II", view.start, 2)
    reading.add("File", [order], view.span(0, 2))
    pictures: list[tuple[int, int]] = []

    def descend(walker: Walker, entry: Entry, depth: int) -> None:
        if entry.id in _RECORDS:
            record = _RECORDS[entry.id]
            block = walker.view.sub(entry.place, entry.length)
            tags = record.tags(block, "<")
            reading.add(record.group, tags, block.span(0, len(block)))
        elif entry.id == _CAMERA:
            _read_camera(walker.view.sub(entry.place, entry.length), reading)
        elif entry.id == _JPEG:
            pictures.append((entry.place, entry.length))
        else:
            EXIF.descend(walker, entry, depth)

    vocabulary = EXIF._replace(
        tables={**EXIF.tables, "IFD0": _MAIN.definitions},
        nested=NESTED | {_WB_INFO, _WB_INFO_2, _JPEG, _DISTORTION, _CAMERA},
        descend=descend,
    )
    walker = Walker(view, reading, layout, vocabulary)
    walker.chain(view.unpack(layout.offset, layout.first)[0])
    return pictures[0] if pictures else None


def _read_camera(view: ByteView, reading: Reading) -> None:
    """Read the directory that newer cameras keep in a TIFF structure of its own."""
    layouts = BYTE_ORDERS.get(view.take(0, 2))
    if layouts is None:
        return
    layout = layouts[0]
    vocabulary = Vocabulary(
        {},
        _CAMERA_TABLE.definitions,
        frozenset(),
        frozenset(),
        lambda _walker, tags, _group: tags,
        lambda _walker, _entry, _depth: None,
    )
    walker = Walker(view, reading, layout, vocabulary)
    walker.directory(view.unpack(layout.offset, layout.first)[0], _CAMERA_TABLE.group, 1)
