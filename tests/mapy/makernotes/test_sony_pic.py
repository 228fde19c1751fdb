"""The logs that a few of Sony's cameras keep as their note."""

from __future__ import annotations

import pytest

import mapy
from mapy_builders import code_of
from mapy_note_builders import SHORT, camera_file, directory, u16

LOG = b"BarCode:123456789012345\nTemp:25\nFWVer:1.00\nCapt:31\nVR Enable C:1\n"
SECOND = b"AFLOG of the lens\nTemp:Clbt:12\nTemp: unknown"


def sony(*logs: bytes) -> bytes:
    """A file with these logs behind the signature."""
    note = b"SONY PIC\0".ljust(0x40, b"\0") + b"".join(log + b"\0" for log in logs) + bytes(64)
    return camera_file("SONY", "DSC-W370", lambda _at: note)


def test_reads_what_the_logs_say() -> None:
    """Values are ExifTool's: a bar code has twelve digits."""
    metadata = mapy.read(sony(LOG, b"too short", SECOND))
    found = {tag.name: tag.readable for tag in metadata if tag.group == "Sony"}

    assert found == {
        "TextInfo1": "(Binary data 65 bytes, use -b option to extract)",
        "Barcode": "123456789012",
        "CameraTemperature": "25 C",
        "FirmwareVersion": "1.00",
        "SensorTemperature": "31 C",
        "VibrationReduction": "On",
        "TextInfo2": "(Binary data 44 bytes, use -b option to extract)",
        "BoardTemperature": "12 C",
    }


def test_reads_the_directory_of_a_panorama() -> None:
    """It stands where others have zeros."""

    def note(at: int) -> bytes:
        return b"SONY PIC\0\0\0\0" + directory(at + 12, (0xB041, SHORT, u16(6))) + bytes(8)

    metadata = mapy.read(camera_file("SONY", "DSC-H200", note))
    assert metadata["Sony:ExposureMode"].machine == 6


def test_bounds_how_many_logs_are_read() -> None:
    """A note of logs alone ends after a few."""
    metadata = mapy.read(sony(*[LOG] * 100))
    assert sum(tag.name.startswith("TextInfo") for tag in metadata) == 16


@pytest.mark.parametrize("size", range(9, 100))
def test_survives_every_truncation(size: int) -> None:
    """A note that is cut short at any byte is read as far as it goes."""
    cut = (b"SONY PIC\0\0\0\0" + directory(12, (0xB041, SHORT, u16(6))) + LOG)[:size]
    assert code_of(camera_file("SONY", "DSC-H200", lambda _at: cut)) == ""
