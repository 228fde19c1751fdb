"""Where the compressed data of a PNG end."""

from __future__ import annotations

import struct
import time
from zlib import compress

import pytest

import mapy
from mapy.explain.png_stream import Ending, Picture, ending_of, hidden_in
from mapy_builders import chunk, png

ROWS = compress(b"\0\1")


def picture(*data: bytes, width: int = 1) -> bytes:
    """A PNG of 8-bit grey with these chunks of data."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0))
    pieces = [chunk(b"IDAT", each) for each in data]
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(pieces) + chunk(b"IEND")


@pytest.mark.parametrize(
    ("data", "size"),
    [
        ((ROWS,), 0),
        ((ROWS + b"secret",), 6),
        ((ROWS, b"secret"), 6),
        ((ROWS[:1], b"", ROWS[1:3], ROWS[3:-2], ROWS[-2:] + b"se", b"cret"), 6),
        ((ROWS[:-4] + b"\0\0\0\0secret",), 6),
        ((ROWS[:-6],), 0),
        ((b"no stream at all",), 0),
    ],
    ids=["none", "same chunk", "chunk of its own", "split", "wrong check sum", "cut", "broken"],
)
def test_counts_what_stands_behind_the_stream(data: tuple[bytes, ...], size: int) -> None:
    """In whatever chunks it stands, and whatever the check sum says."""
    assert hidden_in(picture(*data)) == (size, False)


@pytest.mark.parametrize(("more", "is_told"), [(b"secret", True), (b"\0" * 9, False)])
def test_a_stream_may_hold_more_than_the_rows(more: bytes, *, is_told: bool) -> None:
    """Some encoders fill up with zeros, which tell nothing."""
    assert hidden_in(picture(compress(b"\0\1" + more))).has_more is is_told


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ((3, 2, 1, 0, 0, 0, 0), 4),
        ((3, 2, 16, 6, 0, 0, 0), 50),
        ((3, 2, 4, 3, 0, 0, 0), 6),
        ((8, 8, 8, 2, 0, 0, 1), 15 + 64 * 3),
        ((1, 1, 8, 0, 0, 0, 1), 2),
    ],
)
def test_the_size_of_the_rows_is_that_of_the_standard(header: tuple[int, ...], size: int) -> None:
    """A filter in front of each row; seven smaller pictures where it is interlaced."""
    found = Picture.of(struct.pack(">IIBBBBB", *header))
    assert found is not None
    assert found.size == size


def test_a_header_that_is_none_tells_no_picture() -> None:
    """Too short, or of a type of colour that there is not."""
    assert Picture.of(b"short") is None
    assert Picture.of(struct.pack(">IIBBBBB", 1, 1, 8, 5, 0, 0, 0)) is None
    assert hidden_in(b"\x89PNG\r\n\x1a\n" + chunk(b"IEND")) == (0, False)


def test_a_bomb_is_left_early() -> None:
    """What is inflated is bounded by the rows, not by the stream."""
    bomb = compress(bytes(64 << 20))
    start = time.process_time()
    assert ending_of([bomb], 1000) == Ending(None, has_more=True)
    assert time.process_time() - start < 1


def test_explain_tells_what_is_inside() -> None:
    """Behind the pixels, or in them; an ordinary picture gives nothing away."""

    def told(content: bytes) -> dict[str, str]:
        found = mapy.explain(mapy.read(content), content=content)
        return {each.rule: str(each.what) for each in found}

    assert told(png()) == {}
    assert "6 more bytes are hidden" in told(picture(ROWS + b"secret"))["picture.inside"]
    assert "hold more than its pixels" in told(picture(compress(b"\0\1two")))["picture.inside"]


def test_a_large_picture_that_is_packed_to_nothing_is_not_looked_through() -> None:
    """The work follows the size of the file: many small bombs cost no more than their bytes."""
    width = (64 << 20) - 1
    rows = compress(bytes(1 + width))
    looked_through = hidden_in(picture(rows + b"secret", width=width))
    left_alone = hidden_in(picture(rows + b"secret", width=width + 200 * len(rows)))

    assert (looked_through.size, left_alone) == (6, (0, False))
