"""A block of IPTC without what a selection takes."""

from __future__ import annotations

import struct

from mapy.clean.edit import iptc
from mapy.clean.policy import Policy
from mapy.clean.selection import selection_of
from mapy.explain.finding import Subject
from mapy_block_builders import dataset

NO_PLACE = selection_of(Policy(remove=frozenset({Subject.PLACE})), None)
NOTHING = selection_of(Policy(remove=frozenset()), None)
CITY, CAPTION = dataset(2, 90, b"Canary"), dataset(2, 120, b"caption")


def test_takes_datasets_and_fills_with_zeros() -> None:
    """What stays moves together, as readers expect it."""
    assert iptc(CITY + CAPTION, NO_PLACE) == CAPTION + bytes(len(CITY))


def test_drops_what_no_table_names() -> None:
    """An unknown dataset may be a copy of anything."""
    unknown = dataset(9, 250, b"Canary")

    assert iptc(unknown + CAPTION, NO_PLACE) == CAPTION + bytes(len(unknown))


def test_drops_what_follows_the_datasets() -> None:
    """Bytes without a marker, and a dataset that is cut short."""
    assert iptc(CAPTION + b"Canary", NO_PLACE) == CAPTION + bytes(6)
    assert iptc(CAPTION + CITY[:-1], NO_PLACE) == CAPTION + bytes(len(CITY) - 1)


def test_follows_long_datasets() -> None:
    """The real length behind a length that tells its own."""
    long = b"\x1c\x02\x78\x80\x02" + struct.pack(">H", 300) + bytes(300)

    assert iptc(long + CITY, NO_PLACE) == long + bytes(len(CITY))


def test_edits_swapped_words() -> None:
    """Some writers of TIFF swap the bytes by fours."""

    def swapped(block: bytes) -> bytes:
        return b"".join(block[at : at + 4][::-1] for at in range(0, len(block), 4))

    block = (CITY + CAPTION).ljust(28, b"\0")

    assert iptc(swapped(block), NO_PLACE) == swapped(CAPTION.ljust(28, b"\0"))


def test_changes_nothing_where_nothing_goes() -> None:
    """The same bytes."""
    assert iptc(CITY, NOTHING) == CITY
