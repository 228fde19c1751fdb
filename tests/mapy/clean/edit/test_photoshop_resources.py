"""Image resources without what a selection takes."""

from __future__ import annotations

import pytest

from mapy.clean.edit import photoshop
from mapy.clean.policy import Policy
from mapy.clean.selection import selection_of
from mapy.explain.finding import Subject
from mapy_block_builders import dataset, resource
from mapy_builders import rdf
from mapy_clean_builders import CAMERA, SECRET

NO_PLACE = selection_of(Policy(remove=frozenset({Subject.PLACE})), None)
NO_HISTORY = selection_of(Policy(remove=frozenset({Subject.HISTORY})), None)
NOTHING = selection_of(Policy(remove=frozenset()), None)
RESOLUTION = resource(0x03ED, bytes(16))
EMPTY = 4000


def test_takes_the_place_out_of_iptc() -> None:
    """The other datasets stay, in a resource of the same length."""
    city, caption = dataset(2, 90, b"Canary"), dataset(2, 120, b"caption")
    after = photoshop(RESOLUTION + resource(0x0404, city + caption), NO_PLACE)

    assert after == RESOLUTION + resource(0x0404, caption + bytes(len(city)))


def test_edits_exif_and_xmp() -> None:
    """As everywhere else."""
    packet = rdf("<dc:format>f</dc:format>", 'exif:GPSLatitude="33,51.5S"')
    after = photoshop(resource(0x0422, CAMERA) + resource(0x0424, packet), NO_PLACE)

    assert b"33,51" not in after
    assert b"<dc:format>f</dc:format>" in after
    assert b"Safe 1" in after


@pytest.mark.parametrize("number", [0x0409, 0x040C, 0x0425, 0x0421, 0x041A, 0x043E, 0x0FFF])
def test_empties_what_may_hold_copies(number: int) -> None:
    """Thumbnails, the check sum of IPTC, the writer, slices, paths, plug-ins: nothing moves."""
    content = resource(number, SECRET, b"name!")
    after = photoshop(content + RESOLUTION, NO_PLACE)

    assert after == resource(EMPTY, bytes(len(content) - 12)) + RESOLUTION


def test_takes_a_resource_by_its_tags() -> None:
    """An address goes with the history, and not with the place."""
    address = resource(0x040B, b"http://x.test")

    assert photoshop(address, NO_PLACE) == address


def test_edits_plain_iptc_in_their_place() -> None:
    """Some programs write datasets where resources belong."""
    city = dataset(2, 90, b"Canary")

    assert photoshop(city, NO_PLACE) == bytes(len(city))


def test_drops_what_is_no_resource() -> None:
    """Bytes behind the last one, and one that is cut short."""
    cut = resource(0x03ED, bytes(16))[:-1]

    assert photoshop(RESOLUTION + SECRET, NO_PLACE) == RESOLUTION + bytes(len(SECRET))
    assert photoshop(RESOLUTION + cut, NO_PLACE) == RESOLUTION + bytes(len(cut))


def test_changes_nothing_where_nothing_goes() -> None:
    """The same bytes."""
    content = resource(0x0409, SECRET)

    assert photoshop(content, NOTHING) == content
