"""Where a picture ends in its file."""

from __future__ import annotations

import pytest

import mapy
from mapy.explain.ending import end_of, end_of_tiff
from mapy_box_builders import HeifItem, box, heif, jp2, jxl
from mapy_builders import (
    ascii_entry,
    chunk,
    exif,
    ifd,
    jpeg,
    long,
    png,
    riff,
    segment,
    tiff,
    webp,
)
from mapy_format_builders import bmp, gif, gif_comment, gif_frame, windows_header

SCAN = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))


def with_size(content: bytes) -> bytes:
    """A BMP whose header tells how long it is."""
    return content[:2] + len(content).to_bytes(4, "little") + content[6:]


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg(exif(b"\xff\xd9" * 100)),
        # a scan with a stuffed FF and a restart, then tables, then a second scan
        b"\xff\xd8" + SCAN + b"a\xff\0b\xff\xd0c" + segment(0xC4, b"\xff\xd9") + SCAN + b"\xff\xd9",
        png(chunk(b"tEXt", b"a\0IEND")),
        webp(riff(b"EXIF", b"odd")),
        gif(gif_frame(1), gif_comment(b";" * 300), gif_frame()),
        with_size(bmp(windows_header(40), bytes(36))),
        heif(HeifItem(1, b"hvc1", b"pixels")),
        jp2(box(b"jp2c", b"pixels")),
        jxl(box(b"jxlc", b"pixels")),
    ],
    ids=[
        *("jpeg", "thumbnail's end", "progressive", "png", "webp", "gif", "bmp", "heif", "jp2"),
        "jxl",
    ],
)
def test_finds_the_end_whatever_follows(content: bytes) -> None:
    """Ends of pictures inside blocks are not taken for it."""
    assert [end_of(content + more) for more in (b"", b"more", content)] == [len(content)] * 3


def test_a_file_that_is_cut_short_has_no_end() -> None:
    """Nor has one of a kind that is not known here."""
    for content in (jpeg(), png(), webp(), gif(gif_frame())):
        assert {end_of(content[:cut]) for cut in range(len(content))} == {None}
    assert end_of(heif(HeifItem(1, b"hvc1", b"pixels"))[:-1]) is None
    assert end_of(b"8BPS") is None


def test_a_box_that_reaches_to_the_end_has_nothing_behind_it() -> None:
    """A length of 0 says so."""
    content = jp2() + bytes(4) + b"jp2cpixels and whatever else"
    assert end_of(content) == len(content)


def test_a_box_of_another_kind_is_data_behind_the_picture() -> None:
    """Phones put films into boxes of their own."""
    content = heif(HeifItem(1, b"hvc1", b"pixels"))
    assert end_of(content + box(b"mpvd", b"film")) == len(content)


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_end_of_a_tiff_is_that_of_what_its_directories_refer_to(order: str) -> None:
    """Strips, texts and the directories themselves."""
    strips = 200, 300
    page = ifd(
        ascii_entry(0x010E, "a text of its own"),
        long(0x0111, *strips),
        long(0x0117, 50, 60),
    )
    content = tiff(page, order).ljust(360, b"\1")
    assert end_of_tiff(mapy.read(content + b"more")) == 360
    bare = tiff(ifd(ascii_entry(0x010E, "a text of its own")), order)
    assert end_of_tiff(mapy.read(bare + b"more")) == len(bare)
