"""Pentax's notes: both kinds of offsets, records, and what is enciphered."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

import mapy
from mapy_note_builders import LONG, SHORT, UNDEFINED, camera_file, own_note, tiff_note, u16, u32

if TYPE_CHECKING:
    from mapy.model import Metadata
    from mapy_note_builders import Row

AOC, OWN = b"AOC\0II", b"PENTAX \0II"
DATE, TIME = bytes((0x07, 0xD8, 3, 2)), bytes((12, 1, 23))
K10D_AE = bytes.fromhex("7a7f203b00a401001c64648c0040009d")
K10D_LENS = bytes.fromhex("8300002c002894335b5386ea414088503801406c")
K10D_SETTINGS = bytes.fromhex("05a0501100202000030000000025019c50e0817f203b00")


def pentax(*rows: Row, model: str = "PENTAX K10D") -> bytes:
    """A file with a note of these rows, whose offsets count from the TIFF header."""
    return camera_file("PENTAX Corporation", model, tiff_note(AOC, *rows))


def machine(content: bytes, name: str) -> object:
    """The machine value of a tag."""
    return mapy.read(content)[f"Pentax:{name}"].machine


def names(found: Metadata) -> set[str]:
    """The names of Pentax's tags."""
    return {tag.name for tag in found if tag.group == "Pentax"}


EVERYTHING: tuple[Row, ...] = (
    (0x0006, UNDEFINED, DATE),
    (0x0007, UNDEFINED, TIME),
    (0x003F, 1, b"\x03\x2c\0\0"),
    (0x005C, 1, bytes((1, 1, 92, 20))),
    (0x005D, UNDEFINED, bytes(4)),
    (0x0205, UNDEFINED, K10D_SETTINGS),
    (0x0206, UNDEFINED, K10D_AE),
    (0x0207, UNDEFINED, K10D_LENS),
    (0x0215, LONG, u32(0, 20070913, 2, 1, 132352)),
    (0x0216, UNDEFINED, bytes((2, 0x41, 173, 168, 5, 1))),
    (0x022B, UNDEFINED, bytes.fromhex("01fd15f200000000")),
    (0x0238, UNDEFINED, bytes((0, 0x22, 0x80))),
)


@pytest.mark.parametrize("made", [tiff_note(AOC, *EVERYTHING), own_note(OWN, *EVERYTHING)])
def test_finds_values_by_offsets_of_either_kind(made: object) -> None:
    """Offsets count from the TIFF header behind AOC, and from the note behind PENTAX."""
    content = camera_file("PENTAX", "PENTAX K10D", made)  # type: ignore[arg-type]
    assert machine(content, "AEAperture") == pytest.approx(12.883922655594)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Date", "2008:03:02"),
        ("Time", "12:01:23"),
        ("LensType", "3 44"),
        ("SRHalfPressTime", 92 / 60),
        ("SRFocalLength", 10),
        ("AEExposureTime", 24 * 2 ** (-90 / 8)),
        ("AEXv", -0.625),
        ("TvExposureTimeSetting", 0.00492156660115185),
        ("BaseExposureCompensation", 2 / 3),
        ("LensFStops", 8.5),
        ("LensFocalLength", 10),
        ("MaxAperture", 3.9142882483508),
        ("ManufactureDate", "2007:09:13"),
        ("ProductionCode", 2.1),
        ("BodyBatteryState", 4),
        ("GripBatteryState", 1),
        ("RollAngle", 1.5),
        ("PitchAngle", -10.5),
        ("CAFGridSize", "2 2"),
        ("CAFPointsInFocus", "128"),
    ],
)
def test_reads_records(name: str, expected: object) -> None:
    """A record's numbers become dates, seconds, apertures, lengths and angles."""
    found = machine(pentax(*EVERYTHING), name)
    assert found == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_deciphers_the_count_of_the_shutter() -> None:
    """It is mixed with the date and the time."""
    key = int.from_bytes(DATE, "big") ^ 0xFFFFFFFF ^ int.from_bytes(TIME + b"\0", "big")
    raw = (1648 ^ key).to_bytes(4, "big")
    rows = ((0x0006, UNDEFINED, DATE), (0x0007, UNDEFINED, TIME), (0x005D, UNDEFINED, raw))
    assert machine(pentax(*rows), "ShutterCount") == 1648


def test_tells_no_count_without_a_date() -> None:
    """The key is not known then."""
    assert "ShutterCount" not in names(mapy.read(pentax((0x005D, UNDEFINED, bytes(4)))))


def test_leaves_out_what_only_the_k10d_keeps_there() -> None:
    """The same bytes mean something else, or nothing, in other cameras."""
    found = mapy.read(pentax((0x0205, UNDEFINED, K10D_SETTINGS), model="PENTAX K20D"))
    assert "SRActive" not in names(found)
    assert "FocusMode2" in names(found)


def test_divides_the_focal_length_by_the_camera() -> None:
    """Hundredths of a millimetre; tenths of some Optios."""
    row = (0x001D, LONG, u32(780))
    assert machine(pentax(row), "FocalLength") == 7.8
    assert machine(pentax(row, model="PENTAX Optio 750Z"), "FocalLength") == 78


def test_words_a_list_by_a_table_for_each_place() -> None:
    """`Single-frame; Self-timer (12 s); Shutter Button; Single Exposure`."""
    found = mapy.read(pentax((0x0034, 1, bytes((0, 1, 0, 0)))))["Pentax:DriveMode"]
    said = "Single-frame; Self-timer (12 s); Shutter Button; Single Exposure"
    assert found.readable == said


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (b"\5\0\1", "Aperture Priority; 1/3 EV steps"),
        (b"\1\6\0", "Auto PICT (Landscape); 1/2 EV steps"),
        (b"\x63\x63\1", "Unknown (99 99); 1/3 EV steps"),
    ],
)
def test_codes_that_mean_one_thing_together_are_said_together(codes: bytes, said: str) -> None:
    """What stands behind them is said by itself; so are those that no table has."""
    found = mapy.read(pentax((0x0033, 1, codes)))
    assert found["Pentax:PictureMode"].readable == said


@pytest.mark.parametrize(
    ("model", "said"),
    [("PENTAX K10D", "Center"), ("PENTAX K-3", "Upper-left"), ("PENTAX K-1", "Upper Far-left")],
)
def test_points_of_focus_are_numbered_by_the_sensor(model: str, said: str) -> None:
    """Eleven points, 27 or 33."""
    found = mapy.read(pentax((0x000E, SHORT, u16(6)), model=model))
    assert found["Pentax:AFPointSelected"].readable == said


def test_words_brackets_and_faces() -> None:
    """The first of two numbers is what was set."""
    rows = ((0x0018, SHORT, u16(2, 0)), (0x0076, 1, b"\5\1"))
    found = mapy.read(pentax(*rows))
    assert found["Pentax:AutoBracketing"].readable == "0.7 EV, No Extended Bracket"
    assert found["Pentax:FaceDetect"].readable == "On (5 faces max); 1 faces detected"


def test_reads_the_faces_that_there_are() -> None:
    """Places of further faces are left out."""
    rows = ((0x0060, 1, bytes((1, 0, 50, 50))), (0x0227, SHORT, u16(10, 20, 30, 40)))
    found = names(mapy.read(pentax(*rows)))
    assert {"Face1Position"} == {name for name in found if name.startswith("Face1")}
    assert "Face2Position" not in found


def _tell_all(content: bytes) -> None:
    try:
        found = mapy.read(content)
    except mapy.MapyError:
        return
    for tag in found:
        assert tag.machine is not None
        assert tag.readable is not None


def test_survives_a_cut_at_every_byte() -> None:
    """What is left is read."""
    content = pentax(*EVERYTHING)
    for end in range(len(content)):
        _tell_all(content[:end])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.data())
def test_survives_wrong_bytes(data: st.DataObject) -> None:
    """Whatever a byte of the note says, nothing is raised."""
    content = bytearray(pentax(*EVERYTHING))
    for _ in range(3):
        at = data.draw(st.integers(100, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    _tell_all(bytes(content))


def test_reads_the_records_of_the_k_3_mark_iii() -> None:
    """Focus areas, faces and the level, which no other camera writes."""
    focus = struct.pack("<25H", 2, 1, 101, 2, 0, 0, 0, *range(10, 28))
    faces = struct.pack("<14I", 720, 480, 1, 2, 3, 4, 1, 0, 1, 0, 5, 6, 7, 8)
    rows = (
        (0x022B, UNDEFINED, struct.pack("<bbbhh", 0, 1, 0, 3, -21)),
        (0x03FF, UNDEFINED, bytes(10) + b"\7" + bytes(31) + struct.pack("<h", 265)),
        (0x040B, UNDEFINED, faces),
        (0x040C, UNDEFINED, focus),
    )
    content = pentax(*rows, model="PENTAX K-3 Mark III")
    assert {tag.name: tag.readable for tag in mapy.read(content) if tag.group == "Pentax"} == {
        "CameraOrientation": "Rotate 270 CW",
        "RollAngle": -1.5,
        "PitchAngle": 10.5,
        "ShotNumber": 8,
        "SensorTemperature": "26.5 C",
        "FaceImageSize": "720 480",
        "CAFArea": "1 2 3 4",
        "FacesDetectedA": 1,
        "FacesDetectedB": 1,
        "Face1AArea": "5 6 7 8",
        "AFMode": "Contrast Detect",
        "AFSelectionMode": "Spot",
        "MaxNumAFPoints": 101,
        "NumAFPoints": 2,
        "AFFrameSize": "10x11",
        "AFAreaSize": "14x15",
        "AFAreas": ["12,13(central,peripheral)", "19,20(central,peripheral,in-focus)"],
    }


def test_reads_the_effects_that_were_applied() -> None:
    """An effect is a kind and settings, which may be negative; where there is none it is 0."""
    record = bytes(4) + b"\0" + b"\3\xff" + bytes(15) + bytes(17)
    content = pentax((0x022A, UNDEFINED, record), model="PENTAX K-5")
    assert machine(content, "DigitalFilter01") == "3 -1" + " 0" * 15
    assert "Pentax:DigitalFilter02" not in mapy.read(content)


@pytest.mark.parametrize(("size", "balance"), [(20, None), (24, "Daylight"), (25, None)])
def test_reads_the_exposure_where_its_size_puts_it(size: int, balance: str | None) -> None:
    """Longer records have one byte more; those of the K-7 tell a white balance."""
    record = bytearray(size)
    at = 10 if size > 20 else 9
    record[at], record[14] = 84, 0x10
    content = pentax((0x0206, UNDEFINED, bytes(record)), model="PENTAX K-7")
    assert machine(content, "AEMaxAperture") == 2
    told = mapy.read(content).get("Pentax:AEWhiteBalance")
    assert (told.readable if told else None) == balance
