"""Kodak's block of APP3 (`Meta`), shaped like TIFF: who developed a film, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks.ifd import Vocabulary, Walker, as_they_are, begun
from mapy.explain.numbers import binary, marked_text, plain
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading
    from mapy.tags.definition import Value


def _binary(tag: Tag) -> Value:
    """What stands for bytes, or for the text that numbers are."""
    if isinstance(tag.raw, tuple):
        return f"(Binary data {len(str(plain(tag)))} bytes, use -b option to extract)"
    return binary(tag)


def _unmarked(value: Value) -> Value:
    return value.removeprefix("UNICODE") if isinstance(value, str) else value


def _text(tag: Tag) -> Value:
    """A text whose mark of UTF-16 was kept, and its NULs left out."""
    raw = tag.raw
    return raw.replace(b"\0", b"").decode("latin-1") if isinstance(raw, bytes) else plain(tag)


_TAGS = {
    number: Definition(number, name)
    for number, name in (
        (0xC350, "FilmProductCode"),
        (0xC351, "ImageSourceEK"),
        (0xC352, "CaptureConditionsPAR"),
        (0xC355, "UserSelectGroupTitle"),
        (0xC356, "DealerIDNumber"),
        (0xC357, "CaptureDeviceFID"),
        (0xC358, "EnvelopeNumber"),
        (0xC359, "FrameNumber"),
        (0xC35A, "FilmCategory"),
        (0xC35B, "FilmGencode"),
        (0xC35C, "ModelAndVersion"),
        (0xC35D, "FilmSize"),
        (0xC35E, "SBA_RGBShifts"),
        (0xC35F, "SBAInputImageColorspace"),
        (0xC360, "SBAInputImageBitDepth"),
        (0xC363, "ImageRotationStatus"),
        (0xC364, "RollGuidElements"),
        (0xC365, "MetadataNumber"),
        (0xC366, "EditTagArray"),
        (0xC367, "Magnification"),
        (0xC36C, "NativeXResolution"),
        (0xC36D, "NativeYResolution"),
        (0xC37A, "NativeResolutionUnit"),
        (0xC418, "SourceImageDirectory"),
        (0xC419, "SourceImageFileName"),
        (0xC41A, "SourceImageVolumeName"),
        (0xC46C, "PrintQuality"),
        (0xC46E, "ImagePrintStatus"),
    )
} | {
    number: Definition(number, name, convert=convert)
    for number, name, convert in (
        (0xC353, "CameraOwner", marked_text),
        (0xC354, "SerialNumber", marked_text),
        (0xC361, "SBAExposureRecord", _binary),
        (0xC362, "UserAdjSBA_RGBShifts", _binary),
    )
}
_GROUPS = {0xC36E: "KodakEffectsIFD", 0xC36F: "KodakBordersIFD"}
"""Entries that lead to further directories."""
_TABLES = {
    "KodakEffectsIFD": {
        0: Definition(0, "DigitalEffectsVersion"),
        1: Definition(1, "DigitalEffectsName", convert=_text, say=_unmarked),
        2: Definition(2, "DigitalEffectsType", convert=_text, say=_unmarked),
    },
    "KodakBordersIFD": {
        0: Definition(0, "BordersVersion"),
        1: Definition(1, "BorderName", convert=_text, say=_unmarked),
        2: Definition(2, "BorderID", convert=_text, say=_unmarked),
        3: Definition(3, "BorderLocation", convert=_text, say=_unmarked),
        4: Definition(4, "BorderType", convert=_text, say=_unmarked),
        8: Definition(8, "WatermarkType", convert=_text, say=_unmarked),
    },
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature: a TIFF header, an IFD, and two below it."""
    structure = begun(view, reading, _VOCABULARY)
    if structure is None:
        reading.problem("meta.bad-header", "The block has no byte order mark.", view.span(0, 2))
        return
    walker, first = structure
    walker.directory(first, "MetaIFD", 0)


def _descend(walker: Walker, entry: Entry, depth: int) -> None:
    if depth == 0 and isinstance(entry.raw, int) and walker.view.has(entry.raw, 2):
        walker.directory(entry.raw, _GROUPS[entry.id], 1)


_VOCABULARY = Vocabulary(_TABLES, _TAGS, (), _GROUPS, as_they_are, _descend)
