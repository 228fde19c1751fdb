"""What is said of a sequence: user data, items of four letters, items that have keys."""

from __future__ import annotations

from struct import pack

import pytest

import mapy
from mapy_box_builders import box, ftyp, full_box, hdlr
from mapy_builders import code_of

ENGLISH, UNDETERMINED = 0x15C7, 0x55C4


def text(kind: str, content: bytes, language: int = ENGLISH) -> bytes:
    """One of QuickTime's texts: its length and language stand in front of it."""
    return box(kind.encode("latin-1"), pack(">HH", len(content), language), content)


def own_text(kind: bytes, content: bytes) -> bytes:
    """One of ISO's texts: version and language stand in front of it."""
    return full_box(kind, pack(">H", UNDETERMINED), content)


def item(kind: str | int, type_: int, content: bytes) -> bytes:
    """An item of a list."""
    name = pack(">I", kind) if isinstance(kind, int) else kind.encode("latin-1")
    return box(name, box(b"data", pack(">II", type_, 0), content))


def keys(*names: bytes) -> bytes:
    """The names of numbered items."""
    rows = b"".join(pack(">I", 8 + len(name)) + b"mdta" + name for name in names)
    return full_box(b"keys", pack(">I", len(names)), rows)


def sequence(*boxes: bytes) -> bytes:
    """A HEIF file with a movie of these boxes."""
    return ftyp(b"msf1", b"hevc") + box(b"moov", *boxes)


USER_DATA = box(
    b"udta",
    text("©mak", b"Apple"),
    text("©day", b"2024-05-01T10:11:12+0200"),
    text("©xyz", b"+48.8566-002.3522+035.000/"),
    own_text(b"titl", b"three\0"),
    own_text(b"kywd", b"\2\4one\0\3two"),
    full_box(b"yrrc", pack(">H", 2024)),
    box(b"name", b"nm"),
    box(b"none", b"else"),
    full_box(
        b"meta",
        hdlr(b"mdir"),
        box(
            b"ilst",
            item("©too", 1, b"Lavf60.3.100"),
            item("covr", 13, b"\xff\xd8\xff\xe0"),
            item("tmpo", 21, pack(">H", 120)),
            item("trkn", 0, pack(">4H", 0, 3, 9, 0)),
            item("rtng", 21, b"\2"),
            item("none", 1, b"else"),
        ),
    ),
)
META = box(
    b"meta",
    hdlr(b"mdta"),
    keys(
        b"com.apple.quicktime.location.ISO6709",
        b"com.android.capture.fps",
        b"com.apple.quicktime.live-photo.auto",
        b"com.foo.barBaz",
    ),
    box(
        b"ilst",
        item(1, 1, b"-33.8598+151.2100/"),
        item(2, 23, pack(">f", 29.97)),
        item(3, 21, b"\1"),
        item(4, 1, b"x"),
        item(5, 1, b"without a key"),
    ),
)
TEXTS = {
    "UserData:Make": "Apple",
    "UserData:ContentCreateDate": "2024:05:01 10:11:12+02:00",
    "UserData:GPSCoordinates": "48.8566 -2.3522 35",
    "UserData:Title": "three",
    "UserData:Keywords": "one, two",
    "UserData:Year": "2024",
    "UserData:Name": "nm",
    "ItemList:Encoder": "Lavf60.3.100",
    "ItemList:CoverArt": "(Binary data 4 bytes, use -b option to extract)",
    "ItemList:BeatsPerMinute": 120,
    "ItemList:TrackNumber": "3 of 9",
    "ItemList:Rating": 2,
    "Keys:GPSCoordinates": "-33.8598 151.21",
    "Keys:AndroidCaptureFPS": 29.9699993133545,
    "Keys:LivePhotoAuto": 1,
    "Keys:FooBarBaz": "x",
}


def test_reads_what_is_said_of_a_sequence() -> None:
    """Each way of saying it is a group; values are ExifTool's."""
    metadata = mapy.read(sequence(USER_DATA, META))
    found = {tag.key: tag.machine for tag in metadata if tag.group.endswith(("Data", "st", "ys"))}

    assert found == TEXTS


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ItemList:Rating", "Clean"),
        (
            "UserData:GPSCoordinates",
            "48 deg 51' 23.76\" N, 2 deg 21' 7.92\" W, 35 m Above Sea Level",
        ),
        ("Keys:GPSCoordinates", "33 deg 51' 35.28\" S, 151 deg 12' 36.00\" E"),
    ],
)
def test_says_codes_and_places_in_words(key: str, words: str) -> None:
    """As ExifTool words them."""
    assert mapy.read(sequence(USER_DATA, META))[key].readable == words


def test_survives_every_truncation() -> None:
    """A file that is cut short at any byte is read as far as it goes."""
    whole = sequence(USER_DATA, META)
    for size in range(len(sequence()), len(whole)):
        assert code_of(whole[:size]) == ""


def test_cuts_the_name_of_a_key_that_no_one_could_read() -> None:
    """Very many items may have the same key."""
    items = box(b"ilst", item(1, 1, b"x"))
    metadata = mapy.read(sequence(box(b"meta", hdlr(b"mdta"), keys(b"k" * 5_000), items)))

    assert [tag.name for tag in metadata if tag.group == "Keys"] == ["K" + "k" * 255]
