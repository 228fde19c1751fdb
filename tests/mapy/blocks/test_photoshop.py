"""Photoshop's image resources: their own values, the blocks in them, damage."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_block_builders import dataset, element, photoshop, profile, resource, unicode_text
from mapy_builders import Entry, camera, ifd, jpeg, rdf, segment, tiff
from mapy_format_builders import psd


def read(*resources: bytes) -> mapy.Metadata:
    """The metadata of a JPEG with these resources."""
    return mapy.read(jpeg(photoshop(*resources)))


@pytest.mark.parametrize(
    ("number", "body", "name", "machine", "readable"),
    [
        (
            0x03ED,
            struct.pack(">IHHIHH", 72 * 65536 + 30000, 1, 1, 1, 2, 2),
            "XResolution",
            72.457763671875,
            "72.46",
        ),
        (0x03EE, b"\5alpha\4beta", "AlphaChannelsNames", "alpha, beta", "alpha, beta"),
        (0x0406, struct.pack(">hHH", -2, 1, 1), "PhotoshopQuality", -2, 2),
        (0x040A, b"\1", "CopyrightFlag", 1, "True"),
        (0x040B, b"https://lamp", "URL", "https://lamp", "https://lamp"),
        (0x040D, struct.pack(">I", 30), "GlobalAngle", 30, 30),
        (0x041B, unicode_text("lamp"), "WorkflowURL", "lamp", "lamp"),
        (0x041E, struct.pack(">I", 1) + bytes(8) + unicode_text("u"), "URL_List", ["u"], ["u"]),
        (0x041E, bytes(4), "URL_List", [], []),
        (0x0425, bytes(range(16)), "IPTCDigest", bytes(range(16)).hex(), bytes(range(16)).hex()),
        (0x0426, struct.pack(">Hfff", 1, 1.5, 2.5, 0.5), "PrintPosition", "1.5 2.5", "1.5 2.5"),
        (0x0426, struct.pack(">Hfff", 1, 1.5, 2.5, 0.5), "PrintStyle", 1, "Size to Fit"),
        (0x0428, struct.pack(">Id", 1, 1.25), "PixelAspectRatio", 1.25, 1.25),
        (0x0BB7, b"\4path", "ClippingPathName", "path", "path"),
    ],
)
def test_reads_a_resource(
    number: int, body: bytes, name: str, machine: object, readable: object
) -> None:
    """Each resource has its form."""
    tag = read(resource(number, body))[f"Photoshop:{name}"]

    assert machine == tag.machine
    assert readable == tag.readable


def test_tells_the_scans_of_the_progressive_format_only() -> None:
    """The number of scans means something in one of three formats."""
    progressive = read(resource(0x0406, struct.pack(">hHH", 1, 257, 1)))
    standard = read(resource(0x0406, struct.pack(">hHH", 1, 0, 1)))

    assert progressive["Photoshop:ProgressiveScans"].readable == "3 Scans"
    assert "Photoshop:ProgressiveScans" not in standard


def test_tells_where_the_thumbnail_is() -> None:
    """A thumbnail is behind a header of 28 bytes."""
    tag = read(resource(0x040C, bytes(28) + b"\xff\xd8\xff picture"))[
        "Photoshop:PhotoshopThumbnail"
    ]

    assert tag.machine == "(Binary data 11 bytes, use -b option to extract)"


def test_reads_slices_and_versions() -> None:
    """Texts with their length in front, and what stands between them."""
    slices = struct.pack(">5I", 6, 0, 0, 1, 1) + unicode_text("group") + struct.pack(">I", 3)
    version = struct.pack(">IB", 1, 1) + unicode_text("Writer") + unicode_text("Reader")
    metadata = read(resource(0x041A, slices), resource(0x0421, version))

    assert metadata["Photoshop:SlicesGroupName"].machine == "group"
    assert metadata["Photoshop:NumSlices"].machine == 3
    assert metadata["Photoshop:HasRealMergedData"].readable == "Yes"
    assert metadata["Photoshop:ReaderName"].machine == "Reader"


def test_slices_of_later_versions_are_passed_over() -> None:
    """Since Photoshop 7 slices are a descriptor, which is no record."""
    assert "Photoshop:NumSlices" not in read(resource(0x041A, struct.pack(">I", 7) + bytes(40)))


def test_hands_on_the_blocks_inside() -> None:
    """IPTC, a profile, EXIF and XMP in resources are read as such."""
    metadata = read(
        resource(0x0404, dataset(2, 5, b"x")),
        resource(0x040F, profile((b"cprt", element(b"text", b"y")))),
        resource(0x0422, tiff(camera())),
        resource(0x0424, rdf("<dc:format>image/jpeg</dc:format>")),
    )

    assert metadata["IPTC:ObjectName"].machine == "x"
    assert metadata["ICC_Profile:ProfileCopyright"].machine == "y"
    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["XMP-dc:Format"].machine == "image/jpeg"


def test_resources_may_fill_several_segments() -> None:
    """A resource that is cut by the end of a segment goes on in the next."""
    whole = resource(0x040B, b"https://lamp") + resource(0x040A, b"\1")
    parts = [segment(0xED, b"Photoshop 3.0\0" + part) for part in (whole[:15], whole[15:])]
    metadata = mapy.read(jpeg(*parts))

    assert metadata["Photoshop:URL"].machine == "https://lamp"
    assert metadata["Photoshop:CopyrightFlag"].machine == 1


def test_plain_iptc_may_stand_in_their_place() -> None:
    """Some programs put IPTC into the entry of a TIFF that is for resources."""
    metadata = mapy.read(tiff(ifd(Entry(0x8649, 7, dataset(2, 5, b"xyz")))))

    assert metadata["IPTC2:ObjectName"].machine == "xyz"


@pytest.mark.parametrize(
    ("damage", "code"),
    [(b"nonsense", "photoshop.lost"), (b"8BIM\4\x0a\0\0\0\0\1\0x", "photoshop.cut-short")],
)
def test_damage_keeps_what_stands_before(damage: bytes, code: str) -> None:
    """The resources in front of the fault are read; the fault is a problem."""
    metadata = read(resource(0x040A, b"\1"), damage)

    assert metadata["Photoshop:CopyrightFlag"].machine == 1
    assert [problem.code for problem in metadata.problems] == [code]


@pytest.mark.parametrize("number", [0x03EE, 0x041A, 0x041B, 0x041E, 0x0421, 0x0BB7])
def test_a_text_longer_than_its_resource_is_survived(number: int) -> None:
    """A length that points beyond the resource costs this resource at most."""
    body = struct.pack(">5I", 6, 0, 0, 1, 1) + b"\xff" * 9
    metadata = read(resource(number, body), resource(number, b""))

    assert "File:ImageWidth" in metadata


CHANNELS = resource(
    0x0435,
    struct.pack(">I", 1)
    + struct.pack(">H4HHB", 0, 65535, 0, 0, 0, 50, 1)
    + struct.pack(">H4HHB", 8, 1, 2, 3, 4, 100, 2),
)


@pytest.mark.parametrize(
    ("key", "machine", "readable"),
    [
        ("Channel0:ChannelColorSpace", 0, "RGB"),
        ("Channel0:ChannelColorData", "65535 0 0 0", "65535 0 0 0"),
        ("Channel0:ChannelOpacity", 50, "50%"),
        ("Channel0:ChannelColorIndicates", 1, "Masked Areas"),
        ("Channel1:ChannelColorSpace", 8, "Grayscale"),
        ("Channel1:ChannelColorIndicates", 2, "Spot Color"),
    ],
)
def test_reads_how_channels_are_shown(key: str, machine: object, readable: object) -> None:
    """Each channel beyond the colours has a directory of its own."""
    tag = mapy.read(psd(resources=CHANNELS))[key]

    assert (tag.machine, tag.readable) == (machine, readable)


def test_a_channel_that_is_cut_short_is_left_out() -> None:
    """The channels before it are read, and nothing else is lost."""
    cut = resource(0x0435, bytes(4) + bytes(13) + bytes(12))
    metadata = mapy.read(psd(resources=cut + resource(0x040B, b"address")))

    assert ("Channel0:ChannelOpacity" in metadata, "Channel1:ChannelOpacity" in metadata) == (
        True,
        False,
    )
    assert metadata["Photoshop:URL"].machine == "address"


def test_the_number_of_channels_is_bounded() -> None:
    """As many as resources may be there are read, and the limit is named."""
    many = resource(0x0435, bytes(4) + bytes(13 * 100))
    metadata = mapy.read(psd(resources=many), limits=mapy.Limits(datasets=20))

    assert "limit.datasets" in [problem.code for problem in metadata.problems]
