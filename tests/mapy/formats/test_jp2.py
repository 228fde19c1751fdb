"""JPEG 2000: its boxes, and the codestream without a container."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_block_builders import dataset
from mapy_box_builders import XMP, box, jp2, uuid_box
from mapy_builders import camera, code_of, rdf, tiff

EXIF = bytes.fromhex("0537cdab9d0c4431a72afa561f2a113e")
RESOLUTION = box(
    b"res ",
    box(b"resc", struct.pack(">HHHHbb", 11811, 1, 200, 3, 0, -2)),
    box(b"resd", struct.pack(">HHHHbb", 300, 2, 1, 0, 2, 2)),
)
WHOLE = jp2(
    box(b"jp2h", RESOLUTION),
    uuid_box(EXIF, tiff(camera())),
    uuid_box(XMP, rdf("<dc:format>image/jp2</dc:format>")),
    box(b"xml ", b'<A_NOTE LANG="en">hello</A_NOTE>'),
    box(b"asoc", box(b"lbl ", b"a label")),
)


def segment(marker: int, payload: bytes) -> bytes:
    """A segment of the codestream."""
    return struct.pack(">HH", marker, len(payload) + 2) + payload


def codestream(*segments: bytes, width: int = 640, height: int = 480) -> bytes:
    """A codestream: its size, these segments, no tile."""
    size = struct.pack(">H8IH", 0, width, height, 0, 0, 64, 64, 0, 0, 1) + b"\7\1\1"
    return b"\xff\x4f" + segment(0xFF51, size) + b"".join(segments) + b"\xff\xd9"


def test_reads_what_describes_the_picture() -> None:
    """Brand, size, depth, compression, colour and resolution."""
    metadata = mapy.read(WHOLE)

    assert metadata.format == "JP2"
    assert metadata["Jpeg2000:MajorBrand"].readable == "JPEG 2000 Image (.JP2)"
    assert (
        metadata["Jpeg2000:ImageWidth"].machine,
        metadata["Jpeg2000:ImageHeight"].machine,
    ) == (16, 8)
    assert metadata["Jpeg2000:BitsPerComponent"].readable == "8 Bits, Unsigned"
    assert metadata["Jpeg2000:Compression"].readable == "JPEG 2000"
    assert metadata["Jpeg2000:ColorSpace"].readable == "sRGB"
    assert metadata["Jpeg2000:CaptureXResolution"].machine == 66.66667
    assert metadata["Jpeg2000:CaptureXResolutionUnit"].readable == "100 m"
    assert metadata["Jpeg2000:DisplayYResolution"].machine == 150
    assert metadata["Jpeg2000:DisplayXResolution"].machine == "inf"


def test_reads_metadata_in_uuid_boxes() -> None:
    """EXIF and XMP, each known by its UUID."""
    metadata = mapy.read(WHOLE)

    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["XMP-dc:Format"].machine == "image/jp2"


def test_reads_xml_and_labels() -> None:
    """XML that is no XMP, and a label inside an association."""
    metadata = mapy.read(WHOLE)

    assert metadata["XML:ANote"].machine == "hello"
    assert metadata["XML:ANoteLang"].machine == "en"
    assert metadata["Jpeg2000:Label"].machine == "a label"


def test_reads_xmp_in_an_xml_box() -> None:
    """A packet tells by its elements that it is XMP."""
    metadata = mapy.read(jp2(box(b"xml ", rdf("<dc:format>image/jp2</dc:format>"))))

    assert metadata["XMP-dc:Format"].machine == "image/jp2"


def test_reads_an_exif_box() -> None:
    """The field in front of the TIFF structure tells how far away it is."""
    metadata = mapy.read(jp2(box(b"Exif", b"\0\0\0\2..", tiff(camera()))))

    assert metadata["IFD0:Make"].machine == "Lamp"


def test_hands_on_a_colour_profile() -> None:
    """Methods 2 and 3 have an ICC profile behind their three bytes."""
    metadata = mapy.read(jp2(box(b"colr", b"\2\0\0", bytes(128))))

    assert "icc" in [block.kind for block in metadata.blocks]


@pytest.mark.parametrize(("brand", "name"), [(b"jpx ", "JPX"), (b"jpm ", "JPM"), (b"jph ", "JP2")])
def test_names_the_file_by_its_brand(brand: bytes, name: str) -> None:
    """The extensions of the standard have names of their own."""
    assert mapy.read(jp2(brand=brand)).format == name


def test_reads_a_bare_codestream() -> None:
    """Size and comment; a comment of bytes is no text."""
    comments = segment(0xFF64, b"\0\0\1\2") + segment(0xFF64, b"\0\1hello")
    metadata = mapy.read(codestream(comments))

    assert metadata.format == "J2C"
    assert metadata["File:ImageWidth"].machine == 640
    assert metadata["File:ImageHeight"].machine == 480
    assert metadata["File:Comment"].machine == "hello"


def test_refuses_a_codestream_of_too_many_pixels() -> None:
    """There is nothing else to read in it."""
    assert code_of(codestream(width=2**31, height=2**31)) == "image.too-many-pixels"


def test_does_not_follow_boxes_without_end() -> None:
    """Boxes inside boxes are bounded."""
    content = box(b"lbl ", b"deep")
    for _ in range(200):
        content = box(b"asoc", content)
    metadata = mapy.read(jp2(content))

    assert "Jpeg2000:Label" not in metadata
    assert [problem.code for problem in metadata.problems] == ["box.too-deep"]


def test_survives_every_truncation() -> None:
    """Cut at each byte, a file gives what is left, or a named error."""
    for length in range(len(WHOLE)):
        assert code_of(WHOLE[:length]) in ("", "file.empty", "file.unknown-format", "file.broken")


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes say, reading ends with tags or a named error."""
    content = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(12, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    code_of(bytes(content))


def test_finds_the_gain_map() -> None:
    """The picture of how much brighter each place may be is told as bytes."""
    content = jp2(box(b"hrgm", b"a picture"))
    tag = mapy.read(content)["Jpeg2000:GainMapImage"]

    assert tag.readable == "(Binary data 9 bytes, use -b option to extract)"
    assert content[tag.offset : tag.offset + tag.length] == b"a picture"


@pytest.mark.parametrize(
    "uuid", ["33c7a4d2b81d4723a0baf1a3e097ad38", "09a14e97c0b442e0bebf36df6f0ce36f"]
)
def test_iptc_has_two_boxes(uuid: str) -> None:
    """Either is the picture's own."""
    content = jp2(uuid_box(bytes.fromhex(uuid), dataset(2, 5, b"Lamp")))

    assert mapy.read(content)["IPTC:ObjectName"].machine == "Lamp"


def test_says_what_high_throughput_is() -> None:
    """The brand of part 15 has words of its own."""
    brand = mapy.read(jp2(brand=b"jph "))["Jpeg2000:MajorBrand"]

    assert brand.readable == "High-throughput JPEG 2000 (.JPH)"
