"""The block of APP3 (`Stim`) of stereo pictures, shaped like TIFF (CIPA DC-006, section 4)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.blocks.ifd import Vocabulary, Walker, as_they_are, begun
from mapy.explain import numbers
from mapy.records import record
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Names, Value

GROUP = "Stim"
_CROPS = {0x0007: "X", 0x0008: "Y"}
"""Entries that are records of how far the viewpoints are moved against each other."""


def _millimetres(value: Value) -> Value:
    return f"{value} mm"


def _or_infinite(value: Value) -> Value:
    return f"{value} mm" if value else "inf"


_VIEWPOINTS: Names = {0: "Left Viewpoint", 1: "Right Viewpoint"}
_BASES: Names = {**_VIEWPOINTS, 255: "Equivalent for Both Viewpoints"}
_TABLE = {
    int(row.id): row
    for row in (
        Definition(0x0000, "StimVersion"),
        Definition(0x0001, "ApplicationData", convert=numbers.binary),
        Definition(
            0x0002,
            "ImageArrangement",
            {0: "Parallel View Alignment", 1: "Cross View Alignment"},
        ),
        Definition(0x0003, "ImageRotation", {1: "None"}),
        Definition(0x0004, "ScalingFactor"),
        Definition(0x0005, "CropXSize"),
        Definition(0x0006, "CropYSize"),
        Definition(0x0009, "ViewType", {0: "No Pop-up Effect", 1: "Pop-up Effect"}),
        Definition(0x000A, "RepresentativeImage", _VIEWPOINTS),
        Definition(0x000B, "ConvergenceBaseImage", _BASES),
        Definition(0x000C, "AssumedDisplaySize", say=_millimetres),
        Definition(0x000D, "AssumedDistanceView", say=_millimetres),
        Definition(0x000E, "RepresentativeDisparityNear"),
        Definition(0x000F, "RepresentativeDisparityFar"),
        Definition(0x0010, "InitialDisplayEffect", {0: "Off", 1: "On"}),
        Definition(0x0011, "ConvergenceDistance", say=_or_infinite),
        Definition(0x0012, "CameraArrangementInterval", say=_millimetres),
        Definition(0x0013, "ShootingCount"),
    )
}
_COMMON_OFFSET: Names = {0: "Common Offset Setting", 1: "Individual Offset Setting"}


@cache
def _crop(axis: str) -> Record:
    return record(
        GROUP,
        "",
        (0, "H", Definition(0, f"Crop{axis}CommonOffset", _COMMON_OFFSET)),
        (2, "B", Definition(2, f"Crop{axis}ViewpointNumber")),
        (3, "i", Definition(3, f"Crop{axis}Offset")),
        (7, "B", Definition(7, f"Crop{axis}ViewpointNumber2")),
        (8, "i", Definition(8, f"Crop{axis}Offset2")),
    )


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature: a TIFF header and an IFD."""
    structure = begun(view, reading, _VOCABULARY)
    if structure is None:
        reading.problem("stim.bad-header", "The block has no byte order mark.", view.span(0, 2))
        return
    walker, first = structure
    walker.directory(first, GROUP, 0)


def _descend(walker: Walker, entry: Entry, _: int) -> None:
    part = walker.view.sub(entry.place, entry.length)
    tags = _crop(_CROPS[entry.id]).tags(part, walker.layout.order)
    walker.reading.budget.spend("entries", len(tags))  # many entries may lead to one record
    walker.reading.add(GROUP, tags, part.span(0, len(part)))


_VOCABULARY = Vocabulary({}, _TABLE, frozenset(), _CROPS, as_they_are, _descend)
