"""An EXIF block without what a selection takes: nothing moves, nothing is left behind."""

from __future__ import annotations

import struct

import pytest

from mapy.blocks.ifd import parse
from mapy.buffer import ByteView
from mapy.clean.edit import tiff_block
from mapy.clean.policy import Coarsen, Policy
from mapy.clean.selection import Selection, selection_of
from mapy.explain.finding import Subject
from mapy.limits import DEFAULT_LIMITS, Budget
from mapy.model import Position, Tag
from mapy.reading import Reading
from mapy_block_builders import dataset
from mapy_builders import (
    UNDEFINED,
    Entry,
    ascii_entry,
    camera,
    ifd,
    long,
    pointer,
    rational,
    rdf,
    short,
    tiff,
)
from mapy_clean_builders import SECRET

NO_PLACE = selection_of(Policy(remove=frozenset({Subject.PLACE})), None)
NO_DEVICE = selection_of(Policy(remove=frozenset({Subject.DEVICE})), None)
KM = selection_of(Policy(remove=frozenset(), coarsen=Coarsen.KM), Position(-33.86, 151.21))
NOTHING = selection_of(Policy(remove=frozenset()), None)


def tags_of(block: bytes) -> dict[str, Tag]:
    """The tags of a block, by key."""
    view = ByteView(block)
    reading = Reading(view, Budget(DEFAULT_LIMITS))
    parse(view, reading)
    assert reading.problems == []
    return {tag.key: tag for directory in reading.directories for tag in directory}


def keys_of(block: bytes) -> set[str]:
    """The keys of a block's tags, but for its byte order."""
    return set(tags_of(block)) - {"File:ExifByteOrder"}


def edited(block: bytes, selection: Selection) -> bytes:
    """The edited block, which must be as long as it was."""
    result = tiff_block(block, selection)
    assert len(block) == len(result)
    return result


@pytest.mark.parametrize("order", "<>")
def test_takes_the_place_and_keeps_the_rest(order: str) -> None:
    """GPS goes as a whole, with its pointer; what the camera was set to stays where it stood."""
    block = tiff(camera(), order)
    before, after = tags_of(block), tags_of(edited(block, NO_PLACE))

    assert {key for key in before if key.startswith(("GPS", "IFD1"))} == set(before) - set(after)
    moved = [
        key for key in after if key != "IFD0:Orientation" and before[key].raw != after[key].raw
    ]
    assert moved == []
    assert [
        key for key in after if after[key].length > 4 and after[key].offset != before[key].offset
    ] == []


@pytest.mark.parametrize("order", "<>")
def test_leaves_no_bytes_of_what_it_takes(order: str) -> None:
    """Values and directories that went are zeros: the seconds of the latitude are nowhere."""
    seconds = struct.pack(order + "II", 3540, 100)
    block = tiff(camera(), order)

    assert seconds in block
    assert seconds not in edited(block, NO_PLACE)


def test_keeps_a_value_that_others_share() -> None:
    """Two entries may point to the same bytes; they stay while one of them does."""
    block = bytearray(
        tiff(ifd(ascii_entry(0x010F, "Lamp of light"), ascii_entry(0x010E, "x" * 13)))
    )
    rows = 8 + 28  # behind the header and the two texts
    place = block[rows + 2 + 8 : rows + 2 + 12]
    block[rows + 2 + 12 + 8 : rows + 2 + 12 + 12] = place

    after = tags_of(edited(bytes(block), NO_DEVICE))

    assert "IFD0:Make" not in after
    assert after["IFD0:ImageDescription"].machine == "Lamp of light"


def test_drops_makers_notes_and_thumbnails() -> None:
    """They hold copies of what goes, so they go with anything."""
    photo = ifd(Entry(0x927C, UNDEFINED, b"Note" + SECRET), Entry(0x9000, UNDEFINED, b"0232"))
    block = tiff(ifd(pointer(0x8769, photo), following=ifd(long(0x0201, 8), long(0x0202, 4))))
    after = edited(block, NO_DEVICE)

    assert SECRET not in after
    assert keys_of(after) == {"ExifIFD:ExifVersion"}


@pytest.mark.parametrize("tag", [0xC4A5, 0xC634, 0x0201])
def test_drops_blocks_that_it_cannot_edit(tag: int) -> None:
    """Settings for printers, private data, pictures: known by name, and yet opaque."""
    block = tiff(ifd(short(0x0112, 6), Entry(tag, UNDEFINED, SECRET)))
    after = edited(block, NO_PLACE)

    assert SECRET not in after
    assert keys_of(after) == {"IFD0:Orientation"}


def test_drops_what_no_table_names() -> None:
    """An unknown entry may be a copy of anything."""
    block = tiff(ifd(short(0x0112, 6), Entry(0xEEEE, UNDEFINED, SECRET)))

    assert keys_of(edited(block, NO_PLACE)) == {"IFD0:Orientation"}


def test_zeroes_what_nothing_refers_to() -> None:
    """Makers keep pieces between the values, and behind them."""
    block = tiff(ifd(short(0x0112, 6))) + SECRET

    assert edited(block, NO_PLACE).endswith(bytes(len(SECRET)))


def test_edits_the_blocks_inside() -> None:
    """XMP and IPTC in entries lose the place, too, and keep the rest."""
    packet = rdf("<dc:format>f</dc:format>", 'exif:GPSLatitude="33,51.5S"')
    datasets = dataset(2, 90, SECRET) + dataset(2, 120, b"caption")
    block = tiff(ifd(Entry(0x02BC, 1, packet), Entry(0x83BB, UNDEFINED, datasets)))
    after = edited(block, NO_PLACE)

    assert SECRET not in after
    assert b"33,51" not in after
    assert {"XMP-dc:Format", "IPTC2:Caption-Abstract"} <= keys_of(after)


@pytest.mark.parametrize("order", "<>")
def test_coarsens_the_position(order: str) -> None:
    """Latitude and longitude are written anew, and everything finer about the place goes."""
    after = tags_of(edited(tiff(camera(), order), KM))

    gps = {tag.name: tag.machine for key, tag in after.items() if key.startswith("GPS:")}
    assert gps == {
        "GPSLatitudeRef": "S",
        "GPSLatitude": 33.86,
        "GPSLongitudeRef": "E",
        "GPSLongitude": 151.21,
    }


def test_takes_a_position_that_it_cannot_write() -> None:
    """South without a reference, or numbers of another type: better none than a wrong one."""
    gps = ifd(rational(2, (33, 1), (51, 1), (3540, 100)), short(4, 151))

    assert keys_of(edited(tiff(ifd(short(0x0112, 1), pointer(0x8825, gps))), KM)) == {
        "IFD0:Orientation"
    }


def test_takes_a_position_that_shares_its_bytes() -> None:
    """Latitude and longitude in one place cannot both be written there."""
    degrees = ((33, 1), (51, 1), (3540, 100))
    gps = ifd(
        ascii_entry(1, "S"), rational(2, *degrees), ascii_entry(3, "E"), rational(4, *degrees)
    )
    block = bytearray(tiff(ifd(pointer(0x8825, gps))))
    rows = 8 + 2 * 24 + 2
    block[rows + 3 * 12 + 8 : rows + 4 * 12] = block[rows + 12 + 8 : rows + 2 * 12]

    assert keys_of(edited(bytes(block), KM)) == {"GPS:GPSLatitudeRef", "GPS:GPSLongitudeRef"}


def test_unlinks_a_directory_that_is_empty() -> None:
    """The chain leads past it to the next one."""
    last = ifd(short(0x0112, 3))
    chain = ifd(short(0x0112, 6), following=ifd(ascii_entry(0x010F, "Lamp"), following=last))

    assert keys_of(edited(tiff(chain), NO_DEVICE)) == {"IFD0:Orientation", "IFD1:Orientation"}


def test_changes_nothing_where_nothing_goes() -> None:
    """The same bytes."""
    block = tiff(camera())

    assert tiff_block(block, NOTHING) == block


def test_blanks_what_it_cannot_read() -> None:
    """A block whose directories cannot be found may say anything."""
    assert edited(b"II*\0\xff\0\0\0" + SECRET, NO_PLACE).strip(b"\0") == b"II*"
    assert edited(SECRET, NO_PLACE) == bytes(len(SECRET))


def test_survives_every_cut() -> None:
    """A block that ends too soon is edited as far as it goes."""
    block = tiff(camera())

    for size in range(len(block)):
        edited(block[:size], NO_PLACE)


def test_survives_loops_and_depth() -> None:
    """A directory that leads to itself, through a chain and through a pointer."""
    block = bytearray(tiff(ifd(long(0x8769, 8), ascii_entry(0x010F, "Lamp"))))
    start = struct.unpack_from("<I", block, 4)[0]
    struct.pack_into("<I", block, start + 2 + 12 + 8, start)
    struct.pack_into("<I", block, len(block) - 4, start)

    assert b"Lamp" not in edited(bytes(block), NO_DEVICE)


def test_survives_directories_that_overlap() -> None:
    """The second one begins within the first, so that both have the row of a pointer."""
    rows = struct.pack("<HHII", 1, 1, 0, 0) + struct.pack("<HHII", 0x8825, 4, 1, 60)
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + rows + struct.pack("<I", 20)
    block = (block[:20] + struct.pack("<H", 1) + block[22:]).ljust(60, b"\0")

    assert SECRET not in edited(block + struct.pack("<H", 0) + SECRET, NO_PLACE)


def test_costs_no_more_than_the_block() -> None:
    """Of many entries that mean the same large block, only as many are edited as have room."""
    packet = rdf("<dc:format>f</dc:format>" * 40)
    content = bytearray(tiff(ifd(*(Entry(0x02BC, 1, packet) for _ in range(3)))))
    start = struct.unpack_from("<I", content, 4)[0]
    whole = content[:8] + content[start:]  # the rows, without the packets
    place = len(whole)
    for number in range(3):
        struct.pack_into("<II", whole, 8 + 2 + 12 * number + 4, len(packet), place)
    struct.pack_into("<I", whole, 4, 8)

    after = edited(bytes(whole + packet), NO_PLACE)

    assert struct.unpack_from("<H", after, 8) == (1,)
