"""When a picture was taken, as its tags claim."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

import mapy
from mapy_builders import ascii_entry, exif, ifd, jpeg, pointer, tiff


def taken_at(**texts: str) -> datetime | None:
    """The moment of a picture with these texts in its ExifIFD: `x9003` is DateTimeOriginal."""
    camera = ifd(*(ascii_entry(int(number[1:], 16), text) for number, text in texts.items()))
    return mapy.read(jpeg(exif(tiff(ifd(pointer(0x8769, camera)))))).taken_at


def test_without_a_zone_none_is_made_up() -> None:
    """The camera's clock, wherever it was."""
    assert taken_at(x9003="2026:05:16 20:31:44") == datetime(2026, 5, 16, 20, 31, 44)  # noqa: DTZ001


def test_a_zone_that_is_named_counts() -> None:
    """OffsetTimeOriginal belongs to DateTimeOriginal."""
    found = taken_at(x9003="2026:05:16 20:31:44", x9011="+02:00")
    zone = timezone(timedelta(hours=2))
    assert found == datetime(2026, 5, 16, 20, 31, 44, tzinfo=zone)
    assert found is not None
    assert found.utcoffset() == timedelta(hours=2)


def test_the_fraction_of_the_second_counts() -> None:
    """Its digits are decimals: "5" is half a second."""
    assert taken_at(x9003="2026:05:16 20:31:44", x9291="5") == datetime(  # noqa: DTZ001
        2026, 5, 16, 20, 31, 44, 500_000
    )


@pytest.mark.parametrize(
    "unset", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:01 00:00:00"]
)
def test_a_clock_that_was_never_set_gives_way_to_the_next_tag(unset: str) -> None:
    """What is no date is no claim."""
    expected = datetime(2026, 5, 17, 1, 2, 3)  # noqa: DTZ001
    assert taken_at(x9003=unset, x9004="2026:05:17 01:02:03") == expected


def test_a_picture_without_dates_was_taken_at_no_known_time() -> None:
    """None, not the file's date."""
    assert taken_at() is None
