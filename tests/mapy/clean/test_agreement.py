"""What is explained can be removed: after a subject is taken, no rule finds it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.clean.policy import Policy
from mapy.explain import explain
from mapy_block_builders import dataset, resource
from mapy_builders import (
    UNDEFINED,
    Entry,
    ascii_entry,
    exif,
    ifd,
    jpeg,
    pointer,
    rational,
    rdf,
    segment,
    tiff,
    xmp,
)
from mapy_clean_builders import copied

if TYPE_CHECKING:
    from mapy.explain.finding import Subject
    from mapy.model import Metadata

PHOTO = ifd(
    ascii_entry(0x010D, "C:\\Users\\anna\\IMG_1.jpg"),
    ascii_entry(0x010E, "Anna at home"),
    ascii_entry(0x010F, "Lamp"),
    ascii_entry(0x0110, "Safe 1"),
    ascii_entry(0x0131, "Editor 1.0"),
    ascii_entry(0x0132, "2024:06:01 10:11:12"),
    ascii_entry(0x013B, "Anna"),
    ascii_entry(0x8298, "(c) Anna"),
    pointer(
        0x8769,
        ifd(
            rational(0x829A, (1, 500)),
            ascii_entry(0x9003, "2024:05:01 10:11:12"),
            ascii_entry(0x9011, "+02:00"),
            Entry(0x9286, UNDEFINED, b"ASCII\0\0\0call 0123 456789"),
            ascii_entry(0xA430, "Anna"),
            ascii_entry(0xA431, "12345678"),
            ascii_entry(0xA435, "87654321"),
        ),
    ),
    pointer(
        0x8825,
        ifd(
            ascii_entry(0x0001, "N"),
            rational(0x0002, (43, 1), (28, 1), (5, 1)),
            ascii_entry(0x0003, "E"),
            rational(0x0004, (11, 1), (52, 1), (48, 1)),
        ),
    ),
)
PACKET = rdf(
    "<xmp:CreatorTool>Editor 1.0</xmp:CreatorTool>"
    "<xmp:ModifyDate>2024-06-01T10:11:12</xmp:ModifyDate>"
    "<xmpMM:PreservedFileName>IMG_1.jpg</xmpMM:PreservedFileName>"
    "<xmpMM:DocumentID>xmp.did:1</xmpMM:DocumentID><photoshop:City>Arezzo</photoshop:City>"
    "<dc:creator><rdf:Seq><rdf:li>Anna</rdf:li></rdf:Seq></dc:creator>"
    "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/"
    "trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>",
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
)
IPTC = dataset(2, 90, b"Arezzo") + dataset(2, 80, b"Anna") + dataset(2, 5, b"IMG_1.jpg")
CONTENT = jpeg(
    exif(tiff(PHOTO)),
    xmp(PACKET),
    segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, IPTC)),
)


def subjects(metadata: Metadata) -> set[Subject]:
    """What a file gives something away about."""
    return {finding.subject for finding in explain(metadata)}


TOLD = sorted(subjects(mapy.read(CONTENT)), key=lambda each: each.value)


def test_the_photo_tells_of_nearly_everything() -> None:
    """Else there would be little to agree about."""
    expected = {"place", "person", "device", "time", "history", "origin", "name"}

    assert expected == {each.value for each in TOLD}


@pytest.mark.parametrize("subject", TOLD)
def test_a_removed_subject_is_found_no_more(subject: Subject) -> None:
    """By the rules, in any block; and what is not about it is found as before."""
    after = copied(CONTENT, Policy(remove=frozenset({subject}))).after

    assert subject not in subjects(after)
    assert after["ExifIFD:ExposureTime"].machine == 0.002


def test_a_copy_gives_nothing_away() -> None:
    """By the default policy no rule finds anything."""
    assert set() == subjects(copied(CONTENT).after)
