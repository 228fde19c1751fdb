"""The copy of a JPEG XL: its codestream, and no box beside it."""

from __future__ import annotations

import struct

import pytest

from mapy_box_builders import box, jxl
from mapy_builders import rdf
from mapy_clean_builders import BARE, CAMERA, NO_PLACE, SECRET, code_of_clean, copied, cuts, said

STREAM = b"\xff\x0a" + bytes(range(20))
EXIF = box(b"Exif", bytes(4) + CAMERA)


@pytest.mark.parametrize("kind", [b"Exif", b"xml ", b"brob", b"jumb", b"jbrd", b"jxli", b"who "])
def test_keeps_nothing_but_the_codestream(kind: bytes) -> None:
    """Metadata go, compressed or not, and the data of a former JPEG, which hold its metadata."""
    content = jxl(box(kind, bytes(4) + SECRET), box(b"jxlc", STREAM))

    assert jxl(box(b"jxlc", STREAM)) == copied(content, BARE).content


def test_keeps_the_parts_of_a_codestream_in_order() -> None:
    """A stream in parts, with a box between them, and the level that decoders look for."""
    first, last = box(b"jxlp", bytes(4) + STREAM), box(b"jxlp", b"\x80\0\0\1rest")
    content = jxl(box(b"jxll", b"\x0a" + SECRET), first, box(b"xml ", SECRET), last)

    assert jxl(box(b"jxll", b"\x0a"), first, last) == copied(content).content


def test_keeps_which_side_is_up() -> None:
    """A new EXIF block says it."""
    copy = copied(jxl(EXIF, box(b"jxlc", STREAM)))

    assert said(copy.content, "Jpeg2000") == ["IFD0:Orientation"]


def test_removes_the_place_alone() -> None:
    """EXIF and XMP are edited, and stay."""
    packet = rdf("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude><dc:title>T</dc:title>")
    copy = copied(jxl(EXIF, box(b"xml ", packet), box(b"jxlc", STREAM)), NO_PLACE)

    assert copy.after["ExifIFD:ExposureTime"].machine == 0.002
    assert copy.after["XMP-dc:Title"].machine == "T"
    assert not [key for key in said(copy.content) if "GPS" in key]


def test_reads_boxes_of_every_length() -> None:
    """A length of 64 bits, and a last box that ends with the file."""
    long = struct.pack(">I4sQ", 1, b"xml ", 16 + len(SECRET)) + SECRET
    last = bytes(4) + b"jxlc" + STREAM

    assert jxl(box(b"jxlc", STREAM)) == copied(jxl(long) + last).content


def test_leaves_a_bare_codestream_as_it_is() -> None:
    """It has no place for metadata."""
    assert copied(STREAM).content == STREAM


def test_refuses_a_file_without_an_image() -> None:
    """A container of metadata alone is no picture."""
    assert code_of_clean(jxl(EXIF)) == "jxl.no-image"


def test_survives_every_cut() -> None:
    """A file cut anywhere is cleaned or refused by name."""
    codes = {code_of_clean(content) for content in cuts(jxl(EXIF, box(b"jxlc", STREAM)))}

    assert {"", "jxl.no-image", "file.empty", "file.unknown-format", "file.broken"} >= codes
