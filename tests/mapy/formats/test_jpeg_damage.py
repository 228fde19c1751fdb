"""A JPEG with one of each block: whatever is cut or flipped, reading ends as it should."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import mapy
from mapy_block_builders import everything
from mapy_builders import code_of

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


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12))
def test_survives_flipped_bytes(changes: list[tuple[int, int]]) -> None:
    """Whatever stands in any place, reading ends with metadata or a named error."""
    content = bytearray(WHOLE)
    for place, value in changes:
        content[place] = value

    assert code_of(bytes(content)) in CODES
