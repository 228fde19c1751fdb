"""The walker of directories: types, pointers, loops, lies."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy.blocks.ifd import parse
from mapy.buffer import FIRST_READ, ByteView
from mapy.limits import Budget, Limits
from mapy.reading import Reading
from mapy.source import BytesSource
from mapy_builders import (
    ASCII,
    BYTE,
    DOUBLE,
    LONG,
    RATIONAL,
    SHORT,
    SRATIONAL,
    UNDEFINED,
    UTF8,
    Entry,
    ascii_entry,
    camera,
    exif,
    ifd,
    jpeg,
    long,
    pointer,
    rational,
    short,
    tiff,
)
from mapy_note_builders import camera_file, directory, u32

if TYPE_CHECKING:
    from collections.abc import Sequence


def codes(metadata: mapy.Metadata) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in metadata.problems]


@pytest.mark.parametrize(
    ("entry", "raw", "machine"),
    [
        (short(0x0112, 6), 6, 6),
        (short(0x0102, 8, 8, 8), (8, 8, 8), "8 8 8"),
        (long(0x0100, 70_000), 70_000, 70_000),
        (Entry(0x010F, ASCII, b"Lamp\0rest"), b"Lamp\0rest", "Lamp"),
        (Entry(0x9204, SRATIONAL, (-1, 3)), mapy.Rational(-1, 3), -0.3333333333),
        (rational(0x011A, (144, 2)), mapy.Rational(144, 2), 72),
        (rational(0x011A, (1, 0)), mapy.Rational(1, 0), "inf"),
        (rational(0x011A, (0, 0)), mapy.Rational(0, 0), "undef"),
        (Entry(0x9000, UNDEFINED, b"0232"), b"0232", "0232"),
        (Entry(0x010F, UTF8, b"L"), b"L", "L"),
        (Entry(0xA300, UNDEFINED, b"\3"), 3, 3),
        (Entry(0xC612, BYTE, b"\1\4\0\0"), b"\1\4\0\0", "1 4 0 0"),
        (Entry(0xA40B, DOUBLE, (math.inf,)), math.inf, None),
    ],
)
def test_reads_each_type(entry: Entry, raw: object, machine: object) -> None:
    """The raw value is what the file has; the machine value is what it means."""
    tags = [tag for tag in mapy.read(tiff(ifd(entry))) if tag.group == "IFD0"]

    assert [raw] == [tag.raw for tag in tags]
    if machine is not None:
        assert [machine] == [tag.machine for tag in tags]


_VALUES = st.one_of(
    st.tuples(st.just(SHORT), st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=40)),
    st.tuples(st.just(LONG), st.lists(st.integers(0, 0xFFFFFFFF), min_size=1, max_size=40)),
    st.tuples(st.just(DOUBLE), st.lists(st.floats(allow_nan=False), min_size=1, max_size=9)),
    st.tuples(st.just(UNDEFINED), st.binary(min_size=2, max_size=60)),
)


@given(_VALUES, st.sampled_from("<>"))
def test_gives_back_what_was_written(
    written: tuple[int, Sequence[float] | bytes], order: str
) -> None:
    """Any values of any type, in either byte order, inline or not, come back as they were."""
    kind, values = written
    metadata = mapy.read(tiff(ifd(Entry(0xEEEE, kind, values)), order))
    tag = metadata["IFD0:Tag0xEEEE"]
    raw = tag.raw if isinstance(tag.raw, (bytes, tuple)) else (tag.raw,)

    assert values == (raw if isinstance(values, bytes) else list(raw))
    assert len(values) == tag.count
    assert not tag.is_known


Rows: TypeAlias = "list[tuple[int, int, int, int]]"
_ROWS = st.lists(
    st.tuples(
        st.integers(0, 0xFFFF),
        st.integers(0, 20),
        st.one_of(st.integers(0, 9), st.integers(0, 0xFFFFFFFF)),
        st.one_of(st.integers(0, 300), st.integers(0, 0xFFFFFFFF)),
    ),
    max_size=20,
)
"""Entries that claim anything: tags, types, counts and offsets."""


def claiming(rows: Rows, order: str) -> bytes:
    """A TIFF structure of one directory with these entries."""
    mark = b"II" if order == "<" else b"MM"
    body = struct.pack(order + "H", len(rows))
    body += b"".join(struct.pack(order + "HHII", *row) for row in rows)
    return mark + struct.pack(order + "HI", 42, 8) + body + bytes(64)


@given(_ROWS, st.sampled_from("<>"))
def test_survives_any_entries(rows: Rows, order: str) -> None:
    """Whatever tags, types, counts and offsets a directory claims, the answer is a normal one."""
    metadata = mapy.read(jpeg(exif(claiming(rows, order))))

    assert all(tag.readable is not None for tag in metadata)


@given(_ROWS, st.sampled_from("<>"))
def test_reads_the_same_from_memory_as_from_a_large_file(rows: Rows, order: str) -> None:
    """Values are taken from the bytes themselves where all of them are in memory."""
    content = claiming(rows, order) + bytes(range(256)) * 300
    large = BytesSource(content)
    found = []
    for view in (ByteView(content), ByteView.over(large, Budget(Limits()))):
        reading = Reading(view, Budget(Limits()))
        parse(view, reading)
        tags = [tag for directory in reading.directories for tag in directory]
        # As text: no NaN is another.
        said = [(tag.key, repr(tag.raw), tag.span, tag.count) for tag in tags]
        found.append((said, reading.problems))

    assert large.size > FIRST_READ
    assert found[0] == found[1]


def test_visits_a_directory_once() -> None:
    """A directory that names itself as the next one ends the chain."""
    content = bytearray(tiff(ifd(short(0x0112, 6))))
    content[-4:] = struct.pack("<I", 8)
    metadata = mapy.read(bytes(content))

    assert codes(metadata) == ["ifd.loop"]
    assert "IFD1:Orientation" not in metadata


def test_ends_a_loop_of_pointers() -> None:
    """An EXIF pointer back to IFD0 is followed once."""
    metadata = mapy.read(tiff(ifd(long(0x8769, 8), short(0x0112, 6))))

    assert codes(metadata) == ["ifd.loop"]
    assert metadata["IFD0:Orientation"].machine == 6


def test_bounds_the_depth() -> None:
    """Directories inside each other end where the limit says."""
    deepest = ifd(short(0x0112, 6))
    for _ in range(20):
        deepest = ifd(pointer(0x014A, deepest))

    assert "ifd.too-deep" in codes(mapy.read(tiff(deepest)))


def test_a_count_of_four_billion_allocates_nothing() -> None:
    """A count that no file could hold is a problem, and the other tags are read."""
    content = tiff(ifd(long(0xEEEE, 1), short(0x0112, 6)))
    lying = content.replace(struct.pack("<HHI", 0xEEEE, LONG, 1), b"\xee\xee\4\0\xff\xff\xff\xff")
    metadata = mapy.read(lying)

    assert codes(metadata) == ["ifd.value-outside"]
    assert metadata["IFD0:Orientation"].machine == 6


def test_a_directory_of_65535_entries_ends_normally() -> None:
    """A directory that claims more entries than the file has gives those that are there."""
    content = bytearray(tiff(ifd(short(0x0112, 6))))
    content[8:10] = b"\xff\xff"
    metadata = mapy.read(bytes(content))

    assert metadata["IFD0:Orientation"].machine == 6
    assert "ifd.cut-short" in codes(metadata)


def test_overlapping_values_share_a_budget() -> None:
    """A thousand entries of the same 200 kB do not make 200 MB."""
    row = struct.pack("<HHII", 0xEEEE, UNDEFINED, 200_000, 8)
    body = bytes(200_000)
    at = 8 + len(body)
    content = b"II*\0" + struct.pack("<I", at) + body + struct.pack("<H", 1000) + row * 1000
    metadata = mapy.read(content + bytes(4), limits=mapy.Limits(total_value_bytes=1_600_000))

    assert len([tag for tag in metadata if tag.group == "IFD0"]) == 8
    assert "limit.total-value-bytes" in codes(metadata)


def test_keeps_a_long_value_out_of_memory() -> None:
    """A value longer than the limit is told by its length."""
    entry = Entry(0x010F, ASCII, b"x" * 5000)
    metadata = mapy.read(tiff(ifd(entry)), limits=mapy.Limits(value_bytes=1000))
    tag = metadata["IFD0:Make"]

    assert tag.raw is None
    assert tag.machine == "(Binary data 5000 bytes, use -b option to extract)"


def test_an_unknown_type_costs_its_own_entry_only() -> None:
    """Type 99 is a problem; the next entry is read."""
    content = tiff(ifd(short(0x0100, 1), short(0x0112, 6)))
    metadata = mapy.read(content.replace(b"\x00\x01\x03\x00", b"\x00\x01\x63\x00", 1))

    assert codes(metadata) == ["ifd.bad-type"]
    assert metadata["IFD0:Orientation"].machine == 6


def test_gives_up_a_directory_of_noise() -> None:
    """After ten impossible entries the rest is not believed."""
    row = struct.pack("<HHII", 0x0100, 99, 1, 1)
    content = b"II*\0\x08\0\0\0" + struct.pack("<H", 40) + row * 40 + bytes(4)

    assert len(codes(mapy.read(exif_only(content)))) == 12


def exif_only(structure: bytes) -> bytes:
    """A JPEG with nothing but this EXIF block."""
    return jpeg(exif(structure))


def test_keeps_a_bounded_number_of_problems() -> None:
    """A file of problems does not fill the memory with them."""
    pages = ifd(short(0x0100, 1))
    for _ in range(300):
        pages = ifd(long(0x8769, 0xFFFFFF00), following=pages)

    assert len(codes(mapy.read(tiff(pages)))) == 201


def test_names_sub_directories_in_turn() -> None:
    """The first is SubIFD, the second SubIFD1."""
    first = tiff(ifd(long(0x014A, 8, 8)))
    at = len(first)
    sub = struct.pack("<HHHIII", 1, 0x0112, SHORT, 1, 6, 0)
    content = first.replace(struct.pack("<II", 8, 8), struct.pack("<II", at, at + len(sub)))
    metadata = mapy.read(content + sub + sub)

    assert metadata["SubIFD:Orientation"].machine == 6
    assert metadata["SubIFD1:Orientation"].machine == 6


def test_reads_a_thumbnail_behind_its_block() -> None:
    """A thumbnail outside the segment is found where the offset says, if a JPEG lies there."""
    thumbnail = b"\xff\xd8\xff\xd9"
    directory = ifd(short(0x0112, 6), following=ifd(long(0x0201, 1000), long(0x0202, 4)))
    content = jpeg(exif(tiff(directory)))
    content = content.ljust(1012, b"\0") + thumbnail
    metadata = mapy.read(content)

    assert thumbnail == metadata.thumbnail


def test_says_that_a_thumbnail_is_cut_short() -> None:
    """An offset to nowhere is a problem, not a thumbnail."""
    directory = ifd(short(0x0112, 6), following=ifd(long(0x0201, 9_000_000), long(0x0202, 4)))
    metadata = mapy.read(jpeg(exif(tiff(directory))))

    assert codes(metadata) == ["exif.picture-outside"]
    assert metadata.thumbnail is None


@pytest.mark.parametrize(
    ("key", "readable"),
    [
        ("ExifIFD:ExposureTime", "1/500"),
        ("ExifIFD:FNumber", "2.8"),
        ("ExifIFD:UserComment", "hello"),
        ("GPS:GPSLatitude", "33 deg 51' 35.40\""),
        ("GPS:GPSLatitudeRef", "South"),
        ("GPS:GPSAltitude", "58.5 m"),
        ("IFD0:Orientation", "Rotate 90 CW"),
        ("InteropIFD:InteropIndex", "R98 - DCF basic file (sRGB)"),
    ],
)
def test_words_what_a_camera_writes(key: str, readable: str) -> None:
    """The readable values of a photo are those that photographers know."""
    assert readable == mapy.read(tiff(camera()))[key].readable


def test_a_text_is_never_a_type_error() -> None:
    """A tag of an unexpected type has a value all the same."""
    entries = [Entry(tag, ASCII, b"text\0") for tag in (0x829A, 0x9201, 0xA300, 0xA302, 0xA432)]
    entries += [Entry(tag, ASCII, b"text\0") for tag in (0x0111, 0x0201, 0x8769, 0x014A)]
    entries += [Entry(tag, RATIONAL, (1, 3)) for tag in (0x0111, 0x0201, 0x8825)]
    entries += [Entry(tag, RATIONAL, (1, 3)) for tag in (0x9286, 0x9101, 0x9C9B)]
    metadata = mapy.read(jpeg(exif(tiff(ifd(*entries, ascii_entry(0x0110, "last"))))))

    assert all(tag.readable is not None for tag in metadata)
    assert metadata["IFD0:Model"].machine == "last"


def test_bounds_the_entries_of_all_directories() -> None:
    """A budget for entries runs out, and the directories before it are kept."""
    pages = ifd(short(0x0100, 1), following=ifd(*[short(0x0100, 2)] * 9))
    metadata = mapy.read(tiff(pages), limits=mapy.Limits(entries=5))

    assert codes(metadata) == ["limit.entries"]
    assert metadata["IFD0:ImageWidth"].machine == 1


def test_bounds_the_number_of_directories() -> None:
    """A budget for directories runs out, and those before it are kept."""
    pages = ifd(short(0x0100, 1))
    for _ in range(20):
        pages = ifd(short(0x0100, 1), following=pages)
    metadata = mapy.read(tiff(pages), limits=mapy.Limits(ifds=5))

    assert codes(metadata) == ["limit.ifds"]
    assert "IFD4:ImageWidth" in metadata
    assert "IFD5:ImageWidth" not in metadata


def test_tells_of_a_preview_that_lies_behind_the_block() -> None:
    """Sony's cameras put it behind the picture; their note, which a segment holds, tells where."""
    far = 100_000

    def note(at: int) -> bytes:
        entries = directory(at + 12, (0x2001, UNDEFINED, b"12345678"))
        return b"SONY DSC \0\0\0" + entries.replace(u32(8, at + 30), u32(3000, far))

    metadata = mapy.read(jpeg(exif(camera_file("SONY", "SLT-A55V", note))))
    preview = metadata["Sony:PreviewImage"]

    assert preview.machine == "(Binary data 3000 bytes, use -b option to extract)"
    assert (preview.offset, preview.length) == (far + 12, 3000)
    assert not metadata.problems
