"""Rows of Sony's records that the published list, which is older, lacks: facts by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.sony.models import TAG_2010E_LONG, TAG_2010I
from mapy.tags.makers import Names, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASPECT_RATIOS: Names = {0: "16:9", 1: "4:3", 2: "3:2", 3: "1:1", 5: "Panorama"}
_SHUTTERS: Names = {7: "Electronic", 23: "Mechanical"}


def _aspect_ratio(place: int) -> Row:
    return Row(str(place), 0, "AspectRatio", "int8u", 1, is_binary=False, names=_ASPECT_RATIOS)


def _row(place: int, name: str, kind: str, values: int = 1) -> Row:
    return Row(str(place), 0, name, kind, values, is_binary=False, names=None)


ROWS: Mapping[str, tuple[tuple[str, Row], ...]] = {
    "Tag2010e": (
        (TAG_2010E_LONG, _aspect_ratio(0x1A88)),
        (f"(?!{TAG_2010E_LONG})", _aspect_ratio(0x192C)),
    ),
    "Tag2010f": (("", _aspect_ratio(0x192C)),),
    "Tag2010g": (("", _aspect_ratio(0x1958)),),
    "Tag2010h": (("", _aspect_ratio(0x192C)),),
    "Tag2010i": (("", _aspect_ratio(0x188C)),),
    "Tag9400c": (
        (
            TAG_2010I,
            Row("313", 0, "ShutterType", "int8u", 1, is_binary=False, names=_SHUTTERS),
        ),
    ),
    "Tag9050d": (
        ("", _row(0x0A, "ShutterCount", "int32u")),
        ("", _row(0x1A, "SonyExposureTime", "int16u")),
        ("", _row(0x1C, "SonyFNumber", "int16u")),
        ("", _row(0x38, "InternalSerialNumber", "int8u", 6)),
    ),
}
"""By section: which cameras have the row."""
BASES = {
    "Tag9050d": "Tag9050c",
    "AFInfoOther": "AFInfo",
    "AFInfo15": "AFInfo",
    "AFInfo19": "AFInfo",
    "AFInfo79": "AFInfo",
}
"""Sections that the list lacks, by one that has their rows, or none of them."""
