"""Nikon's notes: each way in which a record is found, deciphered, read and made into values."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

import mapy
from mapy.makernotes.nikon.cipher import deciphered
from mapy_nikon_builders import (
    ASCII,
    BYTE,
    COUNT,
    LONG,
    RATIONAL,
    SERIAL,
    SHORT,
    UNDEFINED,
    block,
    directory,
    nikon,
    tiff,
)

if TYPE_CHECKING:
    from mapy.model import Metadata

SHOT, COLOUR, LENS, FLASH, FOCUS, SETTINGS = 0x0091, 0x0097, 0x0098, 0x00A8, 0x00B7, 0x004E


def machine(metadata: Metadata, name: str, group: str = "Nikon") -> object:
    """The machine value of a tag."""
    return metadata[f"{group}:{name}"].machine


def readable(metadata: Metadata, name: str, group: str = "Nikon") -> object:
    """The readable value of a tag."""
    return metadata[f"{group}:{name}"].readable


def secret(record: bytes, start: int = 4) -> bytes:
    """A record as the camera writes it: the cipher is its own inverse."""
    return deciphered(record, start, (SERIAL, COUNT))


def test_the_cipher_makes_the_known_stream() -> None:
    """Zeros become the stream of the key, which goes on behind its period."""
    found = deciphered(b"0204" + bytes(600), 4, (SERIAL, COUNT))
    assert (found[:20].hex(), found[520:536].hex()) == (VECTOR_1, VECTOR_2)


VECTOR_1 = "3032303487ba0059c544d67b33fedccdd1e8124f"
VECTOR_2 = "c544d67b33fedccdd1e8124f9f027801"


def test_reads_the_main_directory() -> None:
    """Texts, steps and bits of the note's own directory are values and words."""
    found = mapy.read(
        nikon(
            (0x0001, UNDEFINED, b"0210"),
            (0x0004, ASCII, b"FINE   \0"),
            (0x000D, UNDEFINED, b"\xff\x01\x06\0"),
            (0x0083, BYTE, b"\x0e"),
            (0x0089, SHORT, b"\x11\0"),
            (0x009E, SHORT, struct.pack("<10H", 3, 7, 0, 4, 0, 0, 0, 0, 0, 0)),
        )
    )
    assert [
        (machine(found, name), readable(found, name))
        for name in ("MakerNoteVersion", "Quality", "LensType", "ShootingMode", "RetouchHistory")
    ] == [
        ("0210", "2.10"),
        ("FINE   ", "Fine"),
        (14, "G VR"),
        (17, "Continuous, Exposure Bracketing"),
        ("3 7 0 4", "B & W; D-Lighting; None; Sepia"),
    ]
    assert machine(found, "ProgramShift") == -1 / 6


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_dates_in_the_order_of_the_note(order: str) -> None:
    """A year is a 16-bit number of the note's order."""
    content = struct.pack(order + "H6B", 2010, 3, 4, 5, 6, 7, 0)
    found = mapy.read(nikon((0x00B6, UNDEFINED, content), order=order))
    assert machine(found, "PowerUpTime") == "2010:03:04 05:06:07"


def test_reads_the_oldest_notes() -> None:
    """A note of the first kind has a signature and counts from the file's own header."""
    at = len(tiff(b"")) + 8  # behind the signature
    note = b"Nikon\0\x01\0" + directory([(0x0003, SHORT, b"\x05\0")], at, "<")
    assert machine(mapy.read(tiff(note)), "Quality") == 5


def test_reads_notes_without_a_signature() -> None:
    """Cameras of the second kind write a plain directory."""
    note = directory([(0x0002, SHORT, struct.pack("<2H", 0, 200))], 0, "<")
    found = mapy.read(tiff(note, model="E990"))
    assert (machine(found, "ISO"), readable(found, "ISO")) == ("0 200", "200")


def test_deciphers_lenses() -> None:
    """From version 0201 on the record is enciphered behind its version."""
    record = b"0204" + block(20, {0: b"\x28", 7: b"\x2f", 12: b"\x24"})
    found = mapy.read(nikon((LENS, UNDEFINED, secret(record))))
    assert (machine(found, "ExitPupilPosition"), machine(found, "MaxApertureAtMinFocal")) == (
        51.2,
        2**1.5,
    )
    assert readable(found, "FocalLength") == f"{5 * 2 ** (0x2F / 24):.1f} mm"


def test_tells_only_the_version_without_a_key() -> None:
    """Without serial number and count nothing but the version is readable."""
    record = secret(b"0204" + bytes(20))
    found = mapy.read(nikon((LENS, UNDEFINED, record), has_key=False))
    assert {tag.name for tag in found if tag.group == "Nikon"} == {"LensDataVersion"}


def test_a_count_of_an_unexpected_type_is_no_error() -> None:
    """A negative count, which no camera writes, still makes a key."""
    record = b"0204" + bytes(20)
    entries = [(0x001D, ASCII, b"12\0"), (LENS, UNDEFINED, record)]
    content = bytearray(nikon((0x00A7, LONG, b"\xff\xff\xff\xff"), *entries, has_key=False))
    at = content.index(struct.pack("<HHI", 0x00A7, LONG, 1))
    content[at + 2] = 9  # SLONG
    assert "Nikon:AFAperture" in mapy.read(bytes(content))


def test_reads_lenses_of_the_newest_mount() -> None:
    """A lens without the old part has its values in the new one."""
    places = {0: b"0800", 48: b"\x01\0", 54: struct.pack("<H", 1152), 60: b"\x2c\0"}
    found = mapy.read(nikon((LENS, UNDEFINED, secret(block(108, places)))))
    assert (readable(found, "LensID"), machine(found, "MaxAperture")) == (
        "Nikkor Z 24-70mm f/4 S",
        4.0,
    )
    assert readable(found, "FocalLength") == "44 mm"
    assert "Nikon:AFAperture" not in found


def test_reads_settings_that_share_bytes() -> None:
    """Custom settings stand at a fixed place of the shot info of older cameras."""
    places = {0: b"0208", 590: b"\x12", 748: b"\x40\x30", 756: b"\x02"}
    found = mapy.read(nikon((SHOT, UNDEFINED, secret(block(764, places)))))
    assert (machine(found, "Rotation"), readable(found, "AutoISOMax", "NikonCustom")) == (
        2,
        "1600",
    )
    assert readable(found, "Beep", "NikonCustom") == "On"
    assert machine(found, "ManualFlashOutput", "NikonCustom") == 0.25


def test_finds_the_layout_by_the_size_too() -> None:
    """Of one version the size tells D3 and D300, whose settings differ."""
    places = {0: b"0210", 790 + 14: b"\x08"}
    found = mapy.read(nikon((SHOT, UNDEFINED, secret(block(5291, places))), model="NIKON D300"))
    assert machine(found, "FuncButton", "NikonCustom") == 1


def test_follows_the_offsets_of_newer_cameras() -> None:
    """Blocks end where the next one begins; angles beyond half a turn are negative."""
    places = {
        0: b"0243",
        0x0C: b"\x29",
        0x4C: struct.pack("<I", 400),
        0x58: struct.pack("<I", 600),
        0xA0: struct.pack("<I", 800),
        437: b"\x80",
        601: b"\x80",
        800: struct.pack("<2I", 359 << 16, 1 << 15),
    }
    record = secret(block(900, places))
    found = mapy.read(nikon((SHOT, UNDEFINED, record), model="NIKON D850"))
    assert readable(found, "PrimarySlot") == "SD Card"
    assert readable(found, "AF-CPrioritySelection", "NikonCustom") == "Focus"
    assert (machine(found, "RollAngle"), machine(found, "PitchAngle")) == (-1.0, 0.5)


MENU, BURST = 0x8C, 0x0056


def z9(firmware: bytes, places: dict[int, bytes], *, mode: int = 16) -> Metadata:
    """A Z 9's picture with a menu at 400, its settings 100 bytes behind that."""
    head = {
        0: b"0805", 4: firmware, 0x24: struct.pack("<I", 40), MENU: struct.pack("<I", 400),
        400 + 0x10: struct.pack("<I", 100),
    }  # fmt: skip
    record = secret(block(3000, {**head, **{500 + at: byte for at, byte in places.items()}}))
    shutter = (0x0034, SHORT, struct.pack("<H", mode))
    return mapy.read(nikon(shutter, (SHOT, UNDEFINED, record), model="NIKON Z 9"))


@pytest.mark.parametrize(
    ("firmware", "zone", "custom"),
    [(b"02.10", 1428, None), (b"03.01", 1476, 847), (b"04.10", 1500, 847), (b"05.20", 1504, 851)],
)
def test_a_menu_of_a_z9_is_read_by_its_firmware(
    firmware: bytes, zone: int, custom: int | None
) -> None:
    """What an update puts into the menu moves all that stands behind it."""
    places = {zone: b"\5"} | ({custom + 83: b"\xc0"} if custom else {})
    found = z9(firmware, places)
    assert readable(found, "TimeZone") == "+09:00 (Tokyo)"
    if custom:
        assert readable(found, "FlashSyncSpeed", "NikonCustom") == "1/250 s"


def test_a_setting_that_another_one_switches_is_told_where_that_is_on() -> None:
    """The number of shots says nothing where multiple exposure is off."""
    on = z9(b"04.10", {154: b"\1", 156: b"\3", 554: b"\3", 556: b"\5"})
    assert machine(on, "MultiExposureShots") == 3
    assert "Nikon:BracketProgram" not in on
    assert "Nikon:MultiExposureShots" not in z9(b"04.10", {156: b"\3"})


def test_tells_of_a_burst_where_the_picture_is_one_of_it() -> None:
    """The first picture of the burst is packed into one number: card, folder, file and kind."""
    first = 1 << 29 | 101 << 19 | 42 << 5 | 2
    record = b"0100" + struct.pack("<2I", first, 7) + b"\1"
    found = mapy.read(nikon((BURST, UNDEFINED, record)))
    names = ("SlotNumber", "FolderNumber", "ImageNumber", "ImageType")
    assert [readable(found, f"BurstStart{name}") for name in names] == [2, 101, 42, "NEF"]
    single = mapy.read(nikon((BURST, UNDEFINED, b"0100" + bytes(9))))
    assert "Nikon:BurstShotNumber" not in single


def test_a_table_of_too_many_offsets_is_not_followed() -> None:
    """A count that no camera writes ends the reading, not the note's."""
    places = {0: b"0243", 0x0C: b"\xff\xff\xff\xff", 0x58: struct.pack("<I", 600)}
    found = mapy.read(nikon((SHOT, UNDEFINED, secret(block(900, places)))))
    assert not [tag for tag in found if tag.group == "NikonCustom"]


def test_leaves_out_what_is_no_version() -> None:
    """Compact cameras write other things in the place of versions."""
    found = mapy.read(nikon((SHOT, UNDEFINED, b"\x01\0\0\0\x05\0\0\0\0\0")))
    assert not {"Nikon:ShotInfoVersion", "Nikon:FirmwareVersion"} & {tag.key for tag in found}


def test_the_main_directory_tells_what_stands_behind_a_record() -> None:
    """What a record gives and a later entry gives again is the entry's."""
    places = {0: b"0208", 586: struct.pack(">I", 99)}
    found = mapy.read(nikon((SHOT, UNDEFINED, secret(block(764, places)))))
    assert [tag.machine for tag in found if tag.name == "ShutterCount"] == [COUNT]


def test_the_mode_of_a_flash_tells_what_its_level_is() -> None:
    """Manual modes tell an output, the others a compensation."""
    places = {0: b"0103", 17: b"\x02", 19: b"\x06", 18: b"\x60", 20: b"\x06"}
    found = mapy.read(nikon((FLASH, UNDEFINED, block(40, places))))
    assert machine(found, "FlashGroupACompensation") == -1.0
    assert machine(found, "FlashGroupBOutput") == 0.5
    assert readable(found, "ExternalFlashFlags") == "(none)"


def test_finds_the_colour_balance_by_its_version() -> None:
    """Where it stands, how it is enciphered and the order of its channels differ."""
    places = {0: b"0209", 294: struct.pack("<4H", 256, 442, 399, 257)}
    found = mapy.read(nikon((COLOUR, UNDEFINED, secret(block(320, places), 284))))
    assert machine(found, "WB_GRBGLevels") == "256 442 399 257"


def test_names_the_points_of_a_focus_mask() -> None:
    """A bit is the point that the table of primary points names."""
    record = b"0100\0\0\x01\x1c" + b"\0\0\0\x08\0\0\0" + bytes(15)
    found = mapy.read(nikon((FOCUS, UNDEFINED, record)))
    assert (readable(found, "PrimaryAFPoint"), readable(found, "AFPointsUsed")) == ("A9", "A9")
    assert machine(found, "AFPointsUsed") == "00 00 00 08 00 00 00"


GRID = struct.pack("<6H", 8256, 5504, 3869, 3043, 291, 323)


@pytest.mark.parametrize(
    ("model", "head", "at", "across", "down"),
    [
        ("NIKON Z 9", b"0400\0\xc1\0\1", 62, "1L of Center", "1D from Center"),
        ("NIKON Z f", b"0401\0\xc1\0\1", 62, "3R of Center", "3D from Center"),
        ("NIKON Z 6_2", b"0300\0\0\0\1", 42, "3R of Center", "3D from Center"),
        ("NIKON Z 50", b"0301\0\0\0\1", 42, "4R of Center", "4D from Center"),
    ],
)
def test_tells_the_focus_point_in_steps_from_the_centre(
    model: str, head: bytes, at: int, across: str, down: str
) -> None:
    """Cameras without a mirror tell a place in the picture; its grid depends on the camera."""
    record = block(90, {0: head, at: GRID})
    found = mapy.read(nikon((FOCUS, UNDEFINED, record), model=model))
    assert readable(found, "FocusPositionHorizontal") == across
    assert readable(found, "FocusPositionVertical") == down
    assert machine(found, "AFAreaXPosition") == 3869


def test_tells_the_points_where_there_is_no_place() -> None:
    """Of a camera that tells no place in the picture, the points are told."""
    record = block(90, {0: b"0300\0\0\x08\0", 10: b"\x01\x02", 56: b"\x01"})
    found = mapy.read(nikon((FOCUS, UNDEFINED, record), model="NIKON D780"))
    assert readable(found, "PrimaryAFPoint") == "E5 (Center)"
    assert readable(found, "AFPointsUsed") == "E5,E6"
    assert "Nikon:AFAreaXPosition" not in found


def test_tells_what_the_nikon_1_focused_with() -> None:
    """Its record has no method, but whether the phase was compared."""
    record = block(40, {0: b"0200\0\x81\4\1", 8: b"\1"})
    found = mapy.read(nikon((FOCUS, UNDEFINED, record), model="NIKON 1 V1"))
    names = ("PhaseDetectAF", "AFAreaMode", "PrimaryAFPoint", "AFPointsUsed")
    assert [readable(found, name) for name in names] == [
        "On (73-point)",
        "Auto (41 points)",
        "E8 (Center)",
        "E8",
    ]


@pytest.mark.parametrize(
    ("record", "name", "machine_value"),
    [
        (block(5300, {0: b"NRW 0100", 5096: struct.pack("<4I", 1, 2, 3, 4)}), "", "2 2 3 8"),
        (block(400, {0: b"NRW 0104", 116: struct.pack("<4I", 1, 2, 3, 4)}), "Shade", "2 2 3 8"),
    ],
)
def test_reads_the_balances_of_compact_cameras(
    record: bytes, name: str, machine_value: str
) -> None:
    """Red and blue are stored halved."""
    found = mapy.read(nikon((0x0014, UNDEFINED, record), model="COOLPIX P7100"))
    assert machine(found, f"WB_RGGBLevels{name}") == machine_value


def test_reads_the_balances_of_the_first_compact_cameras() -> None:
    """A record of 2,560 bytes, big-endian always."""
    record = block(2560, {1248: struct.pack(">4H", 1, 2, 3, 4)})
    found = mapy.read(nikon((0x0014, UNDEFINED, record), model="E5700"))
    assert (machine(found, "WB_RBLevels"), machine(found, "WB_RBLevelsAuto")) == ("1 2", "3 4")


def test_reads_picture_controls_in_quarter_steps() -> None:
    """From the second version on a step has four parts."""
    places = {0: b"0200", 4: b"STANDARD", 51: b"\x8c", 53: b"\x80", 55: b"\xff"}
    found = mapy.read(nikon((0x0023, UNDEFINED, block(68, places))))
    names = ("PictureControlName", "Sharpness", "Clarity", "Contrast")
    assert [readable(found, name) for name in names] == ["Standard", "3.0", "None", "n/a"]


def test_reads_folders_in_the_order_that_makes_sense() -> None:
    """Some cameras write this record in the other order."""
    record = b"0100" + struct.pack(">3H", 0, 100, 25)
    found = mapy.read(nikon((0x00B8, UNDEFINED, record)))
    assert (machine(found, "DirectoryNumber"), readable(found, "FileNumber")) == (100, "0025")


def test_tells_of_the_preview() -> None:
    """The preview's directory counts from the note's own header."""
    inner = directory([(0x0201, LONG, b"\x2a\0\0\0"), (0x0202, LONG, b"\x05\0\0\0")], 0, "<")
    note = nikon((0x0011, LONG, b"\x08\0\0\0"), has_key=False)
    at = note.index(b"Nikon\0") + 10
    whole = bytearray(note) + inner
    entry = whole.index(struct.pack("<HHI", 0x0011, LONG, 1))
    whole[entry + 8 : entry + 12] = struct.pack("<I", len(note) - at)
    found = mapy.read(bytes(whole))
    assert machine(found, "PreviewImageStart", "PreviewIFD") == 0x2A + at
    assert found["PreviewIFD:PreviewImage"].length == 5


def test_reads_the_settings_of_menus() -> None:
    """Settings are rows of number, type and value; which count depends on the camera."""
    rows = struct.pack("<HHI", 0x0003, 0x0400, 3) + struct.pack("<HHI", 0x0001, 0x0400, 5)
    record = b"0100" + bytes(16) + struct.pack("<I", 2) + rows
    found = mapy.read(nikon((SETTINGS, UNDEFINED, record), model="NIKON D850"))
    assert [tag.name for tag in found if tag.group == "NikonSettings"] == ["ISOAutoShutterTime"]


def sample() -> bytes:
    """A file with a record of each kind."""
    return nikon(
        (0x0001, UNDEFINED, b"0210"),
        (0x0084, RATIONAL, struct.pack("<8I", 18, 1, 70, 1, 35, 10, 45, 10)),
        (LENS, UNDEFINED, secret(b"0204" + bytes(20))),
        (SHOT, UNDEFINED, secret(block(200, {0: b"0243", 12: b"\x29", 0x58: b"\xb4"}))),
        (COLOUR, UNDEFINED, secret(block(40, {0: b"0205"}))),
        (FLASH, UNDEFINED, b"0106" + bytes(40)),
        (FOCUS, UNDEFINED, b"0101\1\0\7" + bytes(80)),
        (0x0023, UNDEFINED, b"0200" + bytes(64)),
        (0x0011, LONG, b"\x08\0\0\0"),
        (0x0E0E, UNDEFINED, b"0100\x02\0" + bytes(16)),
    )


def every_value(content: bytes) -> None:
    """Read a file and ask for all it has."""
    for tag in mapy.read(content):
        assert tag.machine is not None
        assert tag.readable is not None


def test_survives_every_truncation() -> None:
    """A note that is cut anywhere gives what is left of it."""
    whole = sample()
    for size in range(whole.index(b"Nikon\0"), len(whole)):
        every_value(whole[:size])


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 899), st.integers(0, 255)), min_size=1, max_size=12))
def test_survives_flipped_bytes(flips: list[tuple[int, int]]) -> None:
    """A note of nonsense is read without an exception."""
    content = bytearray(sample())
    start = content.index(b"Nikon\0")
    for at, value in flips:
        if start + at < len(content):
            content[start + at] = value
    every_value(bytes(content))
