"""Panasonic's and Leica's notes."""

from __future__ import annotations

import pytest

import mapy
from mapy_note_builders import (
    ASCII,
    LONG,
    RATIONAL,
    SHORT,
    UNDEFINED,
    Row,
    camera_file,
    own_note,
    tiff_note,
    u16,
    u32,
)

SIGNATURE = b"Panasonic\0\0\0"


def panasonic(*rows: Row, model: str = "DMC-LX3") -> mapy.Metadata:
    """A file of a camera of Panasonic."""
    return mapy.read(camera_file("Panasonic", model, tiff_note(SIGNATURE, *rows)))


def both(metadata: mapy.Metadata, name: str, group: str = "Panasonic") -> tuple[object, object]:
    """The machine and the readable value of a tag."""
    tag = metadata[f"{group}:{name}"]
    return tag.machine, tag.readable


@pytest.mark.parametrize(
    ("row", "name", "machine", "readable"),
    [
        ((0x0002, UNDEFINED, b"\0\1\0\6"), "FirmwareVersion", "0 1 0 6", "0.1.0.6"),
        ((0x0023, SHORT, u16(-2)), "WhiteBalanceBias", -2 / 3, "-2/3"),
        ((0x0029, LONG, u32(63308)), "TimeSincePowerOn", 633.08, "00:10:33.08"),
        ((0x0033, ASCII, b"9999:99:99 00:00:00\0"), "BabyAge", None, "(not set)"),
        ((0x0036, SHORT, u16(65535)), "TravelDay", 65535, "n/a"),
        ((0x0039, SHORT, u16(-1)), "Contrast", -1, "-1"),
        ((0x0090, SHORT, u16(-15)), "RollAngle", -1.5, -1.5),
        ((0x0091, SHORT, u16(-15)), "PitchAngle", 1.5, 1.5),
        ((0x00A1, RATIONAL, u32(0, 2)), "FilterEffect", "0 2", "Retro"),
        ((0x00C5, SHORT, u16(0x1002)), "LensTypeModel", "02 10", "02 10"),
        (
            (0x0025, UNDEFINED, b"F350807010058\0\0\0"),
            "InternalSerialNumber",
            "F350807010058",
            "(F35) 2008:07:01 no. 0058",
        ),
    ],
)
def test_says_what_the_tags_mean(row: Row, name: str, machine: object, readable: object) -> None:
    """Each has its value and its words."""
    found = both(panasonic(row), name)
    assert found == (found[0] if machine is None else machine, readable)


@pytest.mark.parametrize(
    ("model", "expected"),
    [("DMC-FX35", "Low"), ("DMC-L10", 1), ("DMC-GF1", "-1"), ("DMC-TZ10", "-2"), ("DC-GH5", 1)],
)
def test_takes_the_list_of_contrasts_of_the_camera(model: str, expected: object) -> None:
    """The cameras' lists differ."""
    assert both(panasonic((0x002C, SHORT, u16(1)), model=model), "ContrastMode")[1] == expected


def test_tells_only_the_faces_that_there_are() -> None:
    """Places behind the number of faces are left over from another picture."""
    found = panasonic((0x004E, UNDEFINED, u16(1, *range(20))))
    assert both(found, "Face1Position")[0] == "0 1 2 3"
    assert "Panasonic:Face2Position" not in found


def test_reads_the_time_of_half_bytes() -> None:
    """The digits of the date are the halves of the bytes; zeros are no date."""
    moment = bytes.fromhex("2011031522104530")
    found = panasonic((0x2003, UNDEFINED, moment + bytes(8) + u32(7)))
    assert both(found, "PanasonicDateTime")[0] == "2011:03:15 22:10:45.30"
    assert both(found, "TimeLapseShotNumber")[0] == 7
    assert "Panasonic:PanasonicDateTime" not in panasonic((0x2003, UNDEFINED, bytes(20)))


def test_reads_the_record_of_the_first_cameras() -> None:
    """It has a signature and numbers at fixed places."""
    found = mapy.read(camera_file("Panasonic", "PV-SD4090", lambda _at: b"MKED" + u16(0, 5, 0)))
    assert both(found, "MakerNoteType")[0] == "MKED"


@pytest.mark.parametrize(
    ("signature", "model", "is_own"),
    [
        (b"LEICA\0\x01\0", "LEICA X1", True),
        (b"LEICA\0\x1a\0", "LEICA CL", True),
        (b"LEICA\0\x08\0", "LEICA Q (Typ 116)", False),
        (b"LEICA\0\x02\0", "LEICA M (Typ 240)", False),
    ],
)
def test_counts_from_where_the_leica_does(signature: bytes, model: str, *, is_own: bool) -> None:
    """Each family has its own start."""
    shape = own_note if is_own else tiff_note
    note = shape(signature, (0x0303, ASCII, b"Summilux 50\0"))
    found = mapy.read(camera_file("Leica Camera AG", model, note))
    assert both(found, "LensType", "Leica")[0] == "Summilux 50"


def test_tells_the_lens_of_the_m8() -> None:
    """Two bits are the frame in the finder, the others the lens."""
    note = own_note(b"LEICA\0\0\0", (0x0310, LONG, u32(7 << 2 | 1)))
    found = mapy.read(camera_file("Leica Camera AG", "M8 Digital Camera", note))
    assert both(found, "LensType", "Leica") == ("7 1", "Summicron-M 90mm f/2 (II)")


def test_reads_a_leica_of_panasonic_with_its_table() -> None:
    """Cameras that Panasonic builds have Panasonic's tags."""
    note = tiff_note(b"LEICA\0\0\0", (0x0001, SHORT, u16(2)))
    found = mapy.read(camera_file("LEICA", "C-LUX 1", note))
    assert both(found, "ImageQuality") == (2, "High")


def test_reads_a_note_shorter_than_the_signatures_of_others() -> None:
    """Six bytes that say what wrote them, and no more."""
    found = mapy.read(camera_file("Panasonic", "DS", lambda _at: b"MKED\1\0"))

    assert found["Panasonic:MakerNoteType"].machine == "MKED"
