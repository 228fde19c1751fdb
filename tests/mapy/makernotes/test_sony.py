"""Sony's notes: each way in which a block is found, deciphered, and made into values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
import pytest

import mapy
from mapy.buffer import ByteView
from mapy.makernotes.sony.cipher import deciphered
from mapy.makernotes.sony.sr2 import decrypted
from mapy_damage import Changes, changed, changes_of, read_all
from mapy_sony_builders import (
    BYTE,
    LONG,
    SHORT,
    SLONG,
    UNDEFINED,
    Record,
    block,
    enciphered,
    noted,
    u16,
    u32,
)

if TYPE_CHECKING:
    from mapy.model import Metadata

LATE = b"DC7303320222000\0"
"""What the shot information of cameras from 2012 on says of itself."""


def sony(*records: Record, model: str = "ILCE-6000") -> Metadata:
    """What is read of a note of these records."""
    return mapy.read(noted(*records, model=model))


def machine(metadata: Metadata, name: str) -> object:
    """The machine value of a tag."""
    return metadata[f"Sony:{name}"].machine


def readable(metadata: Metadata, name: str) -> object:
    """The readable value of a tag."""
    return metadata[f"Sony:{name}"].readable


def names(metadata: Metadata) -> set[str]:
    """The names of Sony's tags."""
    return {tag.name for tag in metadata if tag.group == "Sony" and tag.is_known}


def test_every_byte_is_deciphered_to_what_was_enciphered() -> None:
    """The cipher is undone for all 256 bytes."""
    plain = bytes(range(256))
    stored = enciphered(256, {0: plain})
    assert deciphered(ByteView(stored)).take(0, 256) == plain


@pytest.mark.parametrize("signature", [b"SONY DSC \0\0\0", b"SONY CAM \0\0\0", b""])
def test_reads_the_directory_behind_any_signature(signature: bytes) -> None:
    """The IFD begins behind the signature, or at once."""
    records = [(0x2002, LONG, u32(1)), (0xB001, SHORT, u16(312))]
    data = noted(*records, model="ILCE-6000", signature=signature)
    found = mapy.read(data)
    assert (machine(found, "SonyModelID"), readable(found, "SonyModelID")) == (312, "ILCE-6000")


@pytest.mark.parametrize(("model", "is_read"), [("Stellar", True), ("H3D", False)])
def test_hasselblad_sold_some_of_these_cameras(model: str, *, is_read: bool) -> None:
    """Of other cameras of Hasselblad's nothing is guessed."""
    records = [(number, SLONG, u32(0)) for number in (0x2004, 0x2005)]
    data = noted(*records, model=model, make="Hasselblad", signature=b"")
    assert bool(names(mapy.read(data))) == is_read


def test_deciphers_the_block_of_the_camera_generation() -> None:
    """Which layout tag 0x2010 has depends on the model."""
    places = {0x021C: b"\2", 0x0344: u16(0x1000), 0x0222: u16(0x0F00)}
    found = sony((0x2010, UNDEFINED, enciphered(6556, places)))
    assert machine(found, "FlashMode") == 2
    assert machine(found, "SonyISO") == 100.0
    assert machine(found, "StopsAboveBaseISO") == 1
    assert "FlashMode" not in names(sony((0x2010, UNDEFINED, enciphered(6556, places)), model="X"))


def test_the_first_byte_tells_the_version_of_a_block() -> None:
    """A block of an unknown version is left alone."""
    places = {0x0A: u32(7)}
    known = enciphered(400, places, begins=b"\x23")
    assert machine(sony((0x9400, UNDEFINED, known)), "ShotNumberSincePowerUp") == 7
    unknown = enciphered(400, places, begins=b"\x00")
    assert names(sony((0x9400, UNDEFINED, unknown), (0x2002, LONG, u32(1)))) == {"Rating"}


def test_rows_count_for_some_cameras_only() -> None:
    """The aperture limits are told by cameras with A-mount alone."""
    data = enciphered(1000, {0: b"\x10\x40"})
    assert "SonyMaxAperture" in names(sony((0x9050, UNDEFINED, data), model="SLT-A77V"))
    assert "SonyMaxAperture" not in names(sony((0x9050, UNDEFINED, data), model="ILCE-6000"))


def test_the_lens_is_of_the_mount_that_the_block_tells() -> None:
    """With E-mount the number is one of E-mount's."""
    data = enciphered(1000, {0x105: b"\2\1", 0x107: u16(32784), 0x109: u16(50)})
    found = sony((0x9050, UNDEFINED, data))
    assert machine(found, "LensType2") == 32784
    assert "LensType" not in names(found)


def test_a_setting_is_told_once() -> None:
    """What the main directory tells, a block does not tell again."""
    data = enciphered(300, {0x16: b"\3"}, begins=b"\x10")
    found = sony((0x201B, BYTE, b"\2"), (0x9402, UNDEFINED, data))
    assert [tag.machine for tag in found if tag.name == "FocusMode"] == [2]


def test_the_generation_decides_which_focus_mode_counts() -> None:
    """Late cameras say nothing in 0xB042."""
    shot = block(100, {0: b"II", 0x34: LATE})
    record = (0xB042, SHORT, u16(4))
    assert "FocusMode" not in names(sony(record, (0x3000, UNDEFINED, shot)))
    assert machine(sony(record), "FocusMode") == 4


def test_only_the_faces_that_were_found_are_told() -> None:
    """The places of faces follow their number."""
    head = {0: b"II", 2: u16(94), 0x30: u16(1), 0x32: u16(37)}
    shot = block(500, {**head, 94: u16(1, 2, 3, 4), 94 + 37: u16(5, 6, 7, 8)})
    found = sony((0x3000, UNDEFINED, shot))
    assert machine(found, "Face1Position") == "1 2 3 4"
    assert "Face2Position" not in names(found)


def test_temperature_counts_only_where_the_test_byte_says_so() -> None:
    """A camera without a thermometer leaves the test byte at 0."""
    cold = enciphered(300, {2: b"\xff", 4: b"\xf6"}, begins=b"\x10")
    assert readable(sony((0x9402, UNDEFINED, cold)), "AmbientTemperature") == "-10 C"
    none = enciphered(300, {2: b"\0", 4: b"\xf6"}, begins=b"\x10")
    assert "AmbientTemperature" not in names(sony((0x9402, UNDEFINED, none)))


def test_tells_the_charge_of_batteries_in_use() -> None:
    """A state of 5 means that the camera did not ask the battery."""
    places = {1: b"\1", 4: b"\3", 5: b"\x50", 6: b"\5", 7: b"\x20"}
    found = sony((0x9406, UNDEFINED, enciphered(100, places, begins=b"\x40")))
    assert readable(found, "BatteryLevel") == "80%"
    assert not {"BatteryLevel2", "BatteryStatus1"} & names(found)


def test_settings_of_early_slrs_are_found_by_their_length() -> None:
    """280 bytes are the settings of the A700: big-endian, in steps of an eighth."""
    record = block(280, {0: u16(48, order=">"), 2: u16(24, order=">"), 8: u16(0x3301, order=">")})
    found = sony((0x0114, UNDEFINED, record), model="DSLR-A700")
    assert (machine(found, "ExposureTime"), machine(found, "FNumber")) == (1.0, 2.0)
    assert machine(found, "DriveMode") == 1
    other = sony((0x0114, UNDEFINED, record + b"\0"), (0x2002, LONG, u32(1)), model="DSLR-A700")
    assert names(other) == {"Rating"}


def test_more_info_is_a_directory_of_records() -> None:
    """A record is found by its number and ends where the next begins."""
    head = u16(2, 20480, 0x0001, 12, 0x0201, 62)
    data = block(20480, {0: head, 12 + 3: b"\2", 62 + 0x125: u32(0xFF00_0009)})
    found = sony((0x0020, UNDEFINED, data), model="SLT-A55V")
    assert (machine(found, "MeteringMode"), machine(found, "ShutterCount")) == (2, 9)


def test_focus_points_are_those_of_the_sensor() -> None:
    """What the states of the points are called depends on the kind of sensor."""
    data = enciphered(1000, {2: b"\2", 7: b"\1", 0x11: u16(5)})
    found = sony((0x940E, UNDEFINED, data), model="SLT-A77V")
    assert readable(found, "AFStatusUpperFarLeft") == "Back Focus (+5)"
    assert readable(found, "AFPoint") == "Upper-left (horizontal)"


def test_words_a_lens_as_its_name_does() -> None:
    """Features stand around focal lengths and apertures."""
    spec = bytes.fromhex("c300160050355600")
    found = sony((0xB02A, BYTE, spec))
    assert machine(found, "LensSpec") == "c3 16 50 3.5 5.6 00"
    assert readable(found, "LensSpec") == "E PZ 16-50mm F3.5-5.6 OSS"


def test_a_serial_number_is_read_from_its_end() -> None:
    """Pairs of digits stand in reverse."""
    assert machine(sony((0x2031, 2, b"78563412\0")), "SerialNumber") == "12345678"


WHOLE = noted(
    (0x2006, SLONG, u32(1)),
    (0x202A, UNDEFINED, block(66, {0: b"\1\2"})),
    (0x3000, UNDEFINED, block(200, {0: b"II", 2: u16(94), 0x30: u16(1), 0x32: u16(37)})),
    (0x9050, UNDEFINED, enciphered(300, {0x105: b"\2\1"})),
    (0x9400, UNDEFINED, enciphered(100, {}, begins=b"\x23")),
    (0x9404, UNDEFINED, enciphered(50, {}, begins=b"\xe7\0\0\x08")),
    (0x9405, UNDEFINED, enciphered(200, {}, begins=b"\x3a")),
    (0xB02A, BYTE, bytes(8)),
    model="ILCE-6000",
)


def test_survives_every_truncation() -> None:
    """A note that is cut short at any byte is read as far as it goes."""
    for size in range(len(WHOLE)):
        read_all(WHOLE[:size])


@settings(derandomize=True, max_examples=200, deadline=None)
@given(changes_of(WHOLE))
def test_survives_changed_bytes(changes: Changes) -> None:
    """Whatever stands in a note, nothing is raised and every value can be told."""
    read_all(changed(WHOLE, changes))


def _raw_file() -> bytes:
    """A raw file with a private directory that leads to an enciphered one."""
    key, private, inner = 0x1234_5678, 8 + 2 + 3 * 12 + 4, 200
    names = [(0x010F, 2, 4, b"SONY"), (0x0110, 2, 4, b"A7\0\0"), (0xC634, 1, 4, u32(private))]
    links = [(0x7200, 4, 1, u32(inner)), (0x7201, 4, 1, u32(40)), (0x7221, 4, 1, u32(key))]
    levels = [(0x787F, 3, 2, u16(16383, 2)), (0x74C0, 4, 1, u32(inner + 80))]

    def directory(rows: list[tuple[int, int, int, bytes]]) -> bytes:
        entries = b"".join(u16(tag, kind) + u32(count) + raw for tag, kind, count, raw in rows)
        return u16(len(rows)) + entries + bytes(4)

    head = b"II*\0" + u32(8) + directory(names) + directory(links)
    return head.ljust(inner, b"\0") + decrypted(directory(levels).ljust(40, b"\0"), key)


def test_reads_the_enciphered_directory_of_raw_files() -> None:
    """The key stands in the private directory."""
    found = mapy.read(_raw_file())
    assert found["SR2SubIFD:WhiteLevel"].machine == "16383 2"


def test_the_cipher_of_raw_files_undoes_itself() -> None:
    """A rest of less than a word stays as it is."""
    data = bytes(range(251))
    assert decrypted(decrypted(data, 99), 99) == data
    assert decrypted(data, 99)[-3:] == data[-3:]


def test_survives_every_truncation_of_a_raw_file() -> None:
    """A raw file that is cut short at any byte is read as far as it goes."""
    data = _raw_file()
    for size in range(len(data)):
        read_all(data[:size])


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (
            "SLT-A55V",
            {
                "BatteryTemperature": "22.8 C",
                "BatteryLevel": "97%",
                "BatteryVoltage1": "7.50 V",
                "BatteryVoltage2": "7.25 V",
                "ImageStabilization": "On",
                "BatteryState": "Full",
                "CameraOrientation": "Rotate 90 CW",
            },
        ),
        (
            "NEX-5",
            {
                "BatteryTemperature": "22.8 C",
                "BatteryLevel": "97%",
                "CameraOrientation": "Rotate 180",
            },
        ),
        ("DSLR-A390", {"BatteryLevel": "97%", "ImageStabilization": "On"}),
    ],
)
def test_reads_the_battery_as_each_generation_tells_it(
    model: str, expected: dict[str, object]
) -> None:
    """Before the cipher, a block of its own tells of battery, stabiliser and posture."""
    places = {2: b"\x49", 4: b"\x61", 6: u16(960, 928), 20: b"\5", 22: b"\xfe", 24: b"\x10"}
    extra = block(32, places | {17: b"\x40", 18: b"\x40"})
    found = sony((0x0116, UNDEFINED, extra), model=model)
    assert {tag.name: tag.readable for tag in found if tag.group == "Sony"} == expected


def test_reads_where_hidden_data_lie() -> None:
    """Cameras from 2021 on tell the place and the length of data that nobody has explained."""
    found = sony((0x2044, LONG, u32(1000, 20)), model="ILCE-7M4")
    assert (machine(found, "HiddenDataOffset"), machine(found, "HiddenDataLength")) == (1000, 20)


@pytest.mark.parametrize(
    ("model", "area", "words"),
    [
        ("ILCE-7M3", 4, "Top"),
        ("ILCE-7M3", 1, "Top Zone"),
        ("ZV-E10", 1, "Top Zone"),
        ("ILCA-68", 8, "Top Zone"),
        ("ILCA-68", 1, "A7"),
    ],
)
def test_words_the_focus_point_by_the_focus_area(model: str, area: int, words: str) -> None:
    """What a number of a point means depends on the camera and on the area that was chosen."""
    found = sony((0x201C, BYTE, bytes([area])), (0x201E, BYTE, b"\2"), model=model)
    assert readable(found, "AFPointSelected") == words


def test_words_pixel_shift_and_fine_white_balance() -> None:
    """Values that are several numbers are one text."""
    found = sony(
        (0x2026, SLONG, u32(250, 2**32 - 500)),
        (0x202F, UNDEFINED, bytes(4) + b"\1\4"),
        (0x2037, SHORT, u16(64, 48, 257)),
    )
    assert [tag.readable for tag in found if tag.group == "Sony"] == [
        "0.25 -0.50",
        "Group 00000000, Shot 1/4 (0x0)",
        " 64x 48",
    ]
