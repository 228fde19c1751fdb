"""The copy of a PNG: the chunks of the image, and nothing that tells of anything else."""

from __future__ import annotations

import struct
import zlib

import pytest

from mapy_block_builders import profile
from mapy_builders import chunk, png, rdf
from mapy_clean_builders import (
    BARE,
    CAMERA,
    CREDITED,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)

PROFILE = profile((b"desc", b"desc" + bytes(20)))
XMP = b"XML:com.adobe.xmp\0\0\0\0\0"


@pytest.mark.parametrize(
    "kind",
    [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"caBX", b"hIST", b"sPLT", b"iDOT", b"prVt"],
)
def test_drops_what_tells_and_what_is_unknown(kind: bytes) -> None:
    """Texts, times, EXIF, C2PA and every chunk that nobody has to know."""
    assert png() == copied(png(chunk(kind, b"Key\0" + SECRET)), BARE).content


@pytest.mark.parametrize("kind", [b"gAMA", b"cHRM", b"sRGB", b"cICP", b"pHYs", b"bKGD", b"sBIT"])
def test_keeps_what_tells_how_the_image_looks(kind: bytes) -> None:
    """Numbers of colour and size stay as they are."""
    content = png(chunk(kind, bytes(range(1, 33))[: _size(kind)]))

    assert content == copied(content, BARE).content


def _size(kind: bytes) -> int:
    return {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"pHYs": 9, b"bKGD": 2}.get(kind, 1)


def test_keeps_an_animation() -> None:
    """The chunks of an APNG are its image."""
    frames = [
        chunk(b"acTL", b"\0\0\0\1\0\0\0\0"),
        chunk(b"fcTL", bytes(26)),
    ]

    assert png(*frames) == copied(png(*frames, chunk(b"tEXt", b"A\0b"))).content


def test_drops_what_follows_the_end() -> None:
    """Bytes behind the last chunk, which may be what a picture was before it was cropped."""
    assert png() == copied(png() + chunk(b"IDAT", SECRET)).content


def test_keeps_which_side_is_up() -> None:
    """A new EXIF block stands behind the header."""
    copy = copied(png(chunk(b"eXIf", CAMERA)))

    assert said(copy.content, "PNG") == ["IFD0:Orientation"]
    assert copy.after["IFD0:Orientation"].machine == 6


def test_keeps_the_copyright_if_asked() -> None:
    """It is taken from wherever the file tells it."""
    packet = XMP + rdf("<dc:rights>(c) Lamp</dc:rights>")
    copy = copied(png(chunk(b"iTXt", packet)), CREDITED)

    assert copy.after["IFD0:Copyright"].machine == "(c) Lamp"


def test_keeps_the_profile_under_a_name_that_tells_nothing() -> None:
    """The profile's data are the same; its name and what stands behind it are not."""
    packed = zlib.compress(PROFILE + SECRET)
    copy = copied(png(chunk(b"iCCP", b"My screen\0\0" + packed)))
    expected = chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(PROFILE, 9))

    assert png(expected) == copy.content


@pytest.mark.parametrize(
    "packed",
    [b"no zlib", zlib.compress(PROFILE + bytes(5 << 20)), zlib.compress(PROFILE)[:-2], b""],
)
def test_drops_a_profile_that_cannot_be_checked(packed: bytes) -> None:
    """One that is broken, or too large to be unpacked."""
    assert png() == copied(png(chunk(b"iCCP", b"P\0\0" + packed))).content


def test_refuses_an_unknown_critical_chunk() -> None:
    """A decoder must know it, so nobody can say what it holds."""
    assert code_of_clean(png(chunk(b"CgBI", b"\0\0\0\0"))) == "png.unknown-critical"


def test_ends_a_picture_that_is_cut_short() -> None:
    """Data that stop in the middle get a length and an end."""
    content = png()[:-18]
    copy = copied(content, BARE)

    assert copy.content.endswith(chunk(b"IEND"))
    assert "png.truncated" not in {problem.code for problem in copy.after.problems}


def test_survives_every_cut() -> None:
    """A file cut anywhere is cleaned or refused by name."""
    content = png(chunk(b"eXIf", CAMERA), chunk(b"iCCP", b"P\0\0" + zlib.compress(PROFILE)))
    codes = {code_of_clean(each) for each in cuts(content)}

    assert {"", "png.no-image", "file.empty", "file.unknown-format", "file.broken"} >= codes


@pytest.mark.parametrize("is_compressed", [False, True])
def test_removes_the_place_alone(is_compressed: bool) -> None:
    """EXIF and XMP lose it, compressed or not; texts of other matters stay."""
    packet = rdf("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude><dc:title>T</dc:title>").strip()
    head = XMP[:-4] + bytes([is_compressed]) + b"\0\0\0"
    body = zlib.compress(packet) if is_compressed else packet
    copy = copied(
        png(
            chunk(b"eXIf", CAMERA),
            chunk(b"iTXt", head + body),
            chunk(b"tEXt", b"Title\0kept"),
            chunk(b"tEXt", b"Location\0" + SECRET),
        ),
        NO_PLACE,
    )

    assert copy.after["ExifIFD:ExposureTime"].machine == 0.002
    assert copy.after["XMP-dc:Title"].machine == "T"
    assert copy.after["PNG:Title"].machine == "kept"
    assert not [key for key in said(copy.content) if "GPS" in key or "Location" in key]


def picture(*chunks: bytes) -> bytes:
    """A PNG of one pixel of 8-bit grey with these chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND")


def data(*parts: bytes) -> list[bytes]:
    """Chunks of the picture's data."""
    return [chunk(b"IDAT", part) for part in parts]


ROWS = zlib.compress(b"\0\1")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((ROWS + SECRET,), (ROWS,)),
        ((ROWS, SECRET), (ROWS,)),
        ((ROWS[:3], ROWS[3:] + SECRET, SECRET), (ROWS[:3], ROWS[3:])),
        ((ROWS[:3],), (ROWS[:3],)),
    ],
    ids=["same chunk", "chunk of its own", "both", "cut short"],
)
def test_drops_what_is_hidden_behind_the_pixels(
    before: tuple[bytes, ...], after: tuple[bytes, ...]
) -> None:
    """Where the compressed data end, the picture ends."""
    assert picture(*data(*after)) == copied(picture(*data(*before)), BARE).content


def test_drops_what_is_hidden_behind_a_frame() -> None:
    """Each frame of an animation has data of its own; their numbers stay in order."""
    control = [
        chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, 1, 1, 0, 0, 1, 10, 0, 0))
        for number in (0, 1)
    ]
    start = [chunk(b"acTL", struct.pack(">II", 2, 0)), control[0], *data(ROWS), control[1]]

    def animation(*frames: bytes) -> bytes:
        numbers = range(2, 2 + len(frames))
        parts = zip(numbers, frames, strict=True)
        return picture(*start, *(chunk(b"fdAT", struct.pack(">I", n) + part) for n, part in parts))

    content = animation(ROWS[:4], ROWS[4:] + SECRET, SECRET)
    assert animation(ROWS[:4], ROWS[4:], b"") == copied(content, BARE).content


def test_refuses_pixels_that_hold_more_than_the_picture() -> None:
    """What is compressed together with the rows cannot be taken out without packing them anew."""
    assert code_of_clean(picture(*data(zlib.compress(b"\0\1" + SECRET)))) == "png.more-data"
    assert code_of_clean(picture(*data(zlib.compress(b"\0\1" + bytes(5))))) == ""
