"""The copy of a TIFF: its pages where they stood, the entries of a decoder, zeros elsewhere."""

from __future__ import annotations

import struct

import pytest

from mapy.clean.writers import tiff as writer
from mapy_block_builders import dataset, profile
from mapy_builders import (
    UNDEFINED,
    Entry,
    Ifd,
    ascii_entry,
    bigtiff,
    ifd,
    long,
    pointer,
    rational,
    rdf,
    short,
    tiff,
)
from mapy_clean_builders import (
    BARE,
    COARSE,
    CREDITED,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)

WIDTH, HEIGHT = 5, 3
PIXELS = bytes(range(1, 1 + WIDTH * HEIGHT))
PROFILE = profile((b"desc", b"desc" + bytes(20)))
GPS = ifd(
    ascii_entry(1, "S"),
    rational(2, (33, 1), (51, 1), (3540, 100)),
    ascii_entry(3, "E"),
    rational(4, (151, 1), (12, 1), (3600, 100)),
)


def page(
    *entries: Entry, at: int = 8, size: int = len(PIXELS), following: Ifd | None = None
) -> Ifd:
    """A page in grey of one strip, with these entries in their order."""
    rows = [
        *(short(0x0100, WIDTH), short(0x0101, HEIGHT), short(0x0102, 8), short(0x0103, 1)),
        *(short(0x0106, 1), long(0x0111, at), short(0x0115, 1), long(0x0117, size)),
        *entries,
    ]
    return ifd(*sorted(rows, key=lambda row: row.tag), following=following)


def photo(first: Ifd, order: str = "<", pixels: bytes = PIXELS) -> bytes:
    """A TIFF whose pixels stand behind the header: every place of `tiff` moves by their length."""
    even = pixels + bytes(len(pixels) % 2)
    content = bytearray(tiff(first, order))
    _move(content, struct.unpack_from(order + "I", content, 4)[0], order, len(even))
    start = struct.unpack_from(order + "I", content, 4)[0] + len(even)
    struct.pack_into(order + "I", content, 4, start)
    return bytes(content[:8]) + even + bytes(content[8:])


_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 10: 8, 12: 8}
_POINTERS = (0x8769, 0x8825, 0x014A)


def _move(content: bytearray, at: int, order: str, by: int) -> None:
    """Add to every place of a directory, and of those below and behind it."""
    count = struct.unpack_from(order + "H", content, at)[0]
    for number in range(count):
        row = at + 2 + 12 * number
        tag, kind, values, value = struct.unpack_from(order + "HHII", content, row)
        if tag in _POINTERS:
            _move(content, value, order, by)
        if tag in _POINTERS or _SIZES[kind] * values > 4:
            struct.pack_into(order + "I", content, row + 8, value + by)
    end = at + 2 + 12 * count
    following = struct.unpack_from(order + "I", content, end)[0]
    if following:
        _move(content, following, order, by)
        struct.pack_into(order + "I", content, end, following + by)


@pytest.mark.parametrize("order", "<>")
def test_keeps_nothing_but_the_page(order: str) -> None:
    """The entries of a decoder stay, the pixels where they were; of the rest no byte."""
    content = photo(
        page(
            *(ascii_entry(0x010E, SECRET.decode()), short(0x0112, 6), GPS_ROW),
            *(ascii_entry(0x0131, SECRET.decode()), Entry(0x02BC, 1, rdf("") + SECRET)),
            *(Entry(0x83BB, UNDEFINED, dataset(2, 90, SECRET)), Entry(0xFDE8, UNDEFINED, SECRET)),
        ),
        order,
    )
    copy = copied(content, BARE)

    assert SECRET in content
    assert SECRET not in copy.content
    assert copy.content[8 : 8 + len(PIXELS)] == PIXELS
    assert {key.partition(":")[0] for key in said(copy.content)} == {"IFD0"}
    assert said(copy.content) == said(photo(page(), order))


GPS_ROW = pointer(0x8825, GPS)


@pytest.mark.parametrize("order", "<>")
def test_keeps_which_side_is_up_and_the_colours(order: str) -> None:
    """The profile stays where it stood, without what follows its own end."""
    content = photo(page(short(0x0112, 6), Entry(0x8773, UNDEFINED, PROFILE + SECRET)), order)
    copy = copied(content)

    assert copy.after["IFD0:Orientation"].machine == 6
    assert copy.content.count(PROFILE) == 1
    assert SECRET not in copy.content


def test_drops_what_is_no_profile() -> None:
    """Its entry is there for colours alone."""
    assert SECRET not in copied(photo(page(Entry(0x8773, UNDEFINED, SECRET)))).content


@pytest.mark.parametrize("order", "<>")
def test_keeps_the_credits(order: str) -> None:
    """Copyright and creator if they are asked for, written behind the picture if need be."""
    content = photo(page(ascii_entry(0x013B, "Ann Author"), ascii_entry(0x8298, "(c) Ann")), order)
    copy = copied(content, CREDITED)

    assert copy.after["IFD0:Artist"].machine == "Ann Author"
    assert copy.after["IFD0:Copyright"].machine == "(c) Ann"


@pytest.mark.parametrize("order", "<>")
def test_tells_a_coarse_position(order: str) -> None:
    """In a new directory behind the picture."""
    copy = copied(photo(page(GPS_ROW), order), COARSE)

    assert copy.after["GPS:GPSLatitude"].machine == 33.86
    assert copy.after["GPS:GPSLatitudeRef"].machine == "S"


def test_reads_big_tiff() -> None:
    """With places of 64 bits."""
    rows = [
        *((0x0100, 3, 1, WIDTH), (0x0101, 3, 1, HEIGHT), (0x0102, 3, 1, 8), (0x0103, 3, 1, 1)),
        *((0x0106, 3, 1, 1), (0x010E, 2, 8, int.from_bytes(SECRET[:8], "little"))),
    ]
    at = 16 + 8 + 20 * (len(rows) + 2) + 8
    content = bigtiff(*rows, (0x0111, 16, 1, at), (0x0117, 16, 1, len(PIXELS))) + PIXELS

    copy = copied(content + SECRET)

    assert copy.content.endswith(PIXELS)
    assert SECRET[:8] not in copy.content
    assert "IFD0:ImageDescription" not in copy.after


def test_drops_what_follows_the_last_page() -> None:
    """Bytes behind all that the pages refer to."""
    assert copied(photo(page()) + SECRET).content == photo(page())


def test_keeps_pages_and_drops_previews() -> None:
    """A reduced version of a page may show what was cut away; its pixels become zeros."""
    small = bytes(range(100, 100 + len(PIXELS)))
    preview = page(long(0x00FE, 1), at=8 + len(PIXELS))
    content = photo(
        page(following=page(short(0x0112, 3), at=8, following=preview)), pixels=PIXELS + small
    )
    copy = copied(content)

    assert small not in copy.content
    assert PIXELS in copy.content
    assert "IFD1:ImageWidth" in copy.after
    assert "IFD2:ImageWidth" not in copy.after


def test_keeps_pictures_below_a_page() -> None:
    """SubIFDs of full size stay, reduced ones go."""
    content = photo(page(pointer(0x014A, page(ascii_entry(0x010E, SECRET.decode())))))
    copy = copied(content)

    assert "SubIFD:ImageWidth" in copy.after
    assert SECRET not in copy.content
    assert (
        "SubIFD:ImageWidth" not in copied(photo(page(pointer(0x014A, page(long(0xFE, 1)))))).after
    )


def test_blanks_what_jpeg_streams_carry() -> None:
    """A strip of JPEG can have comments and EXIF of its own; no other byte of it changes."""
    head = b"\xff\xd8\xff\xe1\0\x0d" + SECRET + b"\xff\xfe\0\x0d" + SECRET
    stream = head + b"\xff\xee\0\x0eAdobe" + bytes(7) + b"\xff\xda\0\x02\x12\x34\xff\xd9"
    rows = [row for row in page(size=len(stream)).entries if row.tag != 0x0103]
    content = photo(ifd(*rows[:3], short(0x0103, 7), *rows[3:]), pixels=stream)

    assert stream.replace(SECRET, bytes(len(SECRET))) in copied(content).content


@pytest.mark.parametrize("missing", [0x0117])
def test_refuses_a_page_without_an_end(missing: int) -> None:
    """What is compressed tells its length nowhere else."""
    rows = [row for row in page().entries if row.tag not in (missing, 0x0103)]

    assert code_of_clean(photo(ifd(*rows[:3], short(0x0103, 5), *rows[3:]))) == "clean.tiff-no-end"


def test_computes_the_length_of_plain_pixels() -> None:
    """Where nothing is compressed, size and depth tell it."""
    rows = [row for row in page().entries if row.tag != 0x0117]

    assert PIXELS in copied(photo(ifd(*rows)) + SECRET).content


def test_takes_the_place_alone() -> None:
    """Selectively: pages and texts stay, the file keeps its length."""
    content = photo(
        page(ascii_entry(0x010E, "a caption"), GPS_ROW, following=page(ascii_entry(0x010E, "two")))
    )
    copy = copied(content, NO_PLACE)

    assert len(copy.content) == len(content)
    assert copy.after["IFD0:ImageDescription"].machine == "a caption"
    assert copy.after["IFD1:ImageWidth"].machine == WIDTH
    assert not any(tag.group == "GPS" for tag in copy.after)


def test_takes_what_fixes_a_page_to_the_ground() -> None:
    """Tie points and keys of GeoTIFF say the place, too."""
    ties = Entry(0x8482, 12, [0.0, 0.0, 0.0, 151.21, -33.86, 0.0])
    copy = copied(photo(page(ties, ascii_entry(0x87B1, SECRET.decode()))), NO_PLACE)

    assert SECRET not in copy.content
    assert struct.pack("<d", 151.21) not in copy.content


def test_drops_texts_in_the_place_of_numbers() -> None:
    """An entry that a decoder needs is a number; a text under its name is something else."""
    assert SECRET not in copied(photo(page(ascii_entry(0x0150, SECRET.decode())))).content


def test_survives_every_cut() -> None:
    """A file that ends too soon is copied, or refused by name."""
    content = photo(page(ascii_entry(0x010E, SECRET.decode()), GPS_ROW))

    for cut in cuts(content):
        for policy in (CREDITED, NO_PLACE):
            code_of_clean(cut, policy)


def test_tells_the_image() -> None:
    """The pixels, wherever they stand."""
    assert b"".join(writer.image(photo(page()))) == PIXELS
