"""Damaged files: cleaned or refused by name, whichever byte is wrong."""

from __future__ import annotations

import zlib

import pytest

from mapy.clean.policy import Policy
from mapy_block_builders import icc_segments, profile
from mapy_box_builders import box, jxl
from mapy_builders import chunk, exif, jfif, jpeg, png, rdf, riff, webp, xmp
from mapy_clean_builders import CAMERA, COARSE_PLACE, code_of_clean
from mapy_format_builders import (
    bmp,
    gif,
    gif_comment,
    gif_extension,
    gif_frame,
    svg,
    windows_header,
)

PROFILE = profile((b"desc", b"desc" + bytes(20)))
PACKET = rdf("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude>").strip()
FILES = {
    "JPEG": jpeg(jfif(), exif(CAMERA), xmp(PACKET), *icc_segments(PROFILE)),
    "PNG": png(chunk(b"eXIf", CAMERA), chunk(b"iCCP", b"P\0\0" + zlib.compress(PROFILE))),
    "WebP": webp(riff(b"ICCP", PROFILE), riff(b"VP8 ", bytes(10)), riff(b"EXIF", CAMERA)),
    "GIF": gif(gif_comment(b"x"), gif_extension(0xFF, b"NETSCAPE2.0", b"\1\0\0"), gif_frame(1, 1)),
    "JPEG XL": jxl(box(b"Exif", bytes(4) + CAMERA), box(b"jxlc", b"\xff\x0a" + bytes(20))),
    "BMP": bmp(windows_header(124), bytes(36)),
    "SVG": svg("<metadata><a/></metadata><!-- x --><g s='1'/>", prolog="<!DOCTYPE svg>"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("policy", [Policy(), COARSE_PLACE], ids=["all", "place"])
def test_survives_every_wrong_byte(name: str, policy: Policy) -> None:
    """No error but those that are named."""
    content = FILES[name]
    for at in range(len(content)):
        code_of_clean(content[:at] + bytes([content[at] ^ 0x81]) + content[at + 1 :], policy)
