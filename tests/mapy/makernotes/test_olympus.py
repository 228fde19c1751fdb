"""Olympus' notes: where they count from, the IFDs they lead to, what depends on the camera."""

from __future__ import annotations

import pytest

import mapy
from mapy_note_builders import (
    ASCII,
    BYTE,
    IFD,
    LONG,
    RATIONAL,
    SHORT,
    SSHORT,
    UNDEFINED,
    Row,
    camera_file,
    directory,
    own_note,
    tiff_note,
    u16,
    u32,
)

SIGNATURE = b"OLYMPUS\0II\x03\0"
EQUIPMENT, CAMERA, PROCESSING, FOCUS = 0x2010, 0x2020, 0x2040, 0x2050


def with_part(part: int, *rows: Row, model: str = "E-P1") -> mapy.Metadata:
    """A file whose note leads to one IFD of that topic."""
    at = len(SIGNATURE) + 2 + 12 + 4

    def note(_at: int) -> bytes:
        pointer = directory(len(SIGNATURE), (part, IFD, u32(at)))
        return SIGNATURE + pointer + directory(at, *rows)

    return mapy.read(camera_file("OLYMPUS", model, note))


def both(metadata: mapy.Metadata, name: str) -> tuple[object, object]:
    """The machine and the readable value of a tag."""
    tag = metadata[f"Olympus:{name}"]
    return tag.machine, tag.readable


@pytest.mark.parametrize("signature", [b"OLYMP\0\1\0", b"EPSON\0\1\0", b"CAMER\0\1\0"])
def test_counts_from_the_tiff_header_in_older_notes(signature: bytes) -> None:
    """Makers of the family share the shape."""
    note = tiff_note(signature, (0x0200, LONG, u32(0, 3, 0)))
    found = mapy.read(camera_file("OLYMPUS", "C2000Z", note))
    assert both(found, "SpecialMode") == ("0 3 0", "Normal, Sequence: 3, Panorama: (none)")


@pytest.mark.parametrize("signature", [SIGNATURE, b"OM SYSTEM\0\0\0II\x04\0"])
def test_counts_from_its_own_start_in_newer_notes(signature: bytes) -> None:
    """Offsets hold wherever the note lies."""
    note = own_note(signature, (0x0209, ASCII, b"OLYMPUS DIGITAL\0"))
    found = mapy.read(camera_file("OLYMPUS", "E-P1", note))
    assert both(found, "CameraID") == ("OLYMPUS DIGITAL", "OLYMPUS DIGITAL")


def test_reads_equipment() -> None:
    """Lenses are named by maker, type and subtype; versions have a point."""
    found = with_part(
        EQUIPMENT,
        (0x0104, LONG, u32(0x1002)),
        (0x0201, BYTE, bytes((0, 0, 5, 0, 0, 0))),
        (0x0205, SHORT, u16(256 * 3)),
    )
    assert both(found, "BodyFirmwareVersion") == (0x1002, "1.002")
    assert both(found, "LensType") == ("0 05 00", "Olympus Zuiko Digital 14-54mm F2.8-3.5")
    assert both(found, "MaxApertureAtMinFocal") == (2**1.5, "2.8")


def test_reads_an_ifd_that_its_entry_holds() -> None:
    """The first cameras keep the IFD inside the entry instead of its offset."""

    def note(at: int) -> bytes:
        inside = at + 8 + 2 + 12 + 4
        held = directory(inside, (0x0104, LONG, u32(0x1001)), (0x0206, LONG, u32(2)))
        return b"OLYMP\0\1\0" + directory(at + 8, (EQUIPMENT, UNDEFINED, held))

    found = mapy.read(camera_file("OLYMPUS", "E-1", note))
    assert both(found, "BodyFirmwareVersion") == (0x1001, "1.001")


@pytest.mark.parametrize(
    ("row", "name", "machine", "readable"),
    [
        ((0x0301, SHORT, u16(0, 65)), "FocusMode", "0 65", "Single AF; S-AF, Imager AF"),
        ((0x0400, SHORT, u16(6)), "FlashMode", 6, "Fill-in, Red-eye"),
        ((0x0505, SSHORT, u16(1, -2, 2)), "ContrastSetting", "1 -2 2", "1 (min -2, max 2)"),
        ((0x0600, SHORT, u16(0, 0)), "DriveMode", "0 0", "Single Shot"),
        ((0x0600, SHORT, u16(5, 2, 3)), "DriveMode", "5 2 3", "AE+WB Bracketing, Shot 2"),
        ((0x0501, SHORT, u16(0)), "WhiteBalanceTemperature", 0, "Auto"),
        ((0x0304, LONG, u32(0x79798585)), "AFAreas", 0x79798585, "Center (121,121)-(133,133)"),
        ((0x0903, SSHORT, u16(-15, 1)), "RollAngle", 1.5, 1.5),
        ((0x0903, SSHORT, u16(-15, 0)), "RollAngle", "n/a", "n/a"),
        ((0x050F, SSHORT, u16(0, -1, 1, 0)), "Gradation", "0 -1 1 0", "Normal; User-Selected"),
    ],
)
def test_says_what_the_settings_mean(
    row: Row, name: str, machine: object, readable: object
) -> None:
    """Codes, sets of bits and lists each have their words."""
    assert both(with_part(CAMERA, row), name) == (machine, readable)


@pytest.mark.parametrize(
    ("model", "expected"),
    [("E-5", "Top-center (horizontal); All Target"), ("E-P1", "Unknown (66)")],
)
def test_numbers_points_of_focus_by_the_camera(model: str, expected: str) -> None:
    """Sensors with crosses tell how the points work together as well."""
    found = with_part(FOCUS, (0x0308, SHORT, u16(0x42)), model=model)
    assert found["Olympus:AFPoint"].readable == expected


def test_tells_degrees_by_the_camera() -> None:
    """The sensor's reading is degrees in two cameras, and stands for degrees in the others."""
    row = (0x1500, SSHORT, u16(26))
    assert with_part(FOCUS, row)["Olympus:SensorTemperature"].machine == 81
    assert with_part(FOCUS, row, model="E-M5")["Olympus:SensorTemperature"].machine == 26


def test_prefers_the_stabilization_of_the_settings() -> None:
    """What the sensor's report says counts only where the settings say nothing."""
    report = (0x1600, UNDEFINED, b"\1" + bytes(44) + b"\1")
    found = with_part(FOCUS, report)
    assert found["Olympus:ImageStabilization"].readable == "On, Mode 2"


def test_leaves_out_a_temperature_that_was_not_measured() -> None:
    """0 is no temperature."""
    assert "Olympus:CameraTemperature" not in with_part(PROCESSING, (0x1306, SHORT, u16(0)))
    assert "Olympus:CameraTemperature" in with_part(PROCESSING, (0x1306, SHORT, u16(30)))


def test_tells_the_preview_that_a_start_and_a_length_point_to() -> None:
    """The start counts from the file's."""
    found = with_part(CAMERA, (0x0101, LONG, u32(20)), (0x0102, LONG, u32(4)))
    start = found["Olympus:PreviewImageStart"].machine
    assert (found["Olympus:PreviewImage"].offset, found["Olympus:PreviewImage"].length) == (
        start,
        4,
    )


def test_reads_the_text_of_older_cameras() -> None:
    """Two of its names are told."""
    text = b"[picture info] Resolution=1 [Camera Info] Type=D4040"
    found = mapy.read(
        camera_file("OLYMPUS", "C2000Z", tiff_note(b"OLYMP\0\1\0", (0x0208, ASCII, text)))
    )
    assert both(found, "Resolution") == (1, 1)
    assert both(found, "CameraType") == ("D4040", "E-1")


def test_gives_the_plain_value_of_what_no_camera_writes() -> None:
    """A conversion that fails loses no tag."""
    found = with_part(FOCUS, (0x0305, RATIONAL, u32(2500, 1)), (0x1201, ASCII, b"x\0"))
    assert both(found, "FocusDistance") == (2.5, "2.5 m")
    assert both(found, "ExternalFlash")[0] == "x"
