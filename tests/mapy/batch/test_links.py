"""What links pictures to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
import time
from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.batch import Facts, links
from mapy.batch.links import PLACE
from mapy.batch.marks import Mark, MarkKind, marks_of
from mapy.model import Position
from mapy_builders import ascii_entry, exif, ifd, jpeg, pointer, rdf, tiff, xmp

if TYPE_CHECKING:
    from mapy.batch import Link

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
METRE = 1 / 111_195
"""Of latitude, in degrees."""


def body(number: str, maker: str = "lamp") -> Mark:
    """A camera's serial number."""
    return Mark(MarkKind.BODY, number, maker)


def at(name: str, latitude: float, longitude: float = 0.0, *, minutes: float = 0) -> Facts:
    """A picture of a place and time."""
    moment = NOON + timedelta(minutes=minutes)
    return Facts(name, position=Position(latitude, longitude), taken_at=moment, utc=moment)


def groups(found: tuple[Link, ...]) -> list[tuple[str, ...]]:
    """The files of each link."""
    return [link.names for link in found]


def test_pictures_of_one_camera_are_linked() -> None:
    """All files with its serial number, and a sentence that says so."""
    found = links(
        [
            Facts("a", marks=(body("12345"),)),
            Facts("b", marks=(body("99999"),)),
            Facts("c", marks=(body("12345"),)),
        ]
    )

    assert groups(found) == [("a", "c")]
    assert str(found[0].what) == "2 pictures share the serial number of a camera: 12345"


def test_a_name_is_told_as_the_first_file_has_it() -> None:
    """What is compared without case is not shown so."""
    files = [
        Facts(name, marks=(Mark(MarkKind.PERSON, "ann b", "", name),))
        for name in ("Ann B", "ANN B")
    ]

    assert links(files)[0].value == "Ann B"


def test_two_makers_may_give_the_same_number() -> None:
    """A number links only pictures of one maker."""
    others = Facts("b", marks=(body("1234", "other"),))

    assert links([Facts("a", marks=(body("1234"),)), others]) == ()


def test_the_largest_link_stands_first() -> None:
    """By the count of files."""
    two, three = body("2222a"), body("3333a")
    found = links(
        [Facts("a", marks=(two, three)), Facts("b", marks=(two, three)), Facts("c", marks=(three,))]
    )

    assert [len(link.names) for link in found] == [3, 2]


def test_several_ids_of_the_same_files_are_one_link() -> None:
    """An edited document carries the ids of all it was made from."""
    marks = tuple(Mark(MarkKind.DOCUMENT, value) for value in ("one-id", "two-id"))

    assert len(links([Facts("a", marks=marks), Facts("b", marks=marks)])) == 1


@pytest.mark.parametrize(
    ("other", "is_near"),
    [
        (at("b", 99 * METRE), True),
        (at("b", 101 * METRE), False),
        (at("b", 0, minutes=60), True),
        (at("b", 0, minutes=61), False),
        (at("b", -99 * METRE, minutes=-60), True),
    ],
)
def test_pictures_of_one_place_and_hour_are_linked(other: Facts, *, is_near: bool) -> None:
    """Within 100 m and an hour of the first, not beyond."""
    assert [link.kind for link in links([at("a", 0), other])] == [PLACE] * is_near


@pytest.mark.parametrize(
    ("one", "other"),
    [((10, 180), (10, -180)), ((10, 179.9999), (10, -179.9999)), ((90, 0), (89.9999, 120))],
)
def test_places_at_the_edge_of_maps_are_near_each_other(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    """The date line and the poles are where they are by convention only."""
    assert len(links([at("a", *one), at("b", *other)])) == 1


def test_a_clock_without_a_zone_is_not_compared_with_utc() -> None:
    """12:00 somewhere and 12:00 UTC are hours apart."""
    unzoned = Facts("b", position=Position(0, 0), taken_at=NOON.replace(tzinfo=None))

    assert links([at("a", 0), unzoned]) == ()
    assert len(links([unzoned, unzoned._replace(name="c")])) == 1


def test_thousands_of_pictures_of_one_place_cost_linear_time() -> None:
    """A burst of a wedding is no reason to wait."""
    files = [at(str(n), n % 300 * METRE, n % 7 * METRE, minutes=n / 100) for n in range(20_000)]
    started = time.perf_counter()
    found = links(files)

    assert sum(len(link.names) for link in found) <= len(files)
    assert time.perf_counter() - started < 10


def test_marks_are_read_from_every_group() -> None:
    """The same number in EXIF and XMP is one mark; prefixes, zeros and case do not count."""
    photo = ifd(ascii_entry(0xA431, "00012345"))
    structure = tiff(ifd(ascii_entry(0x010F, "LAMP CORP"), pointer(0x8769, photo)))
    packet = rdf(
        "<xmpMM:DocumentID>xmp.did:ABC-1</xmpMM:DocumentID><dc:creator>Ann  B</dc:creator>"
    )

    assert set(marks_of(mapy.read(jpeg(exif(structure), xmp(packet))))) == {
        Mark(MarkKind.BODY, "12345", "lamp", "00012345"),
        Mark(MarkKind.DOCUMENT, "abc-1", "", "xmp.did:ABC-1"),
        Mark(MarkKind.PERSON, "ann b", "", "Ann B"),
    }


@pytest.mark.parametrize(
    "value", ["", "0000000", "1111111", "unknown", "12", "255 71 13", "nan inf"]
)
def test_a_value_that_tells_nothing_is_no_mark(value: str) -> None:
    """What cameras write where they know nothing links nobody."""
    photo = ifd(ascii_entry(0xA431, value), ascii_entry(0xA430, value))

    assert marks_of(mapy.read(tiff(ifd(pointer(0x8769, photo))))) == ()


def test_who_made_something_else_is_no_mark() -> None:
    """The creator of a PDF is a program."""
    attributes = 'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Creator="Some Program"'
    metadata = mapy.read(jpeg(xmp(rdf("", attributes))))

    assert "XMP-pdf:Creator" in metadata
    assert marks_of(metadata) == ()


def test_a_camera_that_calls_itself_the_owner_is_nobody() -> None:
    """The model's name is no person's."""
    photo = ifd(ascii_entry(0xA430, "SAFE 1"))

    assert (
        marks_of(mapy.read(tiff(ifd(ascii_entry(0x0110, "Safe 1"), pointer(0x8769, photo))))) == ()
    )
