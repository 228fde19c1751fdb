"""What the bytes of a note mean by the camera's model, by versions, lengths and byte orders.

Each row is a rule: what is expected is what ExifTool 13.59 says of the same bytes.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

import pytest

import mapy
from mapy_note_builders import (
    ASCII,
    BYTE,
    LONG,
    RATIONAL,
    SHORT,
    SLONG,
    UNDEFINED,
    camera_file,
    directory,
    own_note,
    tiff_note,
    u16,
    u32,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy_note_builders import Row

Case = tuple[str, str, "Callable[[int], bytes]", str, object, object]
"""Make, model, note, key, machine and readable value; no readable value: the tag is left out."""

ABSENT = object()
DSC = b"SONY DSC \0\0\0"
VERSION = (0x0001, UNDEFINED, b"0100")
OWN = b"PENTAX \0II"


def pentax(*rows: Row) -> Callable[[int], bytes]:
    """A note of Pentax."""
    return own_note(OWN, *rows)


def canon(*rows: Row) -> Callable[[int], bytes]:
    """A note of Canon."""
    return tiff_note(b"", *rows)


def nikon(*rows: Row) -> Callable[[int], bytes]:
    """A note of Nikon whose offsets count from the header behind its signature."""
    head = b"Nikon\0\2\x10\0\0"
    return lambda _at: head + b"II*\0" + u32(8) + directory(8, *rows)


def olympus(part: int, *rows: Row) -> Callable[[int], bytes]:
    """A note of Olympus with a further directory."""
    start = b"OLYMPUS\0II\3\0"
    inner = directory(30, *rows)
    return lambda _at: start + directory(12, (part, LONG, u32(30))) + inner


def record(size: int, places: dict[int, bytes]) -> bytes:
    """A record of zeros but for some places."""
    content = bytearray(size)
    for place, value in places.items():
        content[place : place + len(value)] = value
    return bytes(content)


def enciphered(content: bytes) -> bytes:
    """A block as Sony writes it."""
    return bytes(pow(byte, 3, 249) if byte < 249 else byte for byte in content)


def volts(hundredths: int) -> bytes:
    """A reading of a battery, big-endian."""
    return pack(">H", hundredths)


PENTAX: tuple[Case, ...] = (
    ("PENTAX", "PENTAX K-5", pentax((0x22A, UNDEFINED, record(346, {5: b"\x0b\x1c\2\x1d\1"}))),
     "DigitalFilter01", "11 28 2 29 1" + " 0" * 12, ["Retro", "Toning=+2", "FrameComposite=Thin"]),
    ("PENTAX", "PENTAX K-5", pentax((0x216, UNDEFINED, record(26, {2: volts(724)}))),
     "BodyBatteryVoltage1", 7.24, "7.24 V"),
    ("PENTAX", "PENTAX K20D", pentax((0x216, UNDEFINED, record(7, {2: b"\xad"}))),
     "BodyBatteryADNoLoad", 173, "173 (7.6V, 51%)"),
    ("PENTAX", "PENTAX *ist DS", pentax((0x216, UNDEFINED, record(6, {2: b"\xad"}))),
     "BodyBatteryADNoLoad", 173, 173),
    ("PENTAX", "PENTAX 645D", pentax((0x216, UNDEFINED, record(10, {2: volts(724)}))),
     "BodyBatteryVoltage4", ABSENT, ABSENT),
    ("PENTAX", "PENTAX K-r", pentax((0x207, UNDEFINED, record(91, {12 + 15: b"\x40"}))),
     "MaxAperture", 3.91428824834799, "3.9"),
    ("PENTAX", "PENTAX K-5", pentax((0x018, SHORT, u16(0x1003, 0x0302))),
     "AutoBracketing", "3/2 770", "3/2 EV, Saturation+2"),
    ("PENTAX", "PENTAX K10D", pentax((0x018, SHORT, u16(11))), "AutoBracketing", 1.5, "1.5"),
    ("PENTAX", "PENTAX K-3", pentax((0x092, SHORT, u16(3, 12))),
     "IntervalShooting", "3 12", "Shot 3 of 12"),
    ("PENTAX", "PENTAX K-3", pentax((0x07A, BYTE, b"\2\x54")),
     "ISOAutoMinSpeed", "2 0.25", "Auto Slow; 1/4"),
    ("PENTAX", "PENTAX Q7", pentax((0x082, BYTE, b"\1\3\x2d\0")),
     "BlurControl", "1 3 45 0", "Low; 3; 45; 0"),
    ("PENTAX", "PENTAX K-x", pentax((0x071, BYTE, b"\2\1\x38")),
     "HighISONoiseReduction", "2 1 56", "Weak; Active; ISO>800"),
    ("PENTAX", "PENTAX K-S2", pentax((0x00F, LONG, u32(5))), "AFPointsInFocus", 5, "Top-left, Top"),
    ("PENTAX", "PENTAX K-7", pentax((0x00F, SHORT, u16(5))), "AFPointsInFocus", 5, "Center"),
    ("PENTAX", "PENTAX K-5", pentax((0x205, UNDEFINED, record(24, {14: b"\6"}))),
     "SensitivitySteps", 1, "As EV Steps"),
    ("PENTAX", "PENTAX K20D", pentax((0x205, UNDEFINED, record(24, {17: b"\2"}))),
     "SensitivitySteps", ABSENT, ABSENT),
    ("PENTAX", "PENTAX 645Z", pentax((0x207, UNDEFINED, record(90, {13 + 9: b"\x31"}))),
     "LensFocalLength", ABSENT, ABSENT),
    ("PENTAX", "PENTAX Optio 330", tiff_note(b"AOC\0II", (0x0D, SHORT, u16(1))),
     "FocusMode", 1, "Macro"),
    ("Asahi Optical Co.,Ltd.", "PENTAX Optio 330RS", tiff_note(b"AOC\0II", (0x0D, SHORT, u16(1))),
     "FocusMode", 1, "Macro"),
    ("PENTAX", "PENTAX K-1", pentax((0x034, BYTE, b"\0\0\0\x08")),
     "DriveMode", "0 0 0 8", "Single-frame; No Timer; Shutter Button; Interval Shooting"),
    ("PENTAX", "PENTAX Optio A10", pentax((0x215, LONG, u32(0, 60321, 2, 1, 3))),
     "ManufactureDate", "2006:03:21", "2006:03:21"),
    ("PENTAX", "PENTAX K-30", pentax((0x238, UNDEFINED, b"\0\x22\x20" + bytes(15))),
     "CAFPointsInFocus", "32" + " 0" * 8, "2"),
    ("PENTAX", "PENTAX K10D", pentax((0x208, UNDEFINED, record(27, {24: b"\x1d"}))),
     "ExternalFlashGuideNumber", 14.050017282986396, 14),
    ("PENTAX", "PENTAX K10D", pentax((0x205, UNDEFINED, record(24, {10: b"\x71"}))),
     "WhiteBalanceSet", 7, "Tungsten"),
)  # fmt: skip
CANON: tuple[Case, ...] = (
    ("Canon", "Canon EOS R5", canon((0x01, SHORT, record(106, {0: u16(106), 56: u16(0x8021)}))),
     "FlashModel", 33, "Speedlite EL-5"),
    ("Canon", "Canon EOS R5", canon((0x01, SHORT, record(106, {0: u16(106), 102: u16(0x7FFF)}))),
     "Clarity", 0x7FFF, "n/a"),
    ("Canon", "Canon EOS 7D", canon((0x10, LONG, u32(0x12))), "CanonModelID", 18, "Unknown (0x12)"),
    ("Canon", "Canon EOS 70D", canon((0x27, SHORT, u16(10, 0, 0, 0, 0x0C))),
     "IntelligentContrast", 12, "On (0x0c)"),
    ("Canon", "Canon EOS-1Ds Mark II", canon((0x93, SHORT, u16(10, 0, 1, 2, 0))),
     "ShutterCount", 1, 1),
    ("Canon", "Canon EOS R5", canon((0x4015, UNDEFINED, b"\x30\1\2\0")),
     "VignettingCorrVersion", 48, 48),
    ("Canon", "Canon EOS R5", canon((0x4015, UNDEFINED, bytes(8))),
     "VignettingCorrVersion", ABSENT, ABSENT),
    ("Canon", "Canon PowerShot S90", canon((0x11, SHORT, record(220, {0: u16(220),
     216: u32(768000)}))), "AudioBitrate", 768000, "768 kbps"),
    ("Canon", "Canon EOS R6", canon((0x4028, LONG, record(92, {0: u16(92),
     84: u32(0x7FFFFFFF)}))), "SubjectSwitching", 0x7FFFFFFF, "n/a"),
)  # fmt: skip
NIKON: tuple[Case, ...] = (
    ("NIKON CORPORATION", "NIKON D70", nikon((0x88, UNDEFINED, b"\0\3\0\1")),
     "AFPointsInFocus", 1, "Center"),
    ("NIKON", "COOLPIX P6000", nikon((0x88, UNDEFINED, b"\0\3\1\0")),
     "AFPointsInFocus", 1, "Center"),
    ("NIKON CORPORATION", "NIKON D7100", nikon((0xB0, UNDEFINED, b"0101" + pack("<3I", 1, 3, 1))),
     "MultiExposureShots", 3, 3),
    ("NIKON CORPORATION", "NIKON D300", nikon((0xB8, UNDEFINED, b"0100" + pack(">3H", 0, 100, 12))),
     "FileNumber", 12, "0012"),
    ("NIKON CORPORATION", "NIKON D810", nikon((0xB8, UNDEFINED, b"0100" + pack("<3H", 0, 99, 0))),
     "DirectoryNumber", 99, "099"),
    ("NIKON CORPORATION", "NIKON D850", nikon((0xBB, UNDEFINED, b"0300\0\1\0\0")),
     "RetouchNEFProcessing", 1, "On"),
    ("NIKON CORPORATION", "NIKON D100", nikon((0xBB, UNDEFINED, b"0100\0\1\0\0")),
     "RetouchNEFProcessing", ABSENT, ABSENT),
    ("NIKON CORPORATION", "NIKON D500", nikon((0x8B, UNDEFINED, b"\xc9\1\x0c\0")),
     "LensFStops", 16.75, "16.75"),
    ("NIKON CORPORATION", "NIKON D500", nikon((0x83, BYTE, b"\xce")),
     "LensType", 206, "E VR AF-P"),
    ("NIKON CORPORATION", "NIKON Z 9", nikon((0x89, SHORT, u16(0x801))),
     "ShootingMode", 0x801, "Continuous, Pre-capture"),
    ("NIKON CORPORATION", "NIKON D70", nikon((0x89, SHORT, u16(0x20))),
     "ShootingMode", 0x20, "Single-Frame, Unused LE-NR Slowdown"),
    ("NIKON CORPORATION", "NIKON Z 6", nikon((0x1F, UNDEFINED, b"0100\1\0\1\0")),
     "VRMode", 1, "Normal"),
    ("NIKON CORPORATION", "NIKON 1 J1", nikon((0x1F, UNDEFINED, b"0100\1\0\2\0")),
     "VRMode", 2, "Active"),
    ("NIKON CORPORATION", "NIKON D6", nikon((0xA8, UNDEFINED, record(30, {0: b"0106",
     6: b"\7\2"}))), "ExternalFlashFirmware", "7 2", "7.02 (Unknown model)"),
)  # fmt: skip
SONY: tuple[Case, ...] = (
    ("SONY", "SLT-A77V", tiff_note(DSC, (0x9406, UNDEFINED, b"\1"),
     (0x940A, UNDEFINED, enciphered(record(10, {4: u32(0)})))), "AFPointsSelected", 0, "(none)"),
    ("SONY", "SLT-A77V", tiff_note(DSC, (0x2020, BYTE, b"\5\1" + bytes(8))),
     "AFPointsUsed", "5 1" + " 0" * 8, "Center, Upper-right, Upper-left"),
    ("SONY", "ILCE-7M4", tiff_note(DSC, (0x205C, BYTE, b"\1")), "StepCropShooting", ABSENT, ABSENT),
    ("SONY", "ILCE-7", tiff_note(DSC, (0xB04B, SHORT, u16(0xFFFF))), "Anti-Blur", ABSENT, ABSENT),
    ("SONY", "ILCE-7", tiff_note(DSC, (0x2031, ASCII, b"78563412\0")),
     "SerialNumber", "12345678", "12345678"),
    ("SONY", "ILCE-7", tiff_note(DSC, (0x9416, UNDEFINED, enciphered(record(80, {10: u16(0)})))),
     "SonyExposureTime2", 0, "Bulb"),
    ("SONY", "ILCE-7", tiff_note(DSC, (0xB02A, UNDEFINED, bytes.fromhex("000300005555b000"))),
     "LensSpec", "00 300 55 5.5 11 00", "Unknown (00 300 55 5.5 11 00)"),
    ("SONY", "ILCE-7", tiff_note(DSC, (0xB02A, UNDEFINED, bytes.fromhex("0203000400b0b003"))),
     "LensSpec", "02 300 400 11 11 03", "FE 300-400mm F11 Unknown(0003)"),
    ("SONY", "DSC-RX1RM3", tiff_note(DSC, (0x205C, BYTE, b"\1")), "StepCropShooting", 1, "50mm"),
)  # fmt: skip
OTHERS: tuple[Case, ...] = (
    ("OM Digital Solutions", "OM-1", olympus(0x2050, (0x31B, SHORT, u16(0x8811))),
     "AFPointDetails", "4 0 1 0 0 0 1 0 1",
     ("Birds; Face Priority; AF on Half Press; No Eye-AF; No Face Detection; No MF; "
     "Release Priority; No Object found; S-AF")),
    ("OLYMPUS", "E-P1", olympus(0x2050, (0x308, SHORT, u16(0))), "AFPoint", ABSENT, ABSENT),
    ("OLYMPUS", "E-M10", olympus(0x2050, (0x308, SHORT, u16(0))), "AFPoint", 0, 0),
    ("OLYMPUS", "E-30", olympus(0x2050, (0x31B, SHORT, u16(6))), "AFPointDetails", 6, 6),
    ("OM Digital Solutions", "OM-1", olympus(0x2020, (0x309, SHORT, u16(0x401))),
     "AISubjectTrackingMode", 0x401, "Birds; Object Found"),
    ("OM Digital Solutions", "OM-1", olympus(0x2020, (0x30B, SHORT, u16(*range(10), 0x101))),
     "SubjectDetectStatus", 0x101, "Subject and L1 Detail Detected"),
    ("OM Digital Solutions", "OM-1", olympus(0x2020, (0x30A, SHORT, u16(*range(10)))),
     "AFSelectedArea", "6 7 8 9", "6 7 8 9"),
    ("Minolta Co., Ltd.", "DiMAGE A2", tiff_note(b"", (1, UNDEFINED, record(132, {
     12: pack(">I", 0x3810000)}))), "WhiteBalance", 0x3810000, "Tungsten+1"),
    ("Minolta Co., Ltd.", "DiMAGE A2", tiff_note(b"", (1, UNDEFINED, record(132, {
     124: pack(">I", 7)}))), "Saturation", 2, "+2"),
    ("Minolta Co., Ltd.", "DiMAGE X31", tiff_note(b"", (3, UNDEFINED, bytes(132))),
     "WhiteBalance", ABSENT, ABSENT),
    ("CASIO COMPUTER CO.,LTD.", "EX-Z9", tiff_note(b"QVC\0\0\0", (0x3007, SHORT, u16(5))),
     "BestShotMode", 5, "Children"),
    ("CASIO COMPUTER CO.,LTD.", "EX-Z55", tiff_note(b"QVC\0\0\0", (0x3007, SHORT, u16(5))),
     "BestShotMode", 5, 5),
    ("CASIO", "QV-3500EX", tiff_note(b"", (4, SHORT, u16(4))), "FlashMode", 4, "Off"),
    ("CASIO", "QV-3000EX", tiff_note(b"", (4, SHORT, u16(4))), "FlashMode", 4, "Red-eye Reduction"),
    ("FUJIFILM", "X-T5", own_note(b"FUJIFILM\x0c\0\0\0", (0x1040, SLONG, u32(-8))),
     "ShadowTone", -8, "0.5"),
    ("FUJIFILM", "X-T5", own_note(b"FUJIFILM\x0c\0\0\0", (0x1446, LONG, u32(0x3100))),
     "FlickerReduction", 0x3100, "On (0x3100)"),
    ("Leica Camera AG", "LEICA M11", tiff_note(b"LEICA\0\2\0", (0x35A, SLONG, u32(2800))),
     "FNumber", 2.8, "2.8"),
    ("LEICA CAMERA AG", "LEICA Q2", tiff_note(b"LEICA\0\x0a\0", (0x407, ASCII, b"L1000001.DNG\0")),
     "OriginalFileName", "L1000001.DNG", "L1000001.DNG"),
    ("RICOH", "GR", tiff_note(b"Ricoh\0\0\0", (5, UNDEFINED, b"\xe9t" + bytes(14))),
     "InternalSerialNumber", "e974" + "0" * 28, "e974" + "0" * 28),
    ("SAMSUNG", "EK-GN120", own_note(b"", VERSION, (0xA019, RATIONAL, u32(28, 10, 0, 0))),
     "FNumber", 2.8, "2.8"),
    ("SAMSUNG", "EK-GN120", own_note(b"", VERSION, (0xA01A, LONG, u32(270))),
     "FocalLengthIn35mmFormat", 27, "27 mm"),
    ("SAMSUNG", "EK-GN120", own_note(b"", VERSION, (0x20, SHORT, u16(3, 12))),
     "SmartAlbumColor", "3 12", "Blue; 12"),
    ("SAMSUNG", "EK-GN120", own_note(b"", VERSION, (0x20, SHORT, u16(0, 0))),
     "SmartAlbumColor", "0 0", "n/a"),
    ("SAMSUNG", "SM-C200", own_note(b"", VERSION, (0x11, 10, u32(0, 1, 3, 2, -5, 2))),
     "RollAngle", -2.5, -2.5),
    ("RICOH", "GR DIGITAL 2", tiff_note(b"Ricoh\0\0\0", (0x1001, UNDEFINED, record(60,
     {28: u16(512, 64)}))), "PreviewImage", "(Binary data 64 bytes, use -b option to extract)",
     "(Binary data 64 bytes, use -b option to extract)"),
    ("DJI", "FC330", tiff_note(b"", (6, 11, pack("<f", 1 / 3))),
     "Pitch", pytest.approx(1 / 3), "+0.33"),
    ("Hewlett-Packard", "HP PhotoSmart M627", lambda _at: record(160, {0: b"IIII\4\0",
     0x5C: b"SERIAL NUMBER:CN12345"}), "SerialNumber", "CN12345", "CN12345"),
    ("Hewlett-Packard", "HP PhotoSmart M627", lambda _at: record(160, {0: b"IIII\4\0",
     0x5C: b"CN12345"}), "SerialNumber", ABSENT, ABSENT),
    ("RECONYX", "HYPERFIRE 2", lambda _at: record(160, {0: b"RECONYXH2\0",
     0x3E: u16(7, 5, 14, 23, 3, 2020)}), "DateTimeOriginal", "2020:03:23 14:05:07",
     "2020:03:23 14:05:07"),
    ("RECONYX", "HYPERFIRE 2", lambda _at: record(160, {0: b"RECONYXH2\0",
     0x14: u16(0x5077, 0x70A3)}), "DirectoryCreateDate", "2020:03:23 14:05:06",
     "2020:03:23 14:05:06"),
    ("RECONYX", "ULTRAFIRE", lambda _at: record(120, {0: b"RECONYXUF\0",
     0x18: b"\2\x10" + u16(0x2016) + b"\4\x11a"}), "FirmwareVersion", "02.10 2016:04:11 Rev.a",
     "02.10 2016:04:11 Rev.a"),
)  # fmt: skip


@pytest.mark.parametrize(
    "case", [*PENTAX, *CANON, *NIKON, *SONY, *OTHERS], ids=lambda case: f"{case[1]} {case[3]}"
)
def test_a_camera_means_by_its_bytes_what_its_family_means(case: Case) -> None:
    """The rule that counts is that of the model, the version, the length or the byte order."""
    make, model, note, name, machine, readable = case
    found = [tag for tag in mapy.read(camera_file(make, model, note)) if tag.name == name]
    if machine is ABSENT:
        assert not found
        return
    (tag,) = found
    assert (tag.machine, tag.readable) == (
        pytest.approx(machine) if isinstance(machine, float) else machine,
        readable,
    )


def test_a_block_that_is_cut_short_takes_no_other_with_it() -> None:
    """Sony's blocks are read one by one: a cut one is a problem of its own."""
    note = tiff_note(
        DSC,
        (0x9404, UNDEFINED, b"\x40\x01"),
        (0x9416, UNDEFINED, enciphered(record(80, {73: b"\2"}))),
    )
    found = mapy.read(camera_file("SONY", "ILCE-1", note))
    assert found["Sony:LensFormat"].readable == "Full-frame"
    assert [problem.code for problem in found.problems] == ["maker-note.cut-short"]


def test_reads_the_note_of_minolta_inside_that_of_the_a100() -> None:
    """Sony's first camera with an A-mount leads to it by an offset."""

    def note(at: int) -> bytes:
        inner = at + len(DSC) + 2 + 12 + 4
        first = directory(at + len(DSC), (0xB028, LONG, u32(inner)))
        return DSC + first + directory(inner, (0x0101, LONG, u32(1)))

    found = mapy.read(camera_file("SONY", "DSLR-A100", note))
    assert found["Minolta:ColorMode"].readable == "Black & White"


def test_an_exposure_that_no_number_holds_is_told_without_an_end() -> None:
    """What decides about a tag while it is read may meet any number."""
    shot = record(60, {0: u16(60), 44: u16(-0x8000)})
    found = mapy.read(camera_file("Canon", "Canon EOS 5D", canon((4, SHORT, shot))))
    assert found["Canon:ExposureTime"].machine == float("inf")
