"""Leaf's packets in tag 0x8606 of a MOS file."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_builders import Entry, ascii_entry, ifd, tiff


def packet(name: str, value: bytes, order: str = ">") -> bytes:
    """Letters, version, name, length, value."""
    return struct.pack(f"{order}4sI40sI", b"PKTS", 1, name.encode(), len(value)) + value


def mos(packets: bytes) -> bytes:
    """A MOS file with these packets."""
    return tiff(ifd(ascii_entry(0x010F, "Leaf"), Entry(0x8606, 7, packets)))


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_packets_within_packets(order: str) -> None:
    """Names are those of the published list, whatever packet they lie in."""
    capture = packet("CaptProf_serial_number", b"LI300123\0", order)
    capture += packet("CaptProf_image_bounds", b"0 0\n100 200\n", order)
    profile = packet("CamProf_capture_profile", capture, order)
    found = mapy.read(mos(packet("camera_profile", profile, order)))

    assert found["Leaf:CaptureSerial"].machine == "LI300123"
    assert found["Leaf:ImageBounds"].machine == "0 0 100 200"


def test_names_a_packet_that_no_list_has() -> None:
    """By its own name."""
    found = mapy.read(mos(packet("CaptProf_new-thing", b"7\n")))

    assert found["Leaf:CaptProfNewThing"].machine == "7"


def test_keeps_pictures_and_numbers_apart_from_texts() -> None:
    """A preview is bytes, a place is numbers, and a serial number is the first word."""
    found = mapy.read(
        mos(
            packet("JPEG_preview_data", b"\xff\xd8\xff\xd9")
            + packet("image_offset", struct.pack(">HH", 5, 6))
            + packet("back_serial_number", b"LI300199   V01.23\n")
        )
    )

    assert str(found["Leaf:PreviewImage"].machine).startswith("(Binary data 4 bytes")
    assert found["Leaf:ImageOffset"].machine == "5 6"
    assert found["Leaf:BackSerial"].readable == "LI300199"


def test_a_packet_that_is_cut_short_is_a_problem_and_loses_nothing_before_it() -> None:
    """Its length is more than the tag holds."""
    whole, cut = packet("CamProf_version", b"14\n"), packet("CamProf_type", b"Leaf")[:-2]
    found = mapy.read(mos(whole + cut))

    assert found["Leaf:CameraProfileVersion"].machine == "14"
    assert [problem.code for problem in found.problems] == ["leaf.cut-short"]


def test_packets_that_lie_too_deep_are_not_opened() -> None:
    """However deep a file nests them, the work stays small."""
    value = b"x"
    for _ in range(50):
        value = packet("ShootObj_camera_setup", value)
    found = mapy.read(mos(value))

    assert [tag.group for tag in found].count("Leaf") == 1
