"""Panoramas of Windows Live Photo Gallery."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_builders import UNDEFINED, Entry, ifd, tiff

STITCH_INFO = 0x4748


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_numbers_of_a_panorama_are_little_endian_in_any_file(order: str) -> None:
    """Three counts and four angles."""
    panorama = struct.pack("<3I4f", 1, 3, 257, -0.5, 0.5, 0.25, 1.5)
    entry = Entry(STITCH_INFO, UNDEFINED, panorama)
    found = mapy.read(tiff(ifd(entry), order))

    assert found["Microsoft:PanoramicStitchVersion"].machine == 1
    assert found["Microsoft:PanoramicStitchCameraMotion"].readable == "Affine"
    assert found["Microsoft:PanoramicStitchMapType"].readable == "Vertical Cylindrical"
    assert found["Microsoft:PanoramicStitchTheta0"].machine == -0.5
    assert found["Microsoft:PanoramicStitchPhi1"].machine == 1.5


def test_a_panorama_that_is_cut_short_keeps_what_it_has() -> None:
    """The rest is left out."""
    entry = Entry(STITCH_INFO, UNDEFINED, struct.pack("<IH", 1, 3))
    found = mapy.read(tiff(ifd(entry)))

    assert found["Microsoft:PanoramicStitchVersion"].machine == 1
    assert "Microsoft:PanoramicStitchMapType" not in found
