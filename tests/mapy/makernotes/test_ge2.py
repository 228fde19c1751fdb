"""The notes of General Imaging that have Fujifilm's tags."""

from __future__ import annotations

from struct import pack

import pytest

import mapy
from mapy_builders import code_of
from mapy_note_builders import camera_file

HEAD = b"GE\x0c\0\0\0\x16\0\0\0\0\0"


def entry(number: int, kind: int, count: int, value: int) -> bytes:
    """One row of the directory."""
    return pack("<HHII", number, kind, count, value)


def note() -> bytes:
    """A note of 25 entries, whose number is not told; the last one leads too far."""
    behind = len(HEAD) + 2 + 25 * 12 + 4
    rows = [entry(0x1001, 3, 1, 3), entry(0x1000, 2, 8, behind - 6)]
    rows += [entry(0x2000 + number, 3, 1, 0) for number in range(22)]
    rows.append(entry(0x1304, 2, 10, behind + 8 - 6 + 210))
    return HEAD + b"\0\0" + b"".join(rows) + bytes(4) + b"NORMAL \x004320x3240\0"


def test_counts_the_entries_itself_and_mends_offsets() -> None:
    """Values are ExifTool's."""
    metadata = mapy.read(camera_file("GENERAL IMAGING CO.", "E1255W", lambda _at: note()))
    found = {tag.name: tag.machine for tag in metadata if tag.group == "FujiFilm"}

    assert found["Sharpness"] == 3
    assert found["Quality"] == "NORMAL "
    assert found["GEImageSize"] == "4320x3240"


@pytest.mark.parametrize("size", [10, 12, 14, 100, 313, 314, 318, 320])
def test_survives_a_note_that_is_cut_short(size: int) -> None:
    """With fewer than its entries it is no note."""
    cut = note()[:size]
    assert code_of(camera_file("GENERAL IMAGING CO.", "E1", lambda _at: cut)) == ""
