"""The keys of GeoTIFF."""

from __future__ import annotations

import mapy
from mapy_block_builders import geotiff
from mapy_builders import Entry, ifd, tiff


def test_reads_keys_wherever_their_values_stand() -> None:
    """A value is in the directory itself, among the texts or among the numbers."""
    metadata = mapy.read(geotiff())

    assert metadata["GeoTiff:GeoTiffVersion"].machine == "1.1.0"
    assert metadata["GeoTiff:GTModelType"].readable == "Projected"
    assert metadata["GeoTiff:GTCitation"].machine == "here"
    assert metadata["GeoTiff:GeogSemiMajorAxis"].machine == 6378137.0


def test_a_key_whose_value_is_missing_is_left_out() -> None:
    """Without the entry that holds its value there is nothing to say of a key."""
    keys = (1, 1, 0, 2, 1026, 0x87B1, 5, 0, 1025, 0, 1, 2)
    metadata = mapy.read(tiff(ifd(Entry(0x87AF, 3, keys))))

    assert "GeoTiff:GTCitation" not in metadata
    assert metadata["GeoTiff:GTRasterType"].readable == "Pixel Is Point"


def test_a_count_beyond_the_keys_ends_with_them() -> None:
    """The directory may declare more keys than it has."""
    keys = (1, 1, 0, 65535, 1024, 0, 1, 1)
    metadata = mapy.read(tiff(ifd(Entry(0x87AF, 3, keys))))

    assert metadata["GeoTiff:GTModelType"].machine == 1
