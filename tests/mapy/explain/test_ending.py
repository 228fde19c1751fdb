"""Where a picture ends in its file."""

from __future__ import annotations

import pytest

from mapy.explain.ending import end_of
from mapy_builders import chunk, exif, jpeg, png, riff, segment, webp

SCAN = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg(exif(b"\xff\xd9" * 100)),
        # a scan with a stuffed FF and a restart, then tables, then a second scan
        b"\xff\xd8" + SCAN + b"a\xff\0b\xff\xd0c" + segment(0xC4, b"\xff\xd9") + SCAN + b"\xff\xd9",
        png(chunk(b"tEXt", b"a\0IEND")),
        webp(riff(b"EXIF", b"odd")),
    ],
    ids=["jpeg", "thumbnail's end", "progressive", "png", "webp"],
)
def test_finds_the_end_whatever_follows(content: bytes) -> None:
    """Ends of pictures inside blocks are not taken for it."""
    assert [end_of(content + more) for more in (b"", b"more", content)] == [len(content)] * 3


def test_a_file_that_is_cut_short_has_no_end() -> None:
    """Nor has one of a kind that is not known here."""
    for content in (jpeg(), png(), webp()):
        assert {end_of(content[:cut]) for cut in range(len(content))} == {None}
    assert end_of(b"GIF89a") is None
