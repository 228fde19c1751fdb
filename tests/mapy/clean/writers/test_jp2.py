"""The copy of JPEG 2000: the boxes of the picture, and codestreams without comments."""

from __future__ import annotations

from itertools import islice
import struct

import pytest

from mapy.clean.writers import jp2 as writer
from mapy_block_builders import dataset, profile
from mapy_box_builders import C2PA as PROVENANCE
from mapy_box_builders import XMP, box, jp2, superbox, uuid_box
from mapy_builders import rdf, segment
from mapy_clean_builders import (
    BARE,
    CAMERA,
    COARSE_PLACE,
    CREDITED,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)

EXIF_UUID = b"JpgTiffExif->JP2"
IPTC_UUID = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
COMMENT = segment(0x64, b"\0\1" + SECRET)
SIZE = segment(0x51, bytes(4) + struct.pack(">II", 16, 8) + bytes(30))
CODING = segment(0x52, bytes(10))
DATA = b"coded \xff\x8f data"
PROFILE = profile((b"desc", b"desc" + bytes(20)))


def tile(*segments: bytes, data: bytes = DATA, length: int | None = None) -> bytes:
    """A part of a tile: its start, its header, its data."""
    rest = b"".join(segments) + b"\xff\x93" + data
    size = 12 + len(rest) if length is None else length
    return segment(0x90, struct.pack(">HIBB", 0, size, 0, 1)) + rest


def stream(*segments: bytes, tiles: bytes | None = None, end: bytes = b"\xff\xd9") -> bytes:
    """A codestream with these segments in its main header."""
    head = b"\xff\x4f" + SIZE + b"".join(segments) + CODING
    return head + (tile() if tiles is None else tiles) + end


PICTURE = box(b"jp2c", stream())


def test_keeps_nothing_but_the_picture() -> None:
    """UUID, XML, labels, associations, provenance, unknown boxes, and what follows."""
    content = jp2(
        uuid_box(EXIF_UUID, CAMERA),
        uuid_box(XMP, rdf("")),
        uuid_box(IPTC_UUID, dataset(2, 90, SECRET)),
        box(b"xml ", b"<a>x</a>"),
        box(b"asoc", box(b"lbl ", SECRET)),
        superbox(PROVENANCE, "c2pa"),
        PICTURE,
        box(b"what", SECRET),
    )

    assert copied(content + b"\0", BARE).content == jp2(PICTURE)


def test_keeps_which_side_is_up() -> None:
    """In a new block of EXIF behind the picture."""
    copy = copied(jp2(uuid_box(EXIF_UUID, CAMERA), PICTURE))

    assert copy.after["IFD0:Orientation"].machine == 6
    assert said(copy.content, "Jpeg2000") == ["IFD0:Orientation"]


def test_drops_comments() -> None:
    """Of the main header as a whole; of a tile's header their text."""
    content = stream(COMMENT, tiles=tile(COMMENT) + tile(COMMENT, length=0))
    blank = segment(0x64, bytes(2 + len(SECRET)))

    after = stream(tiles=tile(blank) + tile(blank, length=0))
    assert copied(jp2(box(b"jp2c", content))).content == jp2(box(b"jp2c", after))
    assert copied(content).content == after


@pytest.mark.parametrize("length", [None, 0])
def test_drops_what_follows_the_codestream(length: int | None) -> None:
    """Inside of its box, too; data may look like markers only below the end's."""
    content = stream(tiles=tile(length=length))

    assert copied(jp2(box(b"jp2c", content + SECRET))).content == jp2(box(b"jp2c", content))


def test_keeps_a_codestream_that_is_cut_short() -> None:
    """A picture without its end can still be seen."""
    content = stream(end=b"")[:-3]

    assert copied(content).content == content


def colour(method: int, body: bytes) -> bytes:
    """A specification of colour."""
    return box(b"colr", bytes([method, 0, 0]) + body)


def described(*colours: bytes, components: int = 3) -> bytes:
    """A file with these specifications of colour, an unknown box among them."""
    header = box(b"ihdr", struct.pack(">IIHBBBB", 8, 16, components, 7, 7, 0, 0))
    beginning = jp2()[: jp2().index(b"jp2h") - 4]
    return beginning + box(b"jp2h", header, *colours, box(b"uuid", SECRET)) + PICTURE


def test_keeps_the_colours() -> None:
    """The profile, without what follows its own end."""
    copy = copied(described(colour(2, PROFILE + SECRET)))

    assert colour(2, PROFILE) in copy.content
    assert SECRET not in copy.content


@pytest.mark.parametrize(("components", "space"), [(3, 16), (1, 17)])
def test_tells_the_colours_by_number_instead(components: int, space: int) -> None:
    """Where the profile is not kept, and nothing else tells them."""
    copy = copied(described(colour(2, PROFILE), components=components), BARE)
    number = colour(1, struct.pack(">I", space))

    assert number in copy.content
    both = described(colour(2, PROFILE), number, components=components)
    assert copied(both, BARE).content == copy.content


def test_takes_the_place_alone() -> None:
    """Selectively: EXIF and XMP lose it, what cannot be edited goes."""
    packet = rdf("<dc:format>f</dc:format>", 'exif:GPSLatitude="33,51.590000S"')
    content = jp2(
        uuid_box(EXIF_UUID, CAMERA),
        uuid_box(XMP, packet),
        uuid_box(IPTC_UUID, dataset(2, 90, SECRET) + dataset(2, 120, b"caption")),
        box(b"xml ", SECRET),
        PICTURE,
    )
    copy = copied(content, NO_PLACE)

    assert SECRET not in copy.content
    assert copy.after["IFD0:Model"].machine == "Safe 1"
    assert copy.after["XMP-dc:Format"].machine == "f"
    assert copy.after["IPTC:Caption-Abstract"].machine == "caption"
    assert not any("GPS" in tag.name for tag in copy.after)
    assert copied(content, COARSE_PLACE).after["GPS:GPSLatitude"].machine == 33.86


@pytest.mark.parametrize(
    "content",
    [
        jp2(),
        jp2(PICTURE, box(b"ftbl", bytes(8))),
        jp2(PICTURE, box(b"page", bytes(8)), brand=b"jpm "),
    ],
)
def test_refuses_files_in_pieces(content: bytes) -> None:
    """Without a codestream, with tables of fragments, with pages."""
    assert code_of_clean(content) == "clean.jp2-places"


@pytest.mark.parametrize(
    "content",
    [
        jp2(box(b"jp2c", b"nothing")),
        stream()[:60] + b"\xff\x52\0\0",
        stream(tiles=tile(segment(0x52, b"")[:3])),
    ],
)
def test_refuses_broken_headers(content: bytes) -> None:
    """What is no codestream, and segments without a length."""
    assert code_of_clean(content) == "clean.j2c-broken"


def test_survives_every_cut() -> None:
    """A file that ends too soon is copied, or refused by name."""
    content = jp2(uuid_box(EXIF_UUID, CAMERA), box(b"jp2c", stream(COMMENT)))

    for cut in islice(cuts(content), 0, None, 2):
        for policy in (CREDITED, NO_PLACE):
            code_of_clean(cut, policy)


def test_tells_the_image() -> None:
    """The codestream, without its comments."""
    assert b"".join(writer.image(jp2(box(b"jp2c", stream(COMMENT))))) == stream()
