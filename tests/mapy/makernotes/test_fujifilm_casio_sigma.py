"""The notes of FujiFilm, Casio, Sanyo and Sigma; and all notes of this family when damaged."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import jpeg, segment
from mapy_note_builders import (
    ASCII,
    FLOAT,
    LONG,
    RATIONAL,
    SHORT,
    SLONG,
    UNDEFINED,
    Row,
    camera_file,
    directory,
    own_note,
    tiff_note,
    u16,
    u32,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def fujifilm(*rows: Row, model: str = "X-T4") -> mapy.Metadata:
    """A file of a camera of FujiFilm."""
    return mapy.read(camera_file("FUJIFILM", model, own_note(b"FUJIFILM" + u32(12), *rows)))


def casio(*rows: Row) -> mapy.Metadata:
    """A file of a newer camera of Casio."""
    return mapy.read(camera_file("CASIO", "EX-Z3", tiff_note(b"QVC\0\0\0", *rows)))


def sigma(version: int, *rows: Row, model: str = "SIGMA DP2") -> mapy.Metadata:
    """A file of a camera of Sigma."""
    signature = b"SIGMA\0\0\0\0" + bytes([version])
    return mapy.read(camera_file("SIGMA", model, tiff_note(signature, *rows)))


def both(metadata: mapy.Metadata, key: str) -> tuple[object, object]:
    """The machine and the readable value of a tag."""
    return metadata[key].machine, metadata[key].readable


@pytest.mark.parametrize(
    ("row", "name", "machine", "readable"),
    [
        ((0x100A, SLONG, u32(20, -40)), "WhiteBalanceFineTune", "20 -40", "Red +20, Blue -40"),
        (
            (0x1422, SHORT, u16(2, 1, 0)),
            "ImageStabilization",
            "2 1 0",
            "Sensor-shift; On (mode 1, continuous); 0",
        ),
        ((0x1438, SHORT, u16(0x8005)), "ImageCount", 5, 5),
        ((0x102D, LONG, u32(0x630211)), "AFAreaZoneSize", 0x63, "3 x 3"),
        ((0x102D, LONG, u32(0x80211)), "PreAF", 1, "On"),
        ((0x102E, LONG, u32(0x272)), "AF-CSetting", 0x272, "Set 6 (custom 0x272)"),
        ((0x1103, LONG, u32(0x0B000001)), "DriveSpeed", 11, "11 fps"),
    ],
)
def test_says_what_the_tags_of_fujifilm_mean(
    row: Row, name: str, machine: object, readable: object
) -> None:
    """Settings share numbers, a group of bits each."""
    assert both(fujifilm(row), f"FujiFilm:{name}") == (machine, readable)


def test_tells_the_day_in_a_serial_number_of_fujifilm() -> None:
    """The name of the body is in hexadecimal digits."""
    serial = b"41412D384D20080604A9758TL00403\0"
    found = fujifilm((0x0010, ASCII, serial))
    expected = "AA-8M  2008:06:04 A9758TL00403"
    assert found["FujiFilm:InternalSerialNumber"].readable == expected


def test_takes_the_bracketing_of_the_camera() -> None:
    """One camera counts pictures before the release among it."""
    row = (0x1100, SHORT, u16(2))
    assert fujifilm(row)["FujiFilm:AutoBracketing"].readable == "No flash & flash"
    assert fujifilm(row, model="X-T3")["FujiFilm:AutoBracketing"].readable == "Pre-shot"


@pytest.mark.parametrize(
    ("row", "name", "machine", "readable"),
    [
        ((0x2022, LONG, u32(2500)), "ObjectDistance", 2.5, "2.5 m"),
        ((0x2022, LONG, u32(0x20000000)), "ObjectDistance", "inf", "inf"),
        ((0x3011, UNDEFINED, u16(-2)), "Sharpness", -2, -2),
        ((0x0002, SHORT, u16(320, 240)), "PreviewImageSize", "320 240", "320x240"),
        ((0x2001, ASCII, b"0312\0\x0026\x00\x00"), "FirmwareDate", "031226", "Unknown (031226)"),
        (
            (0x2021, SHORT, u16(160, 320, 120, 240)),
            "AFPointPosition",
            "160 320 120 240",
            "0.5 0.5",
        ),
    ],
)
def test_says_what_the_tags_of_casio_mean(
    row: Row, name: str, machine: object, readable: object
) -> None:
    """Distances, sizes and places."""
    assert both(casio(row), f"Casio:{name}") == (machine, readable)


@pytest.mark.parametrize("moved", [-24, 6])
def test_reads_a_note_of_casio_that_was_moved(moved: int) -> None:
    """Values stand right behind the IFD, wherever the offsets say that they are."""

    def note(at: int) -> bytes:
        return b"QVC\0\0\0" + directory(at + 6 + moved, (0x3006, ASCII, b"London\0"))

    found = mapy.read(camera_file("CASIO", "QV-R51", note))
    assert found["Casio:HometownCity"].machine == "London"


def test_tells_only_the_faces_that_casio_found() -> None:
    """The second layout counts them in its third byte."""
    record = bytearray(600)
    record[0:4] = b"\x02\x01\x01\0"
    record[24:32] = u16(1, 2, 3, 4)
    found = casio((0x2089, UNDEFINED, bytes(record)))
    assert found["Casio:Face1Position"].machine == "1 2 3 4"
    assert "Casio:Face2Position" not in found


def test_reads_the_older_notes_of_casio() -> None:
    """They have no signature."""
    note = tiff_note(b"", (0x0002, SHORT, u16(3)), (0x0006, LONG, u32(2000)))
    found = mapy.read(camera_file("CASIO", "QV-3000EX", note))
    assert both(found, "Casio:Quality") == (3, "Fine")


def test_reads_what_casios_first_cameras_wrote() -> None:
    """A segment of its own: texts at fixed places."""
    record = bytearray(140)
    record[0:5] = b"QVCI\0"
    record[44] = 3
    record[77:96] = b"1998.10.24.12.08.57"
    found = mapy.read(jpeg(segment(0xE1, bytes(record))))
    assert both(found, "Casio:CasioQuality") == (3, "Fine")
    assert found["Casio:DateTimeOriginal"].machine == "1998:10:24 12:08:57"


def test_tells_a_distance_of_sanyo_from_its_faces() -> None:
    """One number has two meanings, told by type."""
    distance = (0x0223, RATIONAL, u32(3, 2))
    faces = (0x0223, UNDEFINED, u32(1, 10, 20, 30, 40))
    found = [
        mapy.read(camera_file("SANYO", "VPC", tiff_note(b"SANYO\0\1\0", row)))
        for row in (distance, faces)
    ]
    assert found[0]["Sanyo:ManualFocusDistance"].machine == 1.5
    assert "Sanyo:ManualFocusDistance" not in found[1]
    assert found[1]["Sanyo:FacesDetected"].machine == 1
    assert found[1]["Sanyo:FacePosition"].machine == "10 20 30 40"


def test_takes_labels_off_the_texts_of_sigma() -> None:
    """What the text says is behind its label."""
    assert sigma(1, (0x000C, ASCII, b"Expo:+0.8\0"))["Sigma:ExposureCompensation"].machine == "+0.8"


def test_tells_sigmas_numbers_by_the_version_of_the_note() -> None:
    """Newer cameras use some numbers for other things."""
    rows = (
        (0x001D, LONG, u32(9)),
        (0x0030, ASCII, b"2.8 to 14\0"),
        (0x0031, RATIONAL, u32(28, 10)),
        (0x0049, RATIONAL, u32(56, 10)),
    )
    old, new = sigma(1, *rows), sigma(4, *rows)
    assert old["Sigma:LensApertureRange"].machine == "2.8 to 14"
    assert new["Sigma:Calibration"].machine == "2.8 to 14"
    assert (old["Sigma:FNumber"].machine, new["Sigma:FNumber"].machine) == (2.8, 5.6)
    assert new["Sigma:PreviewImageLength"].machine == 9


def test_tells_the_exact_time_where_the_camera_of_sigma_does() -> None:
    """Microseconds or seconds in a text, under a number that depends on the camera."""
    rows = ((0x0033, ASCII, b"100000\0"), (0x004B, ASCII, b"0.005\0"))
    assert sigma(1, *rows)["Sigma:ExposureTime2"].machine == pytest.approx(0.1)
    found = sigma(4, *rows, model="SIGMA DP3 Merrill")["Sigma:ExposureTime2"]
    assert (found.machine, found.readable) == ("0.005", "1/200")
    quattro = sigma(4, (0x004B, ASCII, b"200000\0"), model="SIGMA dp2 Quattro")
    assert quattro["Sigma:ExposureTime2"].machine == pytest.approx(0.2)


def test_tells_the_cameras_of_sigma_between_old_and_new() -> None:
    """A note of version 3 is one of the newer cameras'."""
    found = sigma(3, (0x0048, ASCII, b"2.8 to 22\0"), (0x0031, RATIONAL, u32(28, 10)))
    assert [tag.name for tag in found if tag.group == "Sigma"] == ["LensApertureRange"]


def test_reads_the_white_balances_of_the_fp() -> None:
    """Each is three factors; a block that ends early has the first ones."""
    levels = pack("<6f", 1.5, 1, 2, 1.25, 1, 1.75)
    found = sigma(4, (0x0120, FLOAT, levels), model="SIGMA fp")
    assert {tag.name: tag.machine for tag in found if tag.group == "Sigma"} == {
        "WB_RGBLevelsAuto": "1.5 1 2",
        "WB_RGBLevelsDaylight": "1.25 1 1.75",
    }


_ROWS = (
    (0x0002, UNDEFINED, b"\0\1\0\6"),
    (0x0025, ASCII, b"F350807010058\0"),
    (0x004E, UNDEFINED, u16(1, *range(20))),
    (0x100A, LONG, u32(20, 40)),
    (0x1422, SHORT, u16(2, 1, 0)),
    (0x2010, UNDEFINED, directory(0, (0x0201, SHORT, u16(0, 0, 5)))),
    (0x2022, LONG, u32(2500)),
    (0x2089, UNDEFINED, b"\x02\x01\x01" + bytes(90)),
)
NOTES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "olympus": ("OLYMPUS", own_note(b"OLYMPUS\0II\x03\0", *_ROWS)),
    "panasonic": ("Panasonic", tiff_note(b"Panasonic\0\0\0", *_ROWS)),
    "leica": ("Leica Camera AG", own_note(b"LEICA\0\x01\0", *_ROWS)),
    "fujifilm": ("FUJIFILM", own_note(b"FUJIFILM" + u32(12), *_ROWS)),
    "casio": ("CASIO", tiff_note(b"QVC\0\0\0", *_ROWS)),
    "sanyo": ("SANYO", tiff_note(b"SANYO\0\1\0", *_ROWS)),
    "sigma": ("SIGMA", tiff_note(b"SIGMA\0\0\0\0\4", *_ROWS)),
}


def all_values(content: bytes) -> None:
    """Ask for every value of a file, which may be refused but never fail."""
    try:
        found = list(mapy.read(content))
    except mapy.MapyError:
        return
    for tag in found:
        assert tag.machine is not None
        assert tag.readable is not None


@pytest.mark.parametrize("kind", NOTES)
def test_survives_a_cut_at_every_byte(kind: str) -> None:
    """A note that ends early gives what it has."""
    content = camera_file(NOTES[kind][0], "X", NOTES[kind][1])
    for end in range(8, len(content)):
        all_values(content[:end])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    kind=st.sampled_from(sorted(NOTES)),
    flips=st.lists(st.tuples(st.integers(80, 700), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_survives_flipped_bytes(kind: str, flips: list[tuple[int, int]]) -> None:
    """Damage anywhere in the note is no failure."""
    content = bytearray(camera_file(NOTES[kind][0], "X", NOTES[kind][1]))
    for place, value in flips:
        content[place % len(content)] = value
    all_values(bytes(content))
