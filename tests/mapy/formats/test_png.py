"""PNG: its chunks become directories; texts are unpacked within limits."""

from __future__ import annotations

import struct
import tracemalloc
from zlib import compress

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import camera, chunk, code_of, png, rdf, tiff

PICTURE = png(
    chunk(b"gAMA", struct.pack(">I", 45455)),
    chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1)),
    chunk(b"tIME", struct.pack(">HBBBBB", 2024, 5, 1, 10, 11, 12)),
    chunk(b"tEXt", b"Title\0A lamp"),
    chunk(b"zTXt", b"Comment\0\0" + compress(b"packed")),
    chunk(b"iTXt", b"Author\0\1\0de\0Autor\0" + compress("Jörg".encode())),
    chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + rdf("<dc:format>image/png</dc:format>")),
    chunk(b"eXIf", tiff(camera())),
)


@pytest.mark.parametrize(
    ("key", "machine", "readable"),
    [
        ("PNG:ImageWidth", 1, 1),
        ("PNG:ColorType", 0, "Grayscale"),
        ("PNG:Gamma", 2.2, 2.2),
        ("PNG-pHYs:PixelsPerUnitX", 2835, 2835),
        ("PNG-pHYs:PixelUnits", 1, "meters"),
        ("PNG:ModifyDate", "2024:05:01 10:11:12", "2024:05:01 10:11:12"),
        ("PNG:Title", "A lamp", "A lamp"),
        ("PNG:Comment", "packed", "packed"),
        ("PNG:Author-de", "Jörg", "Jörg"),
        ("XMP-dc:Format", "image/png", "image/png"),
        ("IFD0:Make", "Lamp", "Lamp"),
    ],
)
def test_reads_each_kind_of_chunk(key: str, machine: object, readable: object) -> None:
    """Header, resolution, time, the three kinds of text, XMP and EXIF are all found."""
    tag = mapy.read(PICTURE)[key]

    assert (machine, readable) == (tag.machine, tag.readable)


@pytest.mark.parametrize(
    ("keyword", "name"),
    [
        (b"date:create", "Datecreate"),
        (b"Creation Time", "CreationTime"),
        (b"parameters", "Parameters"),
    ],
)
def test_makes_a_name_from_a_keyword(keyword: bytes, name: str) -> None:
    """A keyword without blanks and signs, its first letter a capital, is the tag's name."""
    assert f"PNG:{name}" in mapy.read(png(chunk(b"tEXt", keyword + b"\0x")))


def test_reads_exif_from_a_raw_profile() -> None:
    """Programs before the eXIf chunk wrote EXIF as hexadecimal text."""
    content = b"Exif\0\0" + tiff(camera())
    profile = b"\nexif\n%8d\n%s\n" % (len(content), content.hex().encode())
    metadata = mapy.read(png(chunk(b"zTXt", b"Raw profile type exif\0\0" + compress(profile))))

    assert metadata["IFD0:Model"].machine == "Safe 1"


def test_names_the_colour_profile() -> None:
    """The profile's name is a tag; the profile is a block."""
    metadata = mapy.read(png(chunk(b"iCCP", b"sRGB\0\0" + compress(b"profile"))))

    assert metadata["PNG:ProfileName"].machine == "sRGB"
    assert "icc" in [block.kind for block in metadata.blocks]


def test_survives_every_truncation() -> None:
    """Cut at each byte, a picture gives what is left of it or a named error."""
    codes = {code_of(PICTURE[:length]) for length in range(8, len(PICTURE))}

    assert {"", "file.broken"} == codes


def test_tells_that_a_file_stops_too_early() -> None:
    """A picture without its last chunk is read, and the problem is named."""
    problems = mapy.read(PICTURE[:-12]).problems

    assert [problem.code for problem in problems] == ["png.no-end"]


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a picture gives metadata whose values can be asked for."""
    content = bytearray(PICTURE)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(8, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    try:
        metadata = mapy.read(bytes(content))
    except mapy.UnreadableFile:
        return
    for tag in metadata:
        assert tag.readable is not None


def test_notes_a_wrong_check_sum_and_reads_on() -> None:
    """A wrong check sum costs nothing but a note."""
    broken = bytearray(chunk(b"tEXt", b"Title\0A lamp"))
    broken[-1] ^= 1
    metadata = mapy.read(png(bytes(broken)))

    assert metadata["PNG:Title"].machine == "A lamp"
    assert [problem.code for problem in metadata.problems] == ["png.bad-crc"]


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda packed: chunk(b"zTXt", b"Comment\0\0" + packed), id="zTXt"),
        pytest.param(lambda packed: chunk(b"iTXt", b"Comment\0\1\0\0\0" + packed), id="iTXt"),
        pytest.param(lambda packed: chunk(b"iCCP", b"x\0\0" + packed), id="iCCP"),
    ],
)
def test_a_compression_bomb_costs_little(bomb: object) -> None:
    """64 MB in a few kilobytes stay packed: less than 12 MB are used, and the limit is named."""
    packed = compress(bytes(64 * 1024 * 1024))
    content = png(bomb(packed), chunk(b"tEXt", b"Title\0A lamp"))  # type: ignore[operator]
    tracemalloc.start()
    metadata = mapy.read(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "limit.inflated-bytes" in [problem.code for problem in metadata.problems]
    assert metadata["PNG:Title"].machine == "A lamp"
    assert peak < 12 * 1024 * 1024


def test_many_small_bombs_are_one_bomb() -> None:
    """What all texts grow to together is bounded, too."""
    small = chunk(b"zTXt", b"Comment\0\0" + compress(bytes(2 * 1024 * 1024)))
    metadata = mapy.read(png(*[small] * 12))

    assert "limit.total-inflated-bytes" in [problem.code for problem in metadata.problems]


def test_refuses_too_many_pixels_and_takes_many() -> None:
    """60,000 by 60,000 pixels are refused from the header; 10,000 by 10,000 are fine."""
    with pytest.raises(mapy.LimitExceeded) as caught:
        mapy.read(png(width=60_000, height=60_000))

    assert caught.value.code == "image.too-many-pixels"
    assert mapy.read(png(width=10_000, height=10_000))["PNG:ImageWidth"].machine == 10_000


def test_stops_at_too_many_chunks() -> None:
    """The number of chunks is bounded."""
    limits = mapy.Limits(chunks=10)
    metadata = mapy.read(png(*[chunk(b"tEXt", b"Title\0x")] * 20), limits=limits)

    assert "limit.chunks" in [problem.code for problem in metadata.problems]


def test_does_not_load_a_chunk_that_is_too_long() -> None:
    """A text longer than a block may be is passed over."""
    limits = mapy.Limits(block_bytes=1000)
    metadata = mapy.read(png(chunk(b"tEXt", b"Title\0" + b"x" * 2000)), limits=limits)

    assert "PNG:Title" not in metadata
    assert "limit.block-bytes" in [problem.code for problem in metadata.problems]
