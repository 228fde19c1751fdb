"""A JPEG with one of each block: whatever is cut or flipped, reading ends as it should."""

from __future__ import annotations

import struct

from hypothesis import given

import mapy
from mapy_block_builders import element, everything, icc_segments, profile, resource
from mapy_builders import Entry, code_of, exif, ifd, jpeg, tiff
from mapy_damage import Changes, changed, changes_of

WHOLE = everything()
CODES = {"", "file.empty", "file.unknown-format", "file.broken", "image.too-many-pixels"}


def test_the_whole_has_no_problem() -> None:
    """What the builders write is sound, and every block of it gives tags."""
    metadata = mapy.read(WHOLE)
    groups = {tag.group for tag in metadata}

    assert not metadata.problems
    assert {"ICC-header", "IPTC", "Photoshop", "MPF0", "FlashPix", "FLIR", "MetaIFD"} <= groups
    assert {"Scalado", "RMETA", "GoPro", "PrintIM", "Ducky", "PictureInfo"} <= groups
    assert {"IPTC2", "FotoStation", "PhotoMechanic", "Samsung"} <= groups


def test_survives_every_truncation() -> None:
    """Cut at each byte, the rest is read or refused by name."""
    assert {code_of(WHOLE[:length]) for length in range(0, len(WHOLE), 7)} <= CODES


@given(changes_of(WHOLE, 12))
def test_survives_flipped_bytes(changes: Changes) -> None:
    """Whatever stands in any place, reading ends with metadata or a named error."""
    assert code_of(changed(WHOLE, changes)) in CODES


def test_bounds_blocks_inside_blocks() -> None:
    """EXIF in resources in EXIF, and so on, ends before Python's own stack does."""
    inner = tiff(ifd())
    for _ in range(150):
        inner = tiff(ifd(Entry(0x8649, 7, resource(0x0422, inner))))
    metadata = mapy.read(jpeg(exif(inner)))

    assert "limit.block-depth" in [problem.code for problem in metadata.problems]


def test_bounds_what_elements_that_share_their_bytes_take() -> None:
    """A profile of 500 elements that are the same long text costs no more than the limit."""
    long = element(b"text", b"x" * 50_000)
    content = bytearray(profile(*[(b"cprt", b"")] * 400) + long)
    for number in range(400):
        at = 132 + 12 * number + 4
        content[at : at + 8] = struct.pack(">II", len(content) - len(long), len(long))
    limits = mapy.Limits(total_value_bytes=1_000_000)
    metadata = mapy.read(jpeg(*icc_segments(bytes(content), 2)), limits=limits)

    assert "limit.total-value-bytes" in [problem.code for problem in metadata.problems]
