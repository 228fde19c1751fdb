"""InfiRay's thermal cameras: records in APP2 to APP9, of which the first alone has a signature."""

from __future__ import annotations

import struct

import mapy
from mapy_builders import jpeg, segment

VERSION = segment(0xE2, bytes([0, 2, 0, 1]) + b"IJPEG\0" + bytes(80))
PICTURE = segment(0xE5, struct.pack("<5f", 25, 0.25, 0.99, 0.5, 21.5) + bytes(18))
SENSOR = segment(0xE9, b"infisense".ljust(192, b"\0") + b"P2000".ljust(64, b"\0"))


def test_reads_the_records_behind_the_one_with_the_signature() -> None:
    """Each by the marker of its segment; numbers and words."""
    found = mapy.read(jpeg(VERSION, PICTURE, SENSOR))

    assert found["InfiRay:IJPEGVersion"].machine == "0 2 0 1"
    assert found["InfiRay:EnvironmentTemp"].readable == "25.00 C"
    assert found["InfiRay:Humidity"].readable == "50.0 %"
    assert found["InfiRay:IRSensorSerialNumber"].machine == "P2000"
    assert not found.problems


def test_keeps_the_stored_picture_as_binary() -> None:
    """It is for programs only."""
    found = mapy.read(jpeg(VERSION, segment(0xE3, bytes(20))))

    assert str(found["InfiRay:ImagingData"].machine).startswith("(Binary data 20 bytes")


def test_unknown_segments_are_left_alone_without_the_signature() -> None:
    """Others use the same markers."""
    found = mapy.read(jpeg(segment(0xE2, b"something"), PICTURE, SENSOR))

    assert not [tag for tag in found if tag.group == "InfiRay"]


def test_a_cut_record_gives_what_it_has() -> None:
    """Nothing is read beyond a segment."""
    found = mapy.read(jpeg(VERSION, segment(0xE5, struct.pack("<f", 25)), segment(0xE8, b"")))

    assert [tag.name for tag in found if tag.name in ("EnvironmentTemp", "Distance")] == [
        "EnvironmentTemp"
    ]
