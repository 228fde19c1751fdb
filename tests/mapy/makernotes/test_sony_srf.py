"""The chain of enciphered IFDs in the note of Sony's first raw files."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy.makernotes.sony.sr2 import decrypted
from mapy_builders import code_of
from mapy_note_builders import ASCII, LONG, RATIONAL, SHORT, Row, camera_file, directory, u16, u32

KEYS_AT, SECOND, THIRD = 0x8DDC, 20, 0x8FDC
FIRST_KEY, REST_KEY = 0x0123_4567, 0x89AB_CDEF
SETTINGS: tuple[list[Row], ...] = (
    [
        (2, LONG, u32(55)),
        (4, LONG, u32(862144)),
        (0x43, RATIONAL, u32(28, 10)),
        (0x45, LONG, u32(7)),
        (0x46, RATIONAL, u32(513, 10)),
        (0xC0, SHORT, u16(400)),
    ],
    [(0xD0, SHORT, u16(103))],
    [(0xD0, SHORT, u16(104))],
    [(0xD0, SHORT, u16(105))],
    [(0x010F, ASCII, b"SONY EXIF\0"), (0x829A, RATIONAL, u32(1, 60)), (0x0112, SHORT, u16(6))],
)
"""Of the third IFD and those behind it."""


def chain(at: int) -> bytes:
    """A note of seven IFDs that lies there in its file."""
    content = bytearray(KEYS_AT + 0x400)
    _put(content, at, 0, [(3, LONG, u32(1))], SECOND)
    _put(content, at, SECOND, [(0, LONG, u32(REST_KEY)), (1, LONG, u32(777))], THIRD)
    place = THIRD
    for rows in SETTINGS:
        following = place + len(directory(0, *rows))
        _put(content, at, place, rows, following if rows is not SETTINGS[-1] else -at)
        place = following
    for first, end, key in ((THIRD, None, REST_KEY), (SECOND, KEYS_AT + 2 * SECOND, FIRST_KEY)):
        content[first:end] = decrypted(bytes(content[first:end]), key)
    content[KEYS_AT] = 5
    content[KEYS_AT + 20 : KEYS_AT + 24] = struct.pack(">I", FIRST_KEY)
    return bytes(content)


def _put(content: bytearray, at: int, place: int, rows: list[Row], following: int) -> None:
    """Put an IFD there that leads to another."""
    found = bytearray(directory(at + place, *rows))
    link = 2 + 12 * len(rows)
    found[link : link + 4] = u32(at + following)
    content[place : place + len(found)] = found


def test_deciphers_the_whole_chain() -> None:
    """Each IFD is a group, the last one is of EXIF; values are ExifTool's."""
    metadata = mapy.read(camera_file("SONY", "DSC-F828", chain))
    found = {tag.key: tag.readable for tag in metadata if "SRF0" < tag.group < "SRF7"}

    assert found == {
        "SRF1:SRF2Key": REST_KEY,
        "SRF1:DataKey": 777,
        "SRF2:SRF6Offset": 55,
        "SRF2:RawDataOffset": 862144,
        "SRF2:MaxApertureAtMaxFocal": 2.8,
        "SRF2:MinFocalLength": "7 mm",
        "SRF2:MaxFocalLength": "51.3 mm",
        "SRF2:WBRedDaylight": 400,
        "SRF3:WBRedAsShot": 103,
        "SRF4:WBRedAsShot": 104,
        "SRF5:WBRedAsShot": 105,
        "SRF6:Make": "SONY EXIF",
        "SRF6:ExposureTime": "1/60",
        "SRF6:Orientation": "Rotate 90 CW",
    }


@pytest.mark.parametrize("size", [1, 2, 17, 18, 19, KEYS_AT, KEYS_AT + 3, THIRD + 1, THIRD + 90])
def test_survives_a_chain_that_is_cut_short(size: int) -> None:
    """What is not there costs the rest of the chain alone."""
    assert code_of(camera_file("SONY", "DSC-F828", lambda at: chain(at)[:size])) == ""


def test_survives_a_chain_that_leads_back() -> None:
    """An IFD is read once."""

    def loop(at: int) -> bytes:
        content = bytearray(chain(at))
        _put(content, at, 0, [(3, LONG, u32(1))], 0)
        return bytes(content)

    assert code_of(camera_file("SONY", "DSC-F828", loop)) == ""


def test_leaves_a_note_alone_that_is_too_long_to_be_deciphered() -> None:
    """Deciphering is slow, and cameras' notes are short."""
    metadata = mapy.read(
        camera_file("SONY", "DSC-F828", lambda at: chain(at).ljust(1024 * 1024 + 1, b"\0"))
    )

    assert not any(tag.group.startswith("SRF") for tag in metadata)
