"""The notes of smaller makers: Apple, Ricoh, Kodak, DJI, Reconyx, Motorola, JVC, Nintendo, ..."""

from __future__ import annotations

import plistlib

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

import mapy
from mapy.makernotes import nintendo
from mapy.makernotes.note import IfdTable, Note, Piece
from mapy_note_builders import (
    ASCII,
    LONG,
    SHORT,
    SLONG,
    UNDEFINED,
    camera_file,
    own_note,
    tiff_note,
    u16,
    u32,
)

RUN_TIME = plistlib.dumps(
    {"flags": 1, "value": 39772, "timescale": 1000, "epoch": 0}, fmt=plistlib.FMT_BINARY
)
STYLE = plistlib.dumps({"3": 0, "0": 1}, fmt=plistlib.FMT_BINARY)
APPLE = camera_file(
    "Apple",
    "iPhone 7",
    own_note(
        b"Apple iOS\0\0\x01II",
        (0x0001, SLONG, u32(4)),
        (0x0003, UNDEFINED, RUN_TIME),
        (0x0023, SLONG, u32(64, 0x10000032)),
        (0x0040, UNDEFINED, STYLE),
    ),
)
IMAGE_INFO = u16(2048, 1536) + b"\0\0" + bytes.fromhex("20060526114848") + bytes(30)
RICOH = camera_file(
    "RICOH",
    "Caplio Pro G3",
    tiff_note(
        b"Ricoh\0\0\0",
        (0x0002, ASCII, b"Rev2219\0"),
        (0x0005, UNDEFINED, bytes(14) + b"\x22\x07"),
        (0x1001, UNDEFINED, IMAGE_INFO),
        (0x1003, LONG, u32(2)),
    ),
)
RICOH_TEXT = camera_file("RICOH", "RDC-5300", lambda _at: b"Rv0207;Sf6C84;Rg76;Bg60;")
KODAK_HEAD = b"KDK INFODX4900  \x03\x01\0\x01\x09\x90\x06\x60\x07\xd2\x05\x01\x0a\x16\x1c\x3e"
KODAK = camera_file("EASTMAN KODAK COMPANY", "DX4900", lambda _at: KODAK_HEAD + bytes(99))
DC240 = bytes(12) + b"\x07\xcf\x05\x19\x15\0\x09\x3e" + bytes(80)
KODAK_3 = camera_file("EASTMAN KODAK COMPANY", "DC240", lambda _at: DC240)
DJI_TEXT = b"[ae_dbg_info:\x01\x02][GimbalDegree(Y,P,R):-1271,10,0\0\0][hiso:\0]"
DJI = camera_file("Hasselblad", "L1D-20c", lambda _at: DJI_TEXT)
TRAIL = u16(0xF101, 3, 3, 0, 0x2011, 0x0110, ord("T"), 0, 0, 1, 2, 5, 4, 10, 3, 16, 2020)
RECONYX = camera_file("RECONYX", "HC500", lambda _at: TRAIL)
MICRO = b"RECONYXMF\0".ljust(42, b"\0") + u16(1, 2, ord("b")).ljust(36, b"\0")
RECONYX_MICRO = camera_file("RECONYX", "MS1", lambda _at: MICRO + u16(5, 4, 10, 16, 3, 2024))
MOTOROLA = camera_file(
    "motorola", "XT1575", own_note(b"MOT\0\1\1\1\1", (0x5500, ASCII, b"LPH23.116\0"))
)
JVC = camera_file("JVC", "GR-DV500", tiff_note(b"JVC ", (0x0002, UNDEFINED, b"CPU1 2.00\x001\0")))
JVC_TEXT = camera_file("JVC", "GC-X1E", lambda _at: b"VER:0100QTY:FINE")
ALL = (APPLE, RICOH, RICOH_TEXT, KODAK, KODAK_3, DJI, RECONYX, MOTOROLA, JVC, JVC_TEXT)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (APPLE, "Apple:MakerNoteVersion", 4),
        (APPLE, "Apple:RunTimeValue", 39772),
        (APPLE, "Apple:SemanticStyle", "{_0=1,_3=0}"),
        (RICOH, "Ricoh:RicohImageWidth", 2048),
        (RICOH, "Ricoh:RicohDate", "2006:05:26 11:48:48"),
        (RICOH, "Ricoh:InternalSerialNumber", "00" * 14 + "2207"),
        (RICOH, "Ricoh:Sharpness", 2),
        (RICOH_TEXT, "Ricoh:FirmwareVersion", "0207"),
        (RICOH_TEXT, "Ricoh:RedGain", 76),
        (KODAK, "Kodak:KodakModel", "DX4900  "),
        (KODAK, "Kodak:TimeCreated", "10:22:28.62"),
        (KODAK_3, "Kodak:YearCreated", 1999),
        (DJI, "DJI:GimbalDegree", "-1271,10,0"),
        (DJI, "DJI:AEDebugInfo", "(Binary data 2 bytes, use -b option to extract)"),
        (RECONYX, "Reconyx:FirmwareDate", "2011:01:10"),
        (RECONYX, "Reconyx:EventNumber", 65538),
        (RECONYX, "Reconyx:DateTimeOriginal", "2020:03:16 10:04:05"),
        (RECONYX_MICRO, "Reconyx:FirmwareVersion", "1.2b"),
        (MOTOROLA, "Motorola:BuildNumber", "LPH23.116"),
        (JVC, "JVC:CPUVersions", "CPU1 2.00, 1"),
        (JVC_TEXT, "JVC:Quality", "FINE"),
    ],
)
def test_reads_the_note(content: bytes, name: str, expected: object) -> None:
    """Each kind of note is found by how it begins, and its values are made."""
    assert mapy.read(content)[name].machine == expected


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (APPLE, "Apple:AFPerformance", "64 1 50"),
        (RICOH, "Ricoh:FirmwareVersion", "22.19"),
        (KODAK, "Kodak:DateTimeStamp", "Off"),
        (RECONYX, "Reconyx:MakerNoteVersion", "0xf101"),
    ],
)
def test_words_the_values(content: bytes, name: str, expected: object) -> None:
    """Values read as people write them."""
    assert mapy.read(content)[name].readable == expected


def test_leaves_out_a_property_list_that_is_none() -> None:
    """A damaged list is no tag and no error."""
    note = own_note(b"Apple iOS\0\0\x01II", (0x0003, UNDEFINED, RUN_TIME[:20]))
    found = mapy.read(camera_file("Apple", "iPhone 7", note))
    assert "Apple:RunTimeValue" not in {f"{tag.group}:{tag.name}" for tag in found}


def test_reads_the_later_settings_of_16_bits() -> None:
    """Where older Ricohs keep the sharpness, the GR keeps the white balance."""
    note = tiff_note(b"Ricoh\0\0\0", (0x1003, SHORT, u16(2)))
    assert mapy.read(camera_file("RICOH", "GR", note))["Ricoh:WhiteBalance"].readable == "Daylight"


def _tell_all(content: bytes) -> None:
    try:
        found = mapy.read(content)
    except mapy.MapyError:
        return
    for tag in found:
        assert tag.machine is not None
        assert tag.readable is not None


@pytest.mark.parametrize("content", ALL)
def test_survives_a_cut_at_every_byte(content: bytes) -> None:
    """What is left is read."""
    for end in range(len(content)):
        _tell_all(content[:end])


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.data())
def test_survives_wrong_bytes(data: st.DataObject) -> None:
    """Whatever a byte of a note says, nothing is raised."""
    content = bytearray(data.draw(st.sampled_from(ALL)))
    for _ in range(3):
        at = data.draw(st.integers(80, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    _tell_all(bytes(content))


PHONE = own_note(b"", (0x0001, UNDEFINED, b"0100"), (0x0021, SHORT, u16(0, 0, 5, 4, 3)))
HP = b"IIII\x06\0" + bytes(6) + u16(28, 1) + u32(4424) + b"2022/03/10 08:29:49\0" + bytes(16)


def test_reads_a_phone_of_samsung() -> None:
    """Its offsets count from the note, and the picture's settings from 4."""
    found = mapy.read(camera_file("samsung", "SM-G930F", PHONE))
    assert found["Samsung:MakerNoteVersion"].machine == "0100"
    assert found["Samsung:PictureWizardSaturation"].machine == 1


def test_reads_a_record_of_hewlett_packard() -> None:
    """The number behind the mark tells the layout."""
    found = mapy.read(camera_file("Hewlett-Packard", "Photosmart M425", lambda _at: HP))
    assert (found["HP:FNumber"].machine, found["HP:ExposureTime"].machine) == (2.8, 0.004424)


@pytest.mark.parametrize("note", [b"[", b"[something:1]", b"[ae_dbg_info"])
def test_reads_a_text_of_dji_without_known_names(note: bytes) -> None:
    """There is nothing to name: found by fuzzing."""
    found = mapy.read(camera_file("DJI", "FC330", lambda _at: note.ljust(16, b" ")))
    assert [tag for tag in found if tag.group == "DJI"] == []


CAMERA_INFO = (
    b"3DS1" + bytes(4) + u32(400_000_000) + bytes(12) + b"\x12\x34\x56\x78" + bytes(20)
) + u16(0x1000)
NINTENDO = camera_file("Nintendo", "3DS", tiff_note(b"", (0x1101, UNDEFINED, CAMERA_INFO)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nintendo:ModelID", "3DS1"),
        ("Nintendo:TimeStamp", "2012:09:03 15:06:40"),
        ("Nintendo:InternalSerialNumber", "0x12345678"),
        ("Nintendo:Category", "Mii"),
    ],
)
def test_reads_a_nintendo(name: str, expected: object) -> None:
    """A record that an entry leads to; its clock counts from 2000."""
    assert mapy.read(NINTENDO)[name].readable == expected


def test_reads_print_image_matching_in_a_note() -> None:
    """Many makers keep it under the same number."""
    settings_ = (0x0E00, UNDEFINED, b"PrintIM\x000100" + bytes(8))
    found = mapy.read(camera_file("RICOH", "GR", tiff_note(b"Ricoh\0\0\0", settings_)))
    assert found["PrintIM:PrintIMVersion"].machine == "0100"


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (b"com.example.camera 2.0\0\0", "com.example.camera 2.0"),
        (b'{"a": 1}', '{"a": 1}'),
        (b"x" * 64, "x" * 64),
        (b"x" * 64 + b"\0", "(Binary data 65 bytes, use -b option to extract)"),
    ],
)
def test_shows_a_note_of_no_known_kind_that_is_a_text(note: bytes, shown: str) -> None:
    """As many phones write it; a long one by its length."""
    found = mapy.read(camera_file("Nobody", "One", lambda _at: note))
    assert found["ExifIFD:MakerNoteUnknownText"].machine == shown


@pytest.mark.parametrize("note", [b"\0" * 20, b"text\0more", b"\xff" * 8, b"x" * 70_000])
def test_shows_no_other_note_of_no_known_kind(note: bytes) -> None:
    """What is no text, or far too long to be one."""
    found = mapy.read(camera_file("Nobody", "One", lambda _at: note))
    assert "ExifIFD:MakerNoteUnknownText" not in found


def test_goes_on_behind_a_part_that_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one entry leads to may be broken; the entries behind it are read."""

    def broken(_note: Note, piece: Piece) -> None:
        piece.view.take(0, len(piece.view) + 1)

    monkeypatch.setattr(nintendo, "_MAIN", IfdTable("Nintendo", {}, {}, {1: broken}))
    rows = ((1, UNDEFINED, bytes(8)), (0x0E00, UNDEFINED, b"PrintIM\x000100" + bytes(8)))
    found = mapy.read(camera_file("Nintendo", "3DS", tiff_note(b"", *rows)))

    assert found["PrintIM:PrintIMVersion"].machine == "0100"
    assert [problem.code for problem in found.problems] == ["maker-note.cut-short"]


def test_takes_a_value_of_another_type_as_it_stands() -> None:
    """A number where Sigma writes a text, to be converted: found by fuzzing."""
    note = tiff_note(b"SIGMA\0\0\0\1\0", (51, SHORT, u16(7)))
    found = mapy.read(camera_file("SIGMA", "SIGMA DP2", note))
    assert found["Sigma:ExposureTime2"].machine == 7
