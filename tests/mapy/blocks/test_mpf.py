"""The index of the pictures of a file."""

from __future__ import annotations

import mapy
from mapy_block_builders import mpf
from mapy_builders import jpeg

INDEX = mpf((0x20030000, 500, 0), (0x00010001, 7, 20), (0x00020002, 7, 24))
PHOTO = jpeg(INDEX) + bytes(100)
START = PHOTO.index(b"MPF\0") + 4


def test_words_what_a_picture_is() -> None:
    """Flags, format and kind share a number."""
    metadata = mapy.read(PHOTO)

    assert metadata["MPF0:NumberOfImages"].machine == 3
    assert metadata["MPImage1:MPImageFlags"].readable == "Representative image"
    assert metadata["MPImage1:MPImageType"].readable == "Baseline MP Primary Image"
    assert metadata["MPImage2:MPImageFlags"].readable == "(none)"
    assert metadata["MPImage3:MPImageType"].readable == "Multi-frame Disparity"


def test_counts_the_places_of_pictures_from_the_start_of_the_file() -> None:
    """In the block they count from its byte order mark; the first picture is at 0."""
    metadata = mapy.read(PHOTO)

    assert metadata["MPImage1:MPImageStart"].machine == 0
    assert metadata["MPImage2:MPImageStart"].machine == START + 20


def test_the_first_large_thumbnail_is_the_preview() -> None:
    """Other pictures go by their number."""
    metadata = mapy.read(PHOTO)

    assert metadata["MPImage2:PreviewImage"].span == (START + 20, 7)
    assert metadata["MPImage3:MPImage3"].span == (START + 24, 7)
    assert "MPImage1:MPImage1" not in metadata


def test_says_that_a_picture_is_cut_short() -> None:
    """A picture beyond the end of the file is a problem."""
    metadata = mapy.read(jpeg(mpf((0, 500, 0), (0, 1_000, 20))))

    assert [problem.code for problem in metadata.problems] == ["mpf.picture-outside"]


def test_a_loop_of_directories_ends() -> None:
    """A directory that leads to itself is read once."""
    content = bytearray(jpeg(INDEX))
    at = content.index(b"0100", START) + 8 + 2 * 12
    content[at : at + 4] = (8).to_bytes(4, "little")

    assert "MPF0:NumberOfImages" in mapy.read(bytes(content))
