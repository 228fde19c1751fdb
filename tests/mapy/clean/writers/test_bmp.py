"""The copy of a BMP: header, colours and pixels, and nothing between or behind them."""

from __future__ import annotations

import struct

import pytest

from mapy_block_builders import profile
from mapy_clean_builders import BARE, SECRET, code_of_clean, copied, cuts
from mapy_format_builders import bmp, windows_header

PIXELS = bytes(range(36))
"""Three lines of four pixels of 24 bits."""
PROFILE = profile((b"desc", b"desc" + bytes(20)))


def with_profile(letters: bytes, content: bytes) -> bytes:
    """A BMP of version 5 with a profile, or the name of one, behind its pixels."""
    header = bytearray(windows_header(124))
    header[56:60] = letters
    header[112:120] = struct.pack("<II", 124 + len(PIXELS), len(content))
    return bmp(bytes(header), PIXELS + content)


def sized(content: bytes) -> bytes:
    """The file with its own length in its header."""
    return content[:2] + struct.pack("<I", len(content)) + content[6:]


def test_drops_what_follows_the_pixels() -> None:
    """What remains tells its own length."""
    clean = sized(bmp(windows_header(40), PIXELS))

    assert clean == copied(bmp(windows_header(40), PIXELS + SECRET)).content


def test_drops_what_stands_in_front_of_the_pixels() -> None:
    """Bytes between the header and the pixels that the header does not tell of."""
    content = bytearray(bmp(windows_header(40), SECRET + PIXELS))
    content[10:14] = struct.pack("<I", 14 + 40 + len(SECRET))

    assert sized(bmp(windows_header(40), PIXELS)) == copied(bytes(content)).content


def test_keeps_a_profile_as_long_as_it_says() -> None:
    """Unless the policy keeps no colours: then the file says sRGB."""
    content = with_profile(b"DEBM", PROFILE + SECRET)

    assert sized(with_profile(b"DEBM", PROFILE)) == copied(content).content
    assert PROFILE not in copied(content, BARE).content


def test_drops_the_name_of_a_profile_elsewhere() -> None:
    """It is a path on somebody's disk."""
    copy = copied(with_profile(b"KNIL", SECRET))

    assert SECRET not in copy.content
    assert copy.after["File:ColorSpace"].machine == "sRGB"


@pytest.mark.parametrize("compression", [4, 5])
def test_refuses_wrapped_files(compression: int) -> None:
    """A JPEG or PNG in a BMP has metadata of its own."""
    content = bmp(windows_header(40, compression=compression), PIXELS)

    assert code_of_clean(content) == "bmp.wrapped"


def test_survives_every_cut() -> None:
    """A file cut anywhere is cleaned or refused by name."""
    codes = {code_of_clean(content) for content in cuts(with_profile(b"DEBM", PROFILE))}

    assert {"", "bmp.no-image", "file.empty", "file.unknown-format", "file.broken"} >= codes
