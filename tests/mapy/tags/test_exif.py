"""What the values of EXIF mean: dates, comments, sets of bits, numbers that share a name."""

from __future__ import annotations

import pytest

import mapy
from mapy_builders import ASCII, UNDEFINED, Entry, ifd, long, pointer, short, tiff


@pytest.mark.parametrize(
    ("stored", "machine"),
    [
        (b"2012:03:04\0", "2012:03:04"),
        (b"2012-03-04\0", "2012:03:04"),
        (b"20120304\0", "2012:03:04"),
        (b"2012\x0003\x0004\0", "2012:03:04"),
    ],
)
def test_reads_a_date_of_gps_in_any_writing(stored: bytes, machine: str) -> None:
    """Cameras put hyphens, NULs or nothing between its numbers."""
    found = mapy.read(tiff(ifd(pointer(0x8825, ifd(Entry(0x001D, ASCII, stored))))))
    assert found["GPS:GPSDateStamp"].machine == machine


@pytest.mark.parametrize(
    ("stored", "machine"),
    [
        (b"ASCII\0\0\0Hello ", "Hello"),
        (b"ASCII   Hello", "Hello"),
        (b"\0garbageHello", "Hello"),
        (b"        Hello", "Hello"),
        (b"UNICODE\0H\0i\0", "Hi"),
        (b"UNICODE H\0i\0", "Hi"),
        (b"Unicode\0text", "Unicodetext"),
        (b"plain text", "plain text"),
    ],
)
def test_reads_a_comment_by_its_mark(stored: bytes, machine: str) -> None:
    """Blanks may stand for NULs in the mark; what is no mark is part of the comment."""
    found = mapy.read(tiff(ifd(Entry(0x9286, UNDEFINED, stored))))
    assert found["IFD0:UserComment"].machine == machine


@pytest.mark.parametrize(
    ("entry", "name", "said"),
    [
        (long(0x0124, 5), "T4Options", "2-Dimensional encoding, Fill bits added"),
        (short(0x0153, 1, 3), "SampleFormat", "Unsigned; Float"),
        (short(0xA40F, 1), "DistortionCorrection", "Yes"),
        (Entry(0xFE54, ASCII, b"+25\0"), "Contrast", "+25"),
    ],
)
def test_says_what_the_codes_of_exif_mean(entry: Entry, name: str, said: str) -> None:
    """Sets of bits, lists, and numbers that share a name."""
    assert mapy.read(tiff(ifd(entry)))[f"IFD0:{name}"].readable == said
