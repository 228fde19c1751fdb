"""The EXIF block of a copy that loses everything else."""

from __future__ import annotations

import pytest

import mapy
from mapy.clean.minimal_exif import build
from mapy.clean.policy import Keep
from mapy.model import Metadata, Position
from mapy_builders import ascii_entry, exif, ifd, jpeg, rdf, short, tiff, xmp
from mapy_clean_builders import camera_segment

ALL = frozenset(Keep)


def read(*segments: bytes) -> Metadata:
    """The metadata of a JPEG of these segments."""
    return mapy.read(jpeg(*segments))


def rebuilt(metadata: Metadata, keep: frozenset[Keep] = ALL) -> dict[str, object]:
    """What the block of a copy says."""
    block = build(metadata, keep, None)
    assert block is not None
    found = mapy.read(jpeg(exif(block)))
    return {tag.key: tag.machine for tag in found if tag.group == "IFD0"}


def test_is_as_small_as_can_be() -> None:
    """One entry for the orientation: 8 bytes of header, 2 of count, 12, 4 for the next one."""
    block = build(read(camera_segment()), ALL, None)

    assert block == b"MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"


def test_there_is_none_if_nothing_is_told() -> None:
    """No block for a file without any of the facts, or a policy that keeps none."""
    assert build(read(), ALL, None) is None
    assert build(read(camera_segment()), frozenset(), None) is None


@pytest.mark.parametrize("value", [0, 9, 300])
def test_an_orientation_must_be_one(value: int) -> None:
    """Numbers that mean nothing are not copied."""
    assert build(read(exif(tiff(ifd(short(0x0112, value))))), ALL, None) is None


def test_takes_a_fact_from_where_it_is_told() -> None:
    """EXIF first, then IPTC and XMP; several creators with semicolons."""
    packet = rdf(
        "<dc:rights>(c) XMP</dc:rights>"
        "<dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B é</rdf:li></rdf:Seq></dc:creator>"
    )
    block = exif(tiff(ifd(ascii_entry(0x8298, "(c) EXIF"))))

    assert rebuilt(read(block, xmp(packet))) == {
        "IFD0:Copyright": "(c) EXIF",
        "IFD0:Artist": "A; B é",
    }
    assert rebuilt(read(xmp(packet)))["IFD0:Copyright"] == "(c) XMP"


def test_bounds_what_is_copied() -> None:
    """A notice is no place to carry a file in."""
    long = exif(tiff(ifd(ascii_entry(0x8298, "ä" * 5000))))

    assert rebuilt(read(long))["IFD0:Copyright"] == "ä" * 2048


@pytest.mark.parametrize("position", [Position(-33.86, 151.21), Position(0.0, -179.99)])
def test_tells_a_position(position: Position) -> None:
    """Degrees with their hemispheres; no altitude, no time."""
    block = build(read(), ALL, position)

    assert block is not None
    assert mapy.read(jpeg(exif(block))).position == position
