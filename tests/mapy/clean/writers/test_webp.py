"""The copy of a WebP: the chunks of the image, and a header that tells what is left."""

from __future__ import annotations

import struct

from mapy.clean.writers import webp as writer
from mapy_block_builders import profile
from mapy_builders import rdf, riff, webp
from mapy_clean_builders import (
    BARE,
    CAMERA,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)

BITMAP = riff(b"VP8 ", bytes(10))
PROFILE = profile((b"desc", b"desc" + bytes(20)))
FLAGS_AT = 20


def bare(flags: int, *chunks: bytes) -> bytes:
    """A WebP whose header has these flags."""
    content = bytearray(webp(*chunks))
    content[FLAGS_AT : FLAGS_AT + 4] = struct.pack("<I", flags)
    return bytes(content)


def test_keeps_nothing_but_the_image() -> None:
    """The flags of EXIF, XMP and profile are taken back with their chunks."""
    content = webp(
        riff(b"ICCP", PROFILE), BITMAP, riff(b"EXIF", CAMERA), riff(b"XMP ", rdf("").strip())
    )

    assert bare(0, BITMAP) == copied(content, BARE).content


def test_keeps_which_side_is_up_and_the_colours() -> None:
    """The profile stands in front of the image and the new EXIF behind it, both with flags."""
    content = webp(riff(b"ICCP", PROFILE + SECRET), BITMAP, riff(b"EXIF", b"Exif\0\0" + CAMERA))
    copy = copied(content)

    assert copy.content.startswith(bare(0x28, riff(b"ICCP", PROFILE), BITMAP)[8:], 8)
    assert copy.after["IFD0:Orientation"].machine == 6
    assert "IFD0:Make" not in copy.after


def test_drops_unknown_chunks_and_what_follows() -> None:
    """Chunks of no standard, and bytes behind the file."""
    content = webp(BITMAP, riff(b"WHO ", SECRET)) + riff(b"C2PA", SECRET)

    assert bare(0, BITMAP) == copied(content).content


def test_drops_unknown_chunks_in_frames() -> None:
    """A frame of an animation holds chunks, too."""
    head = bytes(16)
    content = bare(2, riff(b"ANIM", bytes(6)), riff(b"ANMF", head + BITMAP + riff(b"WHO ", SECRET)))
    expected = bare(2, riff(b"ANIM", bytes(6)), riff(b"ANMF", head + BITMAP))

    assert expected == copied(content).content


def test_keeps_a_simple_file_simple() -> None:
    """Without an extended header there is no place for anything but the image."""
    body = b"WEBP" + BITMAP
    content = b"RIFF" + struct.pack("<I", len(body)) + body

    assert content == copied(content).content


def test_removes_the_place_alone() -> None:
    """EXIF and XMP are edited, and stay."""
    packet = rdf("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude><dc:title>T</dc:title>").strip()
    content = webp(BITMAP, riff(b"EXIF", CAMERA), riff(b"XMP ", packet))
    copy = copied(content, NO_PLACE)

    assert copy.after["ExifIFD:ExposureTime"].machine == 0.002
    assert copy.after["XMP-dc:Title"].machine == "T"
    assert not [key for key in said(copy.content) if "GPS" in key]


def test_refuses_a_file_without_an_image() -> None:
    """A header alone is no picture."""
    assert code_of_clean(webp(riff(b"EXIF", CAMERA))) == "webp.no-image"


def test_survives_every_cut() -> None:
    """A file cut anywhere is cleaned or refused by name."""
    codes = {code_of_clean(content) for content in cuts(webp(BITMAP, riff(b"EXIF", CAMERA)))}

    refusals = {"webp.no-image", "file.empty", "file.unknown-format", "file.broken"}

    assert {"", "clean.damaged"} | refusals >= codes


def test_the_image_is_its_bitmaps() -> None:
    """What proves that the image is the same takes nothing else in."""
    content = webp(BITMAP, riff(b"EXIF", CAMERA))

    assert list(writer.image(content)) == [BITMAP]
