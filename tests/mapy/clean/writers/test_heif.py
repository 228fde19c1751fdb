"""The copy of a HEIF: as long as it was, its pictures where they were, zeros for the rest."""

from __future__ import annotations

from itertools import islice
import struct

import pytest

import mapy
from mapy.clean.writers import heif as writer
from mapy_block_builders import profile
from mapy_box_builders import XMP as XMP_UUID
from mapy_box_builders import HeifItem, box, ftyp, full_box, hdlr, heif, ispe, uuid_box
from mapy_builders import rdf
from mapy_clean_builders import (
    BARE,
    CAMERA,
    COARSE,
    COARSE_PLACE,
    CREDITED,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)

CODED = b"the coded picture"
PICTURE = HeifItem(1, b"hvc1", CODED)
EXIF = HeifItem(2, b"Exif", bytes(4) + CAMERA, describes=1)
PACKET = rdf("<dc:format>f</dc:format>", 'exif:GPSLatitude="33,51.590000S"')
XMP = HeifItem(3, b"mime", PACKET, describes=1, content_type=b"application/rdf+xml")
MIME = {"content_type": b"application/rdf+xml"}
PROFILE = profile((b"desc", b"desc" + bytes(20)))
COLOURS = box(b"colr", b"prof" + PROFILE + SECRET)
DESCRIPTIVE = ("QuickTime", "Meta")


def photo(*items: HeifItem, behind: bytes = b"", properties: tuple[bytes, ...] = ()) -> bytes:
    """A HEIF of a picture and these items; the properties are the picture's."""
    owned = list(range(1, len(properties) + 2))
    return heif(
        PICTURE, *items, properties=(ispe(4, 3), *properties), owners={1: owned}, behind=behind
    )


def test_keeps_the_picture_where_it_was() -> None:
    """Metadata items go with their entries and bytes; the file keeps its length."""
    content = photo(EXIF, XMP, HeifItem(4, b"uri ", SECRET, describes=1, name=SECRET))
    copy = copied(content)

    assert len(copy.content) == len(content)
    assert copy.content.index(CODED) == content.index(CODED)
    assert said(copy.content, *DESCRIPTIVE) == []
    assert SECRET not in copy.content
    assert b"Exif" not in copy.content
    assert CAMERA[8:24] not in copy.content
    assert b"rdf" not in copy.content


@pytest.mark.parametrize("kind", [b"thmb", b"auxl"])
def test_drops_thumbnails_depths_and_mattes(kind: bytes) -> None:
    """They may show what was cut away or painted over."""
    beside = HeifItem(2, b"hvc1", SECRET, links=[(kind, 1)])

    assert SECRET not in copied(photo(beside)).content


def test_keeps_what_tells_of_transparency() -> None:
    """An auxiliary picture whose property says alpha."""
    alpha = HeifItem(2, b"hvc1", b"coded alpha", links=[(b"auxl", 1)])
    told = full_box(b"auxC", b"urn:mpeg:hevc:2015:auxid:1\0")
    content = heif(PICTURE, alpha, properties=[told], owners={2: [1]})

    assert copied(content).content == content


def test_keeps_what_the_picture_is_made_of() -> None:
    """The tiles of a grid, hidden as they are; not a hidden picture that nothing is made of."""
    grid = HeifItem(1, b"grid", b"grid", is_in_idat=True, links=[(b"dimg", 2)])
    tile = HeifItem(2, b"hvc1", CODED, is_hidden=True)
    hidden = HeifItem(3, b"hvc1", SECRET, is_hidden=True)
    copy = copied(heif(grid, tile, hidden))

    assert CODED in copy.content
    assert SECRET not in copy.content


def test_keeps_every_picture_that_is_shown() -> None:
    """A collection is content."""
    content = photo(HeifItem(2, b"hvc1", b"another picture"))

    assert b"another picture" in copied(content).content


@pytest.mark.parametrize("kind", [b"udes", b"crtt", b"mdft", b"cmin", b"uuid", b"wxyz"])
def test_drops_properties_that_decode_nothing(kind: bytes) -> None:
    """Descriptions, times, cameras, private ones: the others keep their numbers."""
    content = photo(properties=(box(kind, SECRET + bytes(16)), box(b"irot", b"\1")))
    copy = copied(content)

    assert SECRET not in copy.content
    assert copy.after["QuickTime:Rotation"].machine == 1


def test_refuses_to_drop_what_a_picture_needs() -> None:
    """A property that is essential, and unknown."""
    content = photo(properties=(box(b"wxyz", SECRET),))
    essential = content.replace(b"\0\1\2\1\2", b"\0\1\2\1\x82")

    assert essential != content
    assert code_of_clean(essential) == "clean.heif-unusual"


def test_keeps_the_colours() -> None:
    """The profile, without what follows its own end; none of it if it is not kept."""
    content = photo(properties=(box(b"colr", b"prof" + PROFILE + SECRET),))
    copy = copied(content)

    assert PROFILE in copy.content
    assert SECRET not in copy.content
    assert PROFILE[36:60] not in copied(content, BARE).content


def test_blanks_names_and_what_stands_beside() -> None:
    """The handler's name, boxes of no standard, unused room, and what follows the media."""
    content = photo(behind=box(b"mpvd", SECRET) + uuid_box(XMP_UUID, SECRET) + SECRET)
    content = content.replace(b"pict" + bytes(13), b"pict" + bytes(12) + b"\0")
    copy = copied(content)

    assert SECRET not in copy.content
    assert copy.content.endswith(CODED)


def test_blanks_what_jpeg_carries_and_names_of_pictures() -> None:
    """A picture coded as JPEG may have comments, and any picture a name."""
    stream = b"\xff\xd8\xff\xfe\0\x0d" + SECRET + b"\xff\xda\0\x02\x12\xff\xd9"
    copy = copied(heif(HeifItem(1, b"jpeg", stream, name=SECRET)))

    assert SECRET not in copy.content
    assert stream.replace(SECRET, bytes(len(SECRET))) in copy.content


def test_blanks_the_room_between_pictures() -> None:
    """Bytes of the media that no item refers to."""
    content = bytearray(photo(HeifItem(2, b"wxyz", SECRET)))
    place = content.index(SECRET)
    row = content.index(struct.pack(">II", place, len(SECRET)))
    content[row : row + 8] = bytes(8)

    assert SECRET not in copied(bytes(content)).content


def test_keeps_the_credits() -> None:
    """In the room of the EXIF that was."""
    block = CAMERA.replace(b"Safe 1", b"Lamp A")
    content = photo(HeifItem(2, b"Exif", bytes(4) + block, describes=1), XMP_CREATOR)
    copy = copied(content, CREDITED)

    assert copy.after["IFD0:Artist"].machine == "Ann"
    assert said(copy.content, *DESCRIPTIVE) == ["IFD0:Artist"]


XMP_CREATOR = HeifItem(
    3,
    b"mime",
    rdf("<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator>"),
    describes=1,
    content_type=b"application/rdf+xml",
)


def test_tells_a_coarse_position() -> None:
    """In a new block, in the room of the old."""
    copy = copied(photo(EXIF), COARSE)

    assert copy.after["GPS:GPSLatitude"].machine == 33.86


def test_takes_the_place_alone() -> None:
    """Selectively: EXIF and XMP are edited where they stand, thumbnails go."""
    thumbnail = HeifItem(4, b"hvc1", SECRET, links=[(b"thmb", 1)])
    content = photo(EXIF, XMP, thumbnail, behind=uuid_box(XMP_UUID, PACKET))
    copy = copied(content, NO_PLACE)

    assert len(copy.content) == len(content)
    assert SECRET not in copy.content
    assert copy.after["IFD0:Model"].machine == "Safe 1"
    assert copy.after["XMP-dc:Format"].machine == "f"
    assert not any("GPS" in tag.name for tag in copy.after)
    assert copied(content, COARSE_PLACE).after["GPS:GPSLatitude"].machine == 33.86


def test_blanks_what_stands_in_front_of_exif() -> None:
    """An item can tell that its block begins further behind."""
    told = struct.pack(">I", len(SECRET)) + SECRET
    copy = copied(photo(HeifItem(2, b"Exif", told + CAMERA, describes=1)), NO_PLACE)

    assert SECRET not in copy.content
    assert copy.after["IFD0:Model"].machine == "Safe 1"


def test_copies_a_sequence() -> None:
    """Samples stay, times and names become zeros, tracks of anything else go."""
    copy = copied(SEQUENCE)

    assert b"sample 1" in copy.content
    assert b"sample 2" in copy.content
    assert SECRET not in copy.content
    assert PROFILE in copy.content
    assert PROFILE[36:60] not in copied(SEQUENCE, BARE).content
    assert copy.after["QuickTime:CreateDate"].readable == "0000:00:00 00:00:00"
    assert b"".join(writer.image(SEQUENCE)) == b"sample 1sample 2"


def track(handler: bytes, places: list[int], sizes: list[int], *more: bytes) -> bytes:
    """A track of chunks of one sample each."""
    times = struct.pack(">II", 3_800_000_000, 3_800_000_000)
    entry = bytes(6) + b"\0\1" + bytes(34) + SECRET.ljust(32, b"\0") + bytes(4)
    table = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), box(b"hvc1", entry, box(b"uuid", SECRET), COLOURS)),
        full_box(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full_box(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        full_box(b"stco", struct.pack(f">I{len(places)}I", len(places), *places)),
    )
    media = box(
        b"mdia",
        full_box(b"mdhd", times, struct.pack(">IIHH", 30, 1, 0x55C4, 0)),
        full_box(b"hdlr", bytes(4), handler, bytes(12), SECRET, b"\0"),
        box(b"minf", table),
    )
    return box(b"trak", full_box(b"tkhd", times, bytes(72)), media, *more)


def sequence(places: list[int]) -> bytes:
    """A sequence of two samples with a track of metadata and a user's note."""
    times = struct.pack(">II", 3_800_000_000, 3_800_000_000)
    movie = box(
        b"moov",
        full_box(b"mvhd", times, struct.pack(">II", 30, 1), bytes(80)),
        track(b"pict", places[:2], [8, 8], box(b"udta", SECRET)),
        track(b"meta", places[2:], [len(SECRET)]),
        box(b"meta", SECRET),
    )
    media = b"sample 1" + SECRET + b"sample 2" + SECRET
    return ftyp(b"msf1", b"msf1") + movie + box(b"mdat", media)


_START = sequence([0, 0, 0]).index(b"sample 1")
SEQUENCE = sequence([_START, _START + 8 + len(SECRET), _START + 8])


@pytest.mark.parametrize(
    "content",
    [
        ftyp(b"heic", b"heic"),
        ftyp(b"heic", b"heic") + full_box(b"meta", hdlr(b"pict")),
        heif(PICTURE, primary=7).replace(b"hvc1", b"wxyz"),
        heif(HeifItem(1, b"hvc1", CODED, method=2)),
        SEQUENCE + box(b"moof", bytes(8)),
    ],
)
def test_refuses_what_it_cannot_follow(content: bytes) -> None:
    """No picture, pictures of no known kind, in other items, in fragments."""
    assert code_of_clean(content) == "clean.heif-unusual"


def test_survives_every_cut() -> None:
    """A file that ends too soon is copied, or refused by name."""
    for content in (photo(EXIF, XMP), SEQUENCE):
        for cut in islice(cuts(content), 0, None, 3):
            for policy in (CREDITED, NO_PLACE):
                code_of_clean(cut, policy)


def test_keeps_what_it_copied() -> None:
    """A copy of a copy is the same file."""
    once = copied(photo(EXIF, XMP)).content

    assert copied(once).content == once
    assert mapy.read(once).problems == ()
