"""The Multi-Picture Format (CIPA DC-007): an index of the pictures that a file holds."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.ifd import Vocabulary, Walker, as_they_are, begun
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_MP_ENTRIES = 0xB002
_MOST_DIRECTORIES = 2
"""The index, and what is told of the first picture alone."""
_MOST_PICTURES = 1_000
_PICTURE = "IIIHH"
_FLAGS = ((2, "Representative image"), (3, "Dependent child image"), (4, "Dependent parent image"))
_LARGE_THUMBNAIL, _KIND_MASK = 0x010000, 0x0F0000


def _flags(value: Value) -> Value:
    if not isinstance(value, int):
        return value
    known = {1 << bit: name for bit, name in _FLAGS}
    bits = (1 << bit for bit in range(5) if value >> bit & 1)
    return ", ".join(known.get(bit, f"[{bit.bit_length() - 1}]") for bit in bits) or "(none)"


_TAGS = {
    number: Definition(number, name)
    for number, name in (
        (0xB000, "MPFVersion"),
        (0xB001, "NumberOfImages"),
        (0xB004, "TotalFrames"),
        (0xB101, "MPIndividualNum"),
        (0xB201, "PanOrientation"),
        (0xB202, "PanOverlapH"),
        (0xB203, "PanOverlapV"),
        (0xB204, "BaseViewpointNum"),
        (0xB205, "ConvergenceAngle"),
        (0xB206, "BaselineLength"),
        (0xB207, "VerticalDivergence"),
        (0xB208, "AxisDistanceX"),
        (0xB209, "AxisDistanceY"),
        (0xB20A, "AxisDistanceZ"),
        (0xB20B, "YawAngle"),
        (0xB20C, "PitchAngle"),
        (0xB20D, "RollAngle"),
    )
} | {0xB003: Definition(0xB003, "ImageUIDList", convert=binary)}
"""CIPA DC-007, tables 3 and 4."""

_FIELDS = (
    Definition("MPImageFlags", "MPImageFlags", say=_flags),
    Definition("MPImageFormat", "MPImageFormat", {0: "JPEG"}),
    Definition(
        "MPImageType",
        "MPImageType",
        {
            0x000000: "Undefined",
            0x010001: "Large Thumbnail (VGA equivalent)",
            0x010002: "Large Thumbnail (full HD equivalent)",
            0x010003: "Large Thumbnail (4K equivalent)",
            0x010004: "Large Thumbnail (8K equivalent)",
            0x010005: "Large Thumbnail (16K equivalent)",
            0x020001: "Multi-frame Panorama",
            0x020002: "Multi-frame Disparity",
            0x020003: "Multi-angle",
            0x030000: "Baseline MP Primary Image",
            0x040000: "Original Preservation Image",
            0x050000: "Gain Map Image",
        },
    ),
    Definition("MPImageLength", "MPImageLength"),
    Definition("MPImageStart", "MPImageStart"),
    Definition("DependentImage1EntryNumber", "DependentImage1EntryNumber"),
    Definition("DependentImage2EntryNumber", "DependentImage2EntryNumber"),
)
"""CIPA DC-007, section 5.2.3.3: the fields of the entry of one picture."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a block of MPF: an IFD of the index, one of the first picture, and its entries."""
    structure = begun(view, reading, _VOCABULARY)
    if structure is None:
        reading.problem("mpf.bad-header", "The index has no byte order mark.", view.span(0, 2))
        return
    walker, first = structure
    at: int | None = first
    for number in range(_MOST_DIRECTORIES):
        if not at:
            return
        at = walker.directory(at, f"MPF{number}", 0)


def _pictures(walker: Walker, entry: Entry, _: int) -> None:
    """A directory for each entry of the index."""
    layout = Struct(walker.layout.order + _PICTURE)
    has_preview = False
    for number in range(min(entry.length // layout.size, _MOST_PICTURES)):
        at = entry.place + number * layout.size
        attributes, length, start, *others = walker.view.unpack(layout, at)
        kind = attributes & 0xFFFFFF
        start = start and start + walker.view.start
        group = f"MPImage{number + 1}"
        values = (attributes >> 27, attributes >> 24 & 7, kind, length, start, *others)
        tags = [
            Tag(group, definition, PLAIN, 1, value, walker.view.start + at, layout.size)
            for definition, value in zip(_FIELDS, values, strict=True)
        ]
        if start and length:
            if not walker.reading.file.has(start, length):
                walker.problem("mpf.picture-outside", "A further picture is cut short.", at)
            is_preview = kind & _KIND_MASK == _LARGE_THUMBNAIL and not has_preview
            has_preview = has_preview or is_preview
            name = "PreviewImage" if is_preview else group
            picture = Definition(name, name, convert=binary)
            tags.append(Tag(group, picture, UNDEFINED, length, None, start, length))
        walker.reading.add(group, tags, walker.view.span(at, layout.size))


_VOCABULARY = Vocabulary({}, _TAGS, (), (_MP_ENTRIES,), as_they_are, _pictures)
