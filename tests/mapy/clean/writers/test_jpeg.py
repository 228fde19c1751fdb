"""The copy of a JPEG: the image to the byte, and nothing that is not of it."""

from __future__ import annotations

import pytest

from mapy.clean.writers import jpeg as writer
from mapy_block_builders import icc_segments, profile
from mapy_builders import camera, exif, frame, jfif, jpeg, rdf, segment, tiff, xmp
from mapy_clean_builders import (
    BARE,
    CAMERA,
    COARSE,
    COARSE_PLACE,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)

SCAN = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
DATA = b"\x12\xff\x00\x34\xff\xd0\x56"
"""Coded data with a stuffed FF and a restart."""
TABLES = segment(0xDB, bytes(65)) + segment(0xC4, bytes(17)) + segment(0xDD, b"\0\4")
PROFILE = profile((b"desc", b"desc" + bytes(20)))


def photo(*segments: bytes, behind: bytes = b"") -> bytes:
    """A JPEG with tables and coded data; `behind` follows its end."""
    image = TABLES + frame() + SCAN + DATA
    return b"\xff\xd8" + b"".join(segments) + image + b"\xff\xd9" + behind


def test_keeps_nothing_but_the_image() -> None:
    """Without anything to keep, the copy is the image alone, to the byte."""
    content = photo(exif(CAMERA), xmp(rdf("<dc:title>x</dc:title>")), segment(0xFE, SECRET))

    assert photo() == copied(content, BARE).content


def test_keeps_which_side_is_up() -> None:
    """By default the orientation stays, in a new block; nothing else of EXIF does."""
    copy = copied(photo(exif(CAMERA)))

    assert said(copy.content) == ["IFD0:Orientation"]
    assert copy.after["IFD0:Orientation"].machine == 6


@pytest.mark.parametrize("marker", [*range(0xE0, 0xF0), 0xFE, 0xF0, 0xFD])
def test_drops_unknown_segments(marker: int) -> None:
    """Applications' segments, comments and extensions that nobody knows are dropped."""
    assert SECRET not in copied(photo(segment(marker, b"Who\0" + SECRET))).content


def test_drops_what_follows_the_image() -> None:
    """Whatever stands behind the first end of image: other pictures, films, trailers."""
    assert photo() == copied(photo(behind=photo(exif(CAMERA)) + SECRET)).content


def test_drops_bytes_between_segments() -> None:
    """Bytes that belong to no segment, and fill bytes, which decoders pass over."""
    content = photo(b"\xff\xff" + segment(0xFE, b"x") + b"\0" + SECRET)

    assert photo() == copied(content).content


def test_makes_jfif_anew_without_its_thumbnail() -> None:
    """JFIF tells how colours are stored, so it stays; its thumbnail does not."""
    thumbnail = segment(0xE0, jfif()[4:16] + b"\1\1" + b"\x01\x02\x03" + SECRET)

    assert photo(jfif()) == copied(photo(thumbnail)).content


def test_keeps_the_transform_of_adobe_alone() -> None:
    """Adobe's segment tells how colours are stored; its version and flags are set to fixed ones."""
    marked = segment(0xEE, b"Adobe\0\x65\xc0\1\0\0\2" + SECRET)

    assert photo(segment(0xEE, b"Adobe\0\x64\0\0\0\0\2")) == copied(photo(marked)).content


def test_drops_a_segment_of_adobe_without_a_transform() -> None:
    """Decoders pass over one that is too short."""
    assert photo() == copied(photo(segment(0xEE, b"Adobe\0\x64"))).content


def test_keeps_a_colour_profile_as_long_as_it_says() -> None:
    """A profile of several segments stays, without what stands behind its own end."""
    copy = copied(photo(*icc_segments(PROFILE + SECRET, 2)))

    assert photo(*icc_segments(PROFILE)) == copy.content


def test_drops_the_colour_profile_unless_it_is_kept() -> None:
    """A policy that keeps no colours drops it."""
    assert photo() == copied(photo(*icc_segments(PROFILE)), BARE).content


@pytest.mark.parametrize("content", [PROFILE[:-1], PROFILE.replace(b"acsp", b"none"), b"short"])
def test_drops_what_is_no_profile(content: bytes) -> None:
    """What does not say that it is a profile, or is cut short, is dropped."""
    assert photo() == copied(photo(*icc_segments(content))).content


def test_keeps_all_scans() -> None:
    """A picture in several scans, tables between them, keeps all of them in order."""
    image = frame() + SCAN + DATA + segment(0xC4, bytes(17)) + SCAN + DATA
    content = b"\xff\xd8" + segment(0xFE, b"x") + image + segment(0xFE, b"y") + b"\xff\xd9"

    assert b"\xff\xd8" + image + b"\xff\xd9" == copied(content).content


@pytest.mark.parametrize("marker", [0xC1, 0xC2, 0xC3, 0xC9, 0xCA])
def test_keeps_frames_of_every_process(marker: int) -> None:
    """12 bits, progressive, lossless and arithmetic pictures are copied alike."""
    image = segment(marker, frame()[4:]) + SCAN + DATA
    content = b"\xff\xd8" + segment(0xFE, b"x") + image + b"\xff\xd9"

    assert b"\xff\xd8" + image + b"\xff\xd9" == copied(content).content


def test_ends_a_picture_that_is_cut_short() -> None:
    """Coded data that stop in the middle get an end; none of them are lost."""
    copy = copied(photo(exif(CAMERA))[:-4], BARE)

    assert photo()[:-5] + b"\xff\xd9" == copy.content


def test_refuses_a_file_without_an_image() -> None:
    """A file that ends before its scan has nothing to keep."""
    assert code_of_clean(b"\xff\xd8" + exif(CAMERA) + b"\xff\xd9") == "jpeg.no-image"


def test_survives_every_cut() -> None:
    """A file cut anywhere is cleaned or refused by name."""
    codes = {code_of_clean(content) for content in cuts(photo(exif(CAMERA), jfif()))}

    assert {"", "jpeg.no-image", "file.empty", "file.unknown-format", "file.broken"} >= codes


def test_tells_a_coarse_position_alone() -> None:
    """All goes but the orientation and a position on a grid of a kilometre."""
    copy = copied(photo(exif(CAMERA)), COARSE)

    assert copy.after.position == (-33.86, 151.21, None)
    assert {"IFD0", "GPS"} == {key.partition(":")[0] for key in said(copy.content)}
    assert "GPS:GPSAltitude" not in said(copy.content)


def test_removes_the_place_alone() -> None:
    """The camera's settings stay; every copy of the place goes, and the length stays."""
    packet = xmp(rdf("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude><dc:title>T</dc:title>"))
    content = photo(exif(CAMERA), packet)
    copy = copied(content, NO_PLACE)

    assert copy.after["ExifIFD:ExposureTime"].machine == 0.002
    assert copy.after["XMP-dc:Title"].machine == "T"
    assert not [key for key in said(copy.content) if "GPS" in key]
    assert len(copy.content) == len(content)


def test_coarsens_every_copy_of_the_place() -> None:
    """EXIF and XMP say the same coarse position, and the camera's settings stay."""
    packet = xmp(
        rdf(
            "<exif:GPSLatitude>33,51.590000S</exif:GPSLatitude>"
            "<exif:GPSLongitude>151,12.600000E</exif:GPSLongitude>"
        )
    )
    copy = copied(photo(exif(CAMERA), packet), COARSE_PLACE)

    assert copy.after.position == (-33.86, 151.21, None)
    assert copy.after["XMP-exif:GPSLatitude"].machine == pytest.approx(-33.86)
    assert copy.after["ExifIFD:ExposureTime"].machine == 0.002


def test_selective_removal_drops_what_cannot_be_edited() -> None:
    """Blocks that may hold copies go as soon as anything goes: who edits them would guess."""
    unknown = segment(0xE9, b"Who\0" + SECRET)

    assert SECRET not in copied(photo(exif(CAMERA), unknown, behind=SECRET), NO_PLACE).content


def test_selective_removal_keeps_comments() -> None:
    """A comment is no place."""
    assert b"hello" in copied(photo(exif(CAMERA), segment(0xFE, b"hello")), NO_PLACE).content


def test_names_an_edited_extension_anew() -> None:
    """The digest that names extended XMP is that of the edited packet, in all places."""
    packet = rdf("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude>" + "<dc:title>T</dc:title>")
    name = b"0" * 32
    head = name + len(packet).to_bytes(4, "big") + bytes(4)
    extension = segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + head + packet)
    main = rdf(
        "",
        'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="'
        + name.decode()
        + '"',
    )
    copy = copied(photo(xmp(main), extension), NO_PLACE)

    assert name not in copy.content
    assert copy.after["XMP-dc:Title"].machine == "T"
    assert "XMP-exif:GPSLatitude" not in copy.after


def test_drops_an_extension_that_is_not_complete() -> None:
    """A part of a packet cannot be edited."""
    head = b"0" * 32 + (9999).to_bytes(4, "big") + bytes(4)
    extension = segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + head + rdf(""))

    assert photo(exif(CAMERA))[:3] == copied(photo(extension), NO_PLACE).content[:3]
    assert b"extension" not in copied(photo(extension), NO_PLACE).content


def test_the_image_is_tables_frames_and_scans() -> None:
    """What proves that the image is the same takes none of the other segments in."""
    assert list(writer.image(photo())) == list(writer.image(photo(exif(tiff(camera())))))
    assert list(writer.image(photo())) != list(writer.image(jpeg()))
