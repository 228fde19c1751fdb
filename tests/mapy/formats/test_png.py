"""PNG: its chunks become directories; texts are unpacked within limits."""

from __future__ import annotations

import struct
import tracemalloc
from zlib import compress

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_block_builders import dataset, resource
from mapy_block_builders import profile as colour_profile
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


@pytest.mark.parametrize(
    ("content", "key", "machine", "readable"),
    [
        (chunk(b"oFFs", struct.pack(">iiB", -3, 7, 0)), "PNG:ImageOffset", *["-3, 7 (pixels)"] * 2),
        (chunk(b"oFFs", struct.pack(">iiB", 3, 7, 1)), "PNG:ImageOffset", *["3, 7 (microns)"] * 2),
        (chunk(b"sCAL", b"\x021e-3\x002.5"), "PNG:SubjectUnits", 2, "radians"),
        (chunk(b"sCAL", b"\x021e-3\x002.5"), "PNG:SubjectPixelWidth", *["1e-3"] * 2),
        (chunk(b"sCAL", b"\x021e-3\x002.5"), "PNG:SubjectPixelHeight", *["2.5"] * 2),
        (
            chunk(b"cICP", bytes([10, 9, 12, 1])),
            "PNG-cICP:TransferCharacteristics",
            9,
            "Logarithmic (100 : 1 range)",
        ),
        (
            chunk(b"cICP", bytes([10, 9, 12, 1])),
            "PNG-cICP:MatrixCoefficients",
            12,
            "Chromaticity-derived non-constant luminance",
        ),
        (
            chunk(b"gdAT", b"a picture"),
            "PNG:GainMapImage",
            *["(Binary data 9 bytes, use -b option to extract)"] * 2,
        ),
        (
            chunk(b"cpIp", bytes(20)),
            "PNG:OLEInfo",
            *["(Binary data 20 bytes, use -b option to extract)"] * 2,
        ),
        (
            chunk(b"tEXt", b"Raw profile type foo\0hello"),
            "PNG:RawProfileTypeFoo",
            *["(Binary data 5 bytes, use -b option to extract)"] * 2,
        ),
        (chunk(b"seAl", b'<seal seal="1" d="a.example"/>'), "SEAL:Domain", *["a.example"] * 2),
        (chunk(b"meTa", b"<a><b>hi</b></a>"), "XML:AB", *["hi"] * 2),
        (chunk(b"exIf", tiff(camera())), "IFD0:Make", *["Lamp"] * 2),
        (chunk(b"tXMP", rdf("<dc:format>a/b</dc:format>")), "XMP-dc:Format", *["a/b"] * 2),
    ],
)
def test_reads_the_rarer_chunks(
    content: bytes, key: str, machine: object, readable: object
) -> None:
    """Extensions of PNG and chunks of single programs are read as others read them."""
    tag = mapy.read(png(content))[key]

    assert (tag.machine, tag.readable) == (machine, readable)


@pytest.mark.parametrize("kind", [b"zxIf", b"zXIf"])
def test_reads_compressed_exif(kind: bytes) -> None:
    """A byte, the length before compression, and EXIF deflated."""
    structure = tiff(camera())
    body = b"\0" + struct.pack(">I", len(structure)) + compress(structure)

    assert mapy.read(png(chunk(kind, body)))["IFD0:Model"].machine == "Safe 1"


def test_a_bomb_of_compressed_exif_stays_packed() -> None:
    """EXIF that grows beyond the limit is a problem with a name."""
    packed = bytes(5) + compress(bytes(16 * 1024 * 1024))
    problems = mapy.read(png(chunk(b"zxIf", packed))).problems

    assert "limit.inflated-bytes" in [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("keyword", "language", "name"),
    [
        ("Title", "x-default", "Title-x-default"),
        ("Title", "EN-us", "Title-en-US"),
        ("Title", "en_US", "Title-en-US"),
        ("Title", "DE-ch-1996", "Title-de-CH-1996"),
        ("Title", "sr-LATN", "Title-sr-latn"),
        ("Title", "zh-yue-HK", "Title-zh-yue-hk"),
        ("comment", "en", "Comment-en"),
        ("aesthetic_score", "", "AestheticScore"),
        ("workflow", "en", "Workflow"),
        ("a", "en", "TagA"),
        ("9abc", "", "Tag9abc"),
        ("-dash", "", "Tag-dash"),
    ],
)
def test_names_a_text_by_its_keyword_and_language(keyword: str, language: str, name: str) -> None:
    """The language is part of the name of keywords that are known; a bad name is told as a tag."""
    body = f"{keyword}\0\0\0{language}\0\0text".encode()

    assert mapy.read(png(chunk(b"iTXt", body)))[f"PNG:{name}"].machine == "text"


@pytest.mark.parametrize(
    "content", [dataset(2, 5, b"Lamp"), resource(0x0404, dataset(2, 5, b"Lamp"))]
)
def test_iptc_of_a_raw_profile_is_the_pictures_own(content: bytes) -> None:
    """ImageMagick writes IPTC plain or as Photoshop's resource; either is the standard one."""
    profile = b"\niptc\n%8d\n%s\n" % (len(content), content.hex().encode())
    metadata = mapy.read(png(chunk(b"tEXt", b"Raw profile type iptc\0" + profile)))

    assert metadata["IPTC:ObjectName"].machine == "Lamp"


@pytest.mark.parametrize("kind", [b"icc", b"icm"])
def test_reads_a_colour_profile_from_a_raw_profile(kind: bytes) -> None:
    """ImageMagick's name of a colour profile is either of two."""
    content = colour_profile((b"cprt", b"text\0\0\0\0Mine\0"))
    text = b"\n%s\n%8d\n%s\n" % (kind, len(content), content.hex().encode())
    metadata = mapy.read(png(chunk(b"tEXt", b"Raw profile type " + kind + b"\0" + text)))

    assert metadata["ICC_Profile:ProfileCopyright"].machine == "Mine"
