"""The record of Samsung's compact cameras: where a preview lies."""

from __future__ import annotations

from struct import pack

import pytest

import mapy
from mapy_builders import code_of
from mapy_note_builders import camera_file


def samsung(start: int, length: int = 20, version: bytes = b"STMN100\0") -> bytes:
    """A file with a note that tells of a preview there."""
    record = version + pack("<II", start, length) + bytes(28) + b"Park Byeongchan\0"
    return camera_file("SAMSUNG", "S850", lambda _at: record)


def test_tells_where_the_preview_is() -> None:
    """Its place counts from the start of the file."""
    metadata = mapy.read(samsung(168))
    found = {tag.name: tag.machine for tag in metadata if tag.group == "Samsung"}

    assert found == {
        "MakerNoteVersion": "STMN100",
        "PreviewImageStart": 168,
        "PreviewImageLength": 20,
        "PreviewImage": "(Binary data 20 bytes, use -b option to extract)",
    }
    assert metadata["Samsung:PreviewImage"].offset == 168


def test_shows_a_note_without_a_preview_as_it_is() -> None:
    """There is nothing else in it that is known."""
    metadata = mapy.read(samsung(0, 0))

    assert metadata["ExifIFD:MakerNoteSamsung1a"].length == 60
    assert not any(tag.group == "Samsung" for tag in metadata)


def test_leaves_out_a_preview_of_no_length() -> None:
    """Two numbers that say that there is none."""
    assert "Samsung:PreviewImage" not in mapy.read(samsung(168, 0))


@pytest.mark.parametrize("size", range(4, 16))
def test_survives_a_note_that_is_cut_short(size: int) -> None:
    """With less than its record it is no note."""
    record = samsung(168)[-60:][:size]
    assert code_of(camera_file("SAMSUNG", "S850", lambda _at: record)) == ""


def test_passes_over_a_version_that_is_none() -> None:
    """Three digits stand behind the name."""
    assert code_of(samsung(168, version=b"STMNxyz\0")) == ""
