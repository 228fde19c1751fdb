"""MIE behind a picture: groups of named values, with units, lists and blocks of other kinds."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_block_builders import dataset
from mapy_builders import camera, jpeg, rdf, tiff

PHOTO = jpeg()
NUMBER, SIGNED, FRACTION, SIGNED_FRACTION = 0x40, 0x48, 0x53, 0x5B
TEXT, UTF8, UTF16, TEXTS = 0x20, 0x28, 0x29, 0x30


def element(name: bytes, kind: int, value: bytes) -> bytes:
    """A value: mark, format, lengths, name; a long length stands behind the name."""
    if len(value) < 253:
        return bytes([0x7E, kind, len(name), len(value)]) + name + value
    return bytes([0x7E, kind, len(name), 254]) + name + struct.pack(">I", len(value)) + value


def group(name: bytes, *elements: bytes, little: bool = False) -> bytes:
    """A group: what it holds, and an element without a name."""
    begin = bytes([0x7E, 0x18 if little else 0x10, len(name), 0]) + name
    return begin + b"".join(elements) + b"~\0\0\0"


def mie(*elements: bytes) -> bytes:
    """A trailer: the outermost group, whose end tells its length."""
    body = b"~\x10\x04\xfe0MIE\0\0\0\0" + b"".join(elements) + b"~\0\4\0zmie"
    return body + b"~\0\0\6" + struct.pack(">I", len(body) + 10) + b"\x10\4"


def numbers(*values: int, code: str = ">i") -> bytes:
    """Numbers one behind the other."""
    return b"".join(struct.pack(code, value) for value in values)


WHOLE = mie(
    element(b"1Name", TEXT, b"a.jpg"),
    group(
        b"Meta",
        group(
            b"Camera",
            element(b"ExposureTime", FRACTION, numbers(1, 100)),
            group(b"Flash", element(b"Fired", NUMBER, b"\1")),
            element(b"ColorBalance", FRACTION, numbers(3, 2, 1, 1, 2, 1)),
        ),
        group(
            b"Document",
            element(b"Keywords", TEXTS, b"a\0b"),
            element(b"Title", UTF8, "Tür".encode()),
            element(b"URL", UTF16, "x".encode("utf-16-be")),
            element(b"Unknown", TEXT, b"x"),
        ),
        group(
            b"Geo",
            group(
                b"GPS",
                element(b"Altitude(m)", SIGNED_FRACTION, numbers(1005, 10)),
                element(b"Latitude", SIGNED_FRACTION, numbers(-10, 1, 30, 1, 36, 1)),
                element(b"Longitude(deg)", SIGNED_FRACTION, numbers(41, 2)),
            ),
            group(b"UTM", element(b"Zone", SIGNED, b"\xfd")),
        ),
        group(b"Image", element(b"ImageSize", 0x41, b"\x80\2\xe0\1"), little=True),
        group(b"Thumbnail", element(b"data", 0, b"\xff\xd8small")),
        group(b"Video", element(b"Duration", FRACTION, numbers(3, 2))),
    ),
)


@pytest.mark.parametrize(
    ("key", "machine", "readable"),
    [
        ("MIE-Main:SubfileName", "a.jpg", "a.jpg"),
        ("MIE-Camera:ExposureTime", 0.01, "1/100"),
        ("MIE-Flash:FlashFired", 1, "Yes"),
        ("MIE-Camera:ColorBalance", "1.5 1 2", "1.5 1 2"),
        ("MIE-Doc:Keywords", ["a", "b"], ["a", "b"]),
        ("MIE-Doc:Title", "Tür", "Tür"),
        ("MIE-Doc:URL", "x", "x"),
        ("MIE-GPS:GPSAltitude", "100.5(m)", "100.5(m)"),
        ("MIE-GPS:GPSLatitude", -10.51, "10 deg 30' 36.00\" S"),
        ("MIE-GPS:GPSLongitude", 20.5, "20 deg 30' 0.00\" E"),
        ("MIE-UTM:UTMZone", -3, -3),
        ("MIE-Image:ImageSize", "640 480", "640x480"),
        ("MIE-Thumbnail:ThumbnailImage", *["(Binary data 7 bytes, use -b option to extract)"] * 2),
        ("MIE-Video:Duration", 1.5, "1.50 s"),
    ],
)
def test_reads_each_group(key: str, machine: object, readable: object) -> None:
    """A value is named by its group; in words it is what others say."""
    tag = mapy.read(PHOTO + WHOLE)[key]

    assert (tag.machine, tag.readable) == (machine, readable)


def test_tells_where_a_picture_lies() -> None:
    """The place of a picture inside is one of the file."""
    content = PHOTO + WHOLE
    tag = mapy.read(content)["MIE-Thumbnail:ThumbnailImage"]

    assert content[tag.offset : tag.offset + tag.length] == b"\xff\xd8small"


def test_hands_on_blocks_of_other_kinds() -> None:
    """EXIF, XMP and IPTC are read as they are elsewhere."""
    meta = group(
        b"Meta",
        element(b"EXIF", 0, tiff(camera())),
        element(b"IPTC", 0, dataset(2, 5, b"Lamp")),
        element(b"XMP", 0, rdf("<dc:format>image/jpeg</dc:format>")),
    )
    metadata = mapy.read(PHOTO + mie(meta))
    keys = ("IFD0:Make", "IPTC2:ObjectName", "XMP-dc:Format")

    assert [metadata[key].machine for key in keys] == ["Lamp", "Lamp", "image/jpeg"]


def test_refuses_groups_that_lie_too_deep() -> None:
    """The depth is bounded, and the limit is a problem with a name."""
    deep = b""
    for _ in range(40):
        deep = group(b"Geo", deep)

    assert "mie.lost" in [problem.code for problem in mapy.read(PHOTO + mie(deep)).problems]


def test_keeps_what_stands_in_front_of_a_fault() -> None:
    """What is no element ends the walk; the values before it are told."""
    metadata = mapy.read(PHOTO + mie(element(b"1Name", TEXT, b"a.jpg"), b"garbage!"))

    assert metadata["MIE-Main:SubfileName"].machine == "a.jpg"
    assert "mie.lost" in [problem.code for problem in metadata.problems]


def test_a_fraction_of_nothing_is_no_place() -> None:
    """A division by zero is told as it is."""
    gps = group(b"GPS", element(b"Latitude", SIGNED_FRACTION, numbers(1, 0)))

    assert mapy.read(PHOTO + mie(gps))["MIE-GPS:GPSLatitude"].readable == "inf"


def test_survives_a_fault_anywhere() -> None:
    """Whatever byte is left out, the picture is read."""
    for at in range(len(WHOLE) - 11):
        metadata = mapy.read(PHOTO + WHOLE[:at] + WHOLE[at + 1 :])
        for tag in metadata:
            assert tag.readable is not None
