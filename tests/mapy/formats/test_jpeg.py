"""JPEG: its segments become directories, and no damage costs more than what it hit."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_box_builders import box, superbox
from mapy_builders import (
    ascii_entry,
    camera,
    code_of,
    exif,
    frame,
    ifd,
    jfif,
    jpeg,
    rdf,
    segment,
    tiff,
    xmp,
)

PHOTO = jpeg(jfif(), exif(tiff(camera())), xmp(rdf("<dc:format>image/jpeg</dc:format>")))


def test_reads_every_block_of_a_photo() -> None:
    """JFIF, EXIF, XMP and the frame give a directory each."""
    groups = [directory.name for directory in mapy.read(PHOTO).directories]

    expected = ["File", "JFIF", "File", "IFD0", "ExifIFD", "InteropIFD", "GPS", "IFD1"]
    assert expected == groups[:8]
    assert groups[8:] == ["XMP-x", "XMP-dc", "File"]


def test_names_each_block_with_its_place() -> None:
    """A block's span is its payload, counted from the start of the file."""
    block = mapy.read(PHOTO).blocks[0]

    assert (block.kind, block.name) == ("jfif", "APP0")
    assert PHOTO[block.span.offset - 5 : block.span.offset] == b"JFIF\0"


def test_tells_the_size_from_the_frame() -> None:
    """The frame header has the picture's size and how its colours are sampled."""
    metadata = mapy.read(PHOTO)

    assert metadata["File:ImageWidth"].machine == 16
    assert metadata["File:ImageHeight"].machine == 8
    assert metadata["File:YCbCrSubSampling"].readable == "YCbCr4:2:0 (2 2)"


def test_counts_offsets_from_the_start_of_the_file() -> None:
    """The thumbnail's offset is that in the file, not in the EXIF block."""
    metadata = mapy.read(PHOTO)
    offset = PHOTO.index(b"II*\0") + 8

    assert metadata["IFD1:ThumbnailOffset"].machine == offset
    assert metadata.thumbnail == PHOTO[offset : offset + 4]


def test_a_value_lies_where_its_span_says() -> None:
    """The span of a text is the text's place in the file."""
    offset, length = mapy.read(PHOTO)["ExifIFD:DateTimeOriginal"].span

    assert PHOTO[offset : offset + length] == b"2024:05:01 10:11:12\0"


def test_passes_over_fill_bytes() -> None:
    """Any number of FF may stand in front of a marker."""
    metadata = mapy.read(b"\xff\xd8" + b"\xff" * 7 + jfif() + frame())

    assert "JFIF:XResolution" in metadata


def test_reads_xmp_behind_the_signature_that_some_programs_misspell() -> None:
    """A blank in front of the signature's NUL is no obstacle."""
    payload = b"http://ns.adobe.com/xap/1.0/ \0" + rdf("<dc:format>x</dc:format>")

    assert "XMP-dc:Format" in mapy.read(jpeg(segment(0xE1, payload)))


def portion(packet: bytes, offset: int, size: int, length: int | None = None) -> bytes:
    """A portion of extended XMP: digest, full length, offset, bytes."""
    head = struct.pack(">32sII", b"0" * 32, length or len(packet), offset)
    body = packet[offset : offset + size]
    return segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + head + body)


def test_joins_extended_xmp_in_any_order() -> None:
    """The portions of a long packet may stand in any order."""
    packet = rdf("<dc:format>image/jpeg</dc:format>")
    metadata = mapy.read(jpeg(portion(packet, 100, 9000), portion(packet, 0, 100)))

    assert metadata["XMP-dc:Format"].machine == "image/jpeg"


def test_tells_that_extended_xmp_is_incomplete() -> None:
    """A missing portion is a problem, and nothing is made of the others."""
    packet = rdf("<dc:format>image/jpeg</dc:format>")
    metadata = mapy.read(jpeg(portion(packet, 0, 100)))

    assert [problem.code for problem in metadata.problems] == ["xmp.extension-incomplete"]


def test_does_not_believe_the_length_of_extended_xmp() -> None:
    """A declared length of 4 GB allocates nothing."""
    packet = rdf("<dc:format>image/jpeg</dc:format>")
    metadata = mapy.read(jpeg(portion(packet, 0, 9000, 0xFFFFFFFF)))

    assert "XMP-dc:Format" not in metadata


def test_survives_every_truncation() -> None:
    """Cut at each byte, a photo gives what is left of it or a named error."""
    codes = {code_of(PHOTO[:length]) for length in range(len(PHOTO))}

    assert {"", "file.empty", "file.unknown-format", "file.broken"} == codes


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a photo gives metadata whose values can be asked for."""
    content = bytearray(PHOTO)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(2, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    try:
        metadata = mapy.read(bytes(content))
    except mapy.UnreadableFile:
        return
    for tag in metadata:
        assert tag.machine is not None
        assert tag.readable is not None


def test_keeps_the_rest_when_a_segment_is_cut_short() -> None:
    """What stands in front of a broken segment is read, and the problem is named."""
    metadata = mapy.read(b"\xff\xd8" + jfif() + exif(tiff(camera()))[:80])

    assert "JFIF:XResolution" in metadata
    assert "jpeg.truncated" in [problem.code for problem in metadata.problems]


def test_refuses_a_frame_of_too_many_pixels() -> None:
    """65,500 by 65,500 pixels are more than any camera makes."""
    content = b"\xff\xd8" + jfif() + frame(65_500, 65_500)

    with pytest.raises(mapy.LimitExceeded) as caught:
        mapy.read(content)

    assert caught.value.code == "image.too-many-pixels"


def test_stops_at_too_many_segments() -> None:
    """A file of nothing but empty segments costs a bounded number of steps."""
    metadata = mapy.read(b"\xff\xd8" + jfif() + segment(0xED, b"") * 20_000)

    assert "limit.segments" in [problem.code for problem in metadata.problems]


def test_reads_nothing_behind_the_scan() -> None:
    """Compressed data that look like a segment are none."""
    metadata = mapy.read(jpeg() + exif(tiff(camera())))

    assert "IFD0:Make" not in metadata


def test_shows_the_thumbnail_of_a_jfif_extension() -> None:
    """A JFXX segment with a JPEG thumbnail tells its length."""
    metadata = mapy.read(jpeg(jfif(), segment(0xE0, b"JFXX\0\x10" + b"\xff\xd8\xff\xd9")))

    assert (
        metadata["JFXX:ThumbnailImage"].machine == "(Binary data 4 bytes, use -b option to extract)"
    )


def test_tells_how_adobe_coded_the_colours() -> None:
    """The segment of Adobe names the transform, and its flags bit by bit."""
    payload = b"Adobe" + struct.pack(">HHHB", 100, 0xC000, 0, 1)
    metadata = mapy.read(jpeg(segment(0xEE, payload)))

    assert metadata["Adobe:ColorTransform"].readable == "YCbCr"
    assert metadata["Adobe:APP14Flags0"].readable == "[14], Encoded with Blend=1 downsampling"


def test_reads_a_comment() -> None:
    """A comment is a tag of the file."""
    assert mapy.read(jpeg(segment(0xFE, b"made by hand")))["File:Comment"].machine == "made by hand"


def test_tells_where_a_block_of_several_segments_stands() -> None:
    """Places within it are counted through all its portions; the file has heads between them."""
    whole = superbox("00" * 16, "c2pa", box(b"bidb", b"x" * 100_000))
    portions = [whole[:60_000], whole[:8] + whole[60_000:]]  # each begins with the box's head
    content = jpeg(
        *(
            segment(0xEB, b"JP" + struct.pack(">HI", 1, number) + portion)
            for number, portion in enumerate(portions, 1)
        )
    )
    metadata = mapy.read(content)
    ((first, second),) = metadata.joined
    end = first.offset + len(whole)

    def stored(offset: int, length: int) -> bytes:
        places = metadata.stretches(mapy.Span(offset, length))
        return b"".join(content[at : at + size] for at, size in places)

    assert stored(first.offset, len(whole)) == whole
    assert metadata.stretches(mapy.Span(first.offset, 9)) == ((first.offset, 9),)
    assert metadata.stretches(mapy.Span(end - 5, 5)) == ((second.offset + second.length - 5, 5),)
    assert metadata.stretches(mapy.Span(2, 4)) == ((2, 4),)


def test_joins_exif_that_is_too_long_for_one_segment() -> None:
    """The segments behind the first have its signature, and no header of TIFF."""
    text = "d" * 70_000
    structure = tiff(ifd(ascii_entry(0x010E, text), ascii_entry(0x010F, "Lamp")))
    first, second = structure[:65_000], structure[65_000:]
    metadata = mapy.read(jpeg(exif(first), exif(second), jfif()))

    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["IFD0:ImageDescription"].machine == text
    assert mapy.read(jpeg(exif(first), exif(second)), only={"IFD0"})["IFD0:Make"].machine == "Lamp"


def test_a_second_block_of_exif_is_one_of_its_own() -> None:
    """However long the first is."""
    long, short = (tiff(ifd(ascii_entry(0x010F, letter * 40_000))) for letter in "ab")
    metadata = mapy.read(jpeg(exif(long), exif(short)))

    makes = [str(tag.machine)[:1] for tag in metadata if tag.name == "Make"]
    assert makes == ["a", "b"]
