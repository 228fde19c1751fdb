"""IPTC IIM: datasets, lists, character sets, dates, where a block stands, damage."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_block_builders import dataset, photoshop, resource
from mapy_builders import Entry, exif, ifd, jpeg, tiff

UTF8 = dataset(1, 90, b"\x1b%G")


def read(*datasets: bytes) -> mapy.Metadata:
    """The metadata of a JPEG with these datasets."""
    return mapy.read(jpeg(photoshop(resource(0x0404, b"".join(datasets)))))


def test_a_repeated_dataset_is_a_list() -> None:
    """Keywords stand one in a dataset; together they are one tag."""
    metadata = read(dataset(2, 25, b"a"), dataset(2, 5, b"x"), dataset(2, 25, b"b"))

    assert metadata["IPTC:Keywords"].machine == ["a", "b"]
    assert metadata["IPTC:ObjectName"].machine == "x"


def test_one_value_of_a_list_stands_alone() -> None:
    """A single keyword is a text."""
    assert read(dataset(2, 25, b"a"))["IPTC:Keywords"].machine == "a"


@pytest.mark.parametrize(
    ("announced", "raw", "expected"),
    [(b"", b"Caf\xe9", "Café"), (UTF8, b"Caf\xc3\xa9", "Café"), (b"", b"\x93q\x94", "“q”")],
)
def test_decodes_texts_by_the_announced_character_set(
    announced: bytes, raw: bytes, expected: str
) -> None:
    """UTF-8 where dataset 1:90 says so, else Windows-1252."""
    assert expected == read(announced, dataset(2, 5, raw))["IPTC:ObjectName"].machine


@pytest.mark.parametrize(
    ("number", "raw", "expected"),
    [
        (55, b"20240501", "2024:05:01"),
        (55, b"2024-05-01", "2024:05:01"),
        (60, b"101112+0200", "10:11:12+02:00"),
        (60, b"1011", "1011"),
    ],
)
def test_writes_dates_and_times_with_colons(number: int, raw: bytes, expected: str) -> None:
    """Dates and times look as those of EXIF; what is none stays."""
    found = read(dataset(2, number, raw))
    name = {55: "DateCreated", 60: "TimeCreated"}[number]

    assert expected == found[f"IPTC:{name}"].machine


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        (UTF8, "CodedCharacterSet", "UTF8"),
        (dataset(1, 90, b"\x1b-A"), "CodedCharacterSet", "ESC - A"),
        (dataset(2, 10, b"1"), "Urgency", "1 (most urgent)"),
        (dataset(2, 8, b"01"), "EditorialUpdate", "Additional language"),
        (dataset(2, 200, b"\0\x0b"), "ObjectPreviewFileFormat", "JPEG File Interchange (JFIF)"),
        (
            dataset(2, 221, b"0:1:0:815680"),
            "Prefs",
            "Tagged:0, ColorClass:1, Rating:0, FrameNum:815680",
        ),
        (
            dataset(2, 125, b"zz"),
            "RasterizedCaption",
            "(Binary data 2 bytes, use -b option to extract)",
        ),
        (dataset(3, 110, b"\0\1\2\3"), "DataCompressionMethod", "0x00010203"),
        (
            dataset(3, 10, b"\0\1\0\0\0\x0220240501\0\3"),
            "IPTCPictureNumber",
            "1, equip 2, 20240501, no. 3",
        ),
        (dataset(7, 10, b"\1"), "SizeMode", "Size Known"),
    ],
)
def test_words_values(content: bytes, key: str, expected: str) -> None:
    """Codes become words."""
    assert expected == read(content)[f"IPTC:{key}"].readable


def test_a_block_at_another_place_is_numbered() -> None:
    """IPTC in an IFD of EXIF is not where a JPEG has it: its group is IPTC2."""
    block = exif(tiff(ifd(Entry(0x83BB, 7, dataset(2, 5, b"x")))))

    assert "IPTC2:ObjectName" in mapy.read(jpeg(block))


def test_in_a_tiff_an_entry_is_the_place() -> None:
    """The entry 0x83BB of a TIFF file holds IPTC by the standard, its bytes swapped or not."""
    plain = dataset(2, 5, b"abc")
    swapped = struct.pack("<2I", *struct.unpack(">2I", plain))

    assert mapy.read(tiff(ifd(Entry(0x83BB, 7, plain))))["IPTC:ObjectName"].machine == "abc"
    assert mapy.read(tiff(ifd(Entry(0x83BB, 7, swapped))))["IPTC:ObjectName"].machine == "abc"


def test_a_second_block_at_the_standard_place_is_numbered() -> None:
    """Of two blocks the first is IPTC, the second IPTC2."""
    block = resource(0x0404, dataset(2, 5, b"x"))
    metadata = mapy.read(jpeg(photoshop(block, block)))

    assert "IPTC:ObjectName" in metadata
    assert "IPTC2:ObjectName" in metadata


def test_reads_an_extended_length() -> None:
    """A length with the highest bit set tells how many bytes the real length has."""
    body = b"\x1c\2\5\x80\4" + struct.pack(">I", 3) + b"abc"

    assert read(body)["IPTC:ObjectName"].machine == "abc"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (b"\x1c\2\5\0\x40x", "iptc.cut-short"),
        (b"\x1c\2\5\x80\x20x", "iptc.bad-length"),
        (b"nonsense", "iptc.lost"),
    ],
)
def test_damage_keeps_what_stands_before(damage: bytes, code: str) -> None:
    """The datasets in front of the fault are read; the fault is a problem."""
    metadata = read(dataset(2, 5, b"x"), damage)

    assert metadata["IPTC:ObjectName"].machine == "x"
    assert [problem.code for problem in metadata.problems] == [code]


def test_zeros_may_fill_a_block() -> None:
    """Zeros behind the last dataset are no damage."""
    assert not read(dataset(2, 5, b"x"), bytes(9)).problems


def test_bounds_the_number_of_datasets() -> None:
    """A block of very many datasets ends at the limit."""
    content = jpeg(photoshop(resource(0x0404, dataset(2, 25, b"") * 100)))
    metadata = mapy.read(content, limits=mapy.Limits(datasets=50))

    assert [problem.code for problem in metadata.problems] == ["limit.datasets"]


@pytest.mark.parametrize(
    ("announced", "expected"),
    [(b"\x1b%G", "Größe"), (b"\x1b%/G", "Größe"), (b"\x1b.A", "GrÃ¶ÃŸe"), (b"", "GrÃ¶ÃŸe")],
)
def test_reads_texts_in_the_code_that_is_announced(announced: bytes, expected: str) -> None:
    """UTF-8 has several levels; ISO 2022 does not change how texts are read."""
    metadata = read(dataset(1, 90, announced), dataset(2, 5, "Größe".encode()))
    assert metadata["IPTC:ObjectName"].machine == expected
