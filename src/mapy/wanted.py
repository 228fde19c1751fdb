"""What of a file is to be read, where that is not all: `mapy.read(..., only=...)`."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - compiled, a named tuple looks its types up
from functools import lru_cache
from typing import Final, NamedTuple


class Wanted(NamedTuple):
    """Kinds of blocks, directories and single tags."""

    kinds: frozenset[str]
    """Kinds of blocks, and directories of EXIF, with what has to be read for their sake."""
    names: Mapping[str, frozenset[str]]
    """Of the directories of which not all tags are wanted: the names of those that are."""
    is_exif_alone: bool
    """Whether nothing is wanted beside the EXIF block."""


PLACE_AND_TIME: Final = frozenset(
    {
        "GPS",
        "ExifIFD:CreateDate",
        "ExifIFD:DateTimeOriginal",
        "ExifIFD:OffsetTime",
        "ExifIFD:OffsetTimeDigitized",
        "ExifIFD:OffsetTimeOriginal",
        "ExifIFD:SubSecTime",
        "ExifIFD:SubSecTimeDigitized",
        "ExifIFD:SubSecTimeOriginal",
        "IFD0:ModifyDate",
    }
)
"""For `read(..., only=PLACE_AND_TIME)`: what `Metadata.position` and `.taken_at` need of EXIF."""
EXIF_DIRECTORIES: Final = frozenset({"ExifIFD", "GPS", "IFD0", "IFD1", "InteropIFD", "SubIFD"})
_EXIF_BLOCKS: Final = frozenset({"exif", "exif-part"})
_C2PA: Final = frozenset({"c2pa-signature", "cbor", "json"})
_KEPT: Final = 64
"""Wishes that are remembered; a program has few."""


@lru_cache(maxsize=_KEPT)
def wanted(only: frozenset[str]) -> Wanted:
    """What names of kinds, directories and tags (`GPS`, `ExifIFD:DateTimeOriginal`) ask for."""
    kinds, names = set(), dict[str, set[str]]()
    for each in only:
        group, colon, name = each.partition(":")
        kinds.add(group)
        if colon:
            names.setdefault(group, set()).add(name)
    if "jumbf" in kinds:
        kinds |= _C2PA
    directories = kinds & EXIF_DIRECTORIES
    if directories:
        kinds |= _EXIF_BLOCKS
    elif "exif" in kinds:
        kinds |= _EXIF_BLOCKS | EXIF_DIRECTORIES
    if directories and "IFD0" not in directories and "exif" not in only:
        names["IFD0"] = set()  # it leads to the others
    return Wanted(
        frozenset(kinds),
        {group: frozenset(found) for group, found in names.items() if group not in only},
        is_exif_alone=kinds <= _EXIF_BLOCKS | EXIF_DIRECTORIES,
    )
