"""Canon's notes: each way in which a record is found, read, and made into values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
import pytest

import mapy
from mapy_canon_builders import (
    ASCII,
    LONG,
    SHORT,
    UNDEFINED,
    canon,
    filled,
    longs,
    numbers,
    shorts,
    words,
)
from mapy_damage import Changes, changed, changes_of, read_all

if TYPE_CHECKING:
    from mapy.model import Metadata

SETTINGS, FOCAL, SHOT, INFO, AF, AF_2 = 0x0001, 0x0002, 0x0004, 0x000D, 0x0012, 0x0026
FILE, FUNCTIONS, FUNCTIONS_2, COLOUR = 0x0093, 0x000F, 0x0099, 0x4001


def machine(metadata: Metadata, name: str, group: str = "Canon") -> object:
    """The machine value of a tag."""
    return metadata[f"{group}:{name}"].machine


def readable(metadata: Metadata, name: str, group: str = "Canon") -> object:
    """The readable value of a tag."""
    return metadata[f"{group}:{name}"].readable


def names(metadata: Metadata) -> set[str]:
    """The names of Canon's tags."""
    return {tag.name for tag in metadata if tag.group.startswith("Canon")}


def test_reads_the_main_directory() -> None:
    """Texts and numbers of the note's own directory are tags."""
    found = mapy.read(canon((0x0006, ASCII, b"EOS\0"), (0x000C, LONG, longs(4711))))
    assert (machine(found, "CanonImageType"), machine(found, "SerialNumber")) == ("EOS", 4711)
    assert readable(found, "SerialNumber") == "0000004711"


def test_reads_a_big_endian_note() -> None:
    """The order of the TIFF structure is that of the note and of its records."""
    record = words(47, {1: 2, 26: 0x60}, order=">")
    found = mapy.read(canon((SETTINGS, SHORT, record), order=">"))
    assert (machine(found, "MacroMode"), machine(found, "MaxAperture")) == (2, 2**1.5)


def test_ignores_a_record_whose_length_is_another() -> None:
    """A record that begins with its length is noise if it has another one."""
    record = words(47, {0: 90, 1: 2})
    assert "MacroMode" not in mapy.read(canon((SETTINGS, SHORT, record)))
    assert names(mapy.read(canon((SETTINGS, SHORT, record)))) == set()


def test_divides_focal_lengths_by_their_unit() -> None:
    """The unit stands behind the lengths that it counts for, and in another record."""
    record = words(47, {23: 711, 24: 237, 25: 32})
    found = mapy.read(canon((SETTINGS, SHORT, record), (FOCAL, SHORT, shorts(2, 320, 0, 0))))
    assert machine(found, "MaxFocalLength") == 711 / 32
    assert machine(found, "MinFocalLength") == 237 / 32
    assert machine(found, "FocalLength") == 10


def test_leaves_out_what_the_camera_does_not_say() -> None:
    """Codes that mean "not set" are no tags."""
    record = words(47, {13: 0x7FFF, 19: 0, 34: -1, 35: 0})
    found = names(mapy.read(canon((SETTINGS, SHORT, record))))
    assert not found & {"Contrast", "AFPoint", "ImageStabilization", "DisplayAperture"}


@pytest.mark.parametrize(
    ("code", "expected"), [(15, "Auto"), (0x4064, 100), (17, 100), (3, "Unknown (3)")]
)
def test_tells_the_speed_by_code_or_as_it_is(code: int, expected: object) -> None:
    """Old cameras write a code, newer ones the number with a mark."""
    found = mapy.read(canon((SETTINGS, SHORT, words(47, {16: code}))))
    assert machine(found, "CameraISO") == expected


def test_converts_what_was_measured() -> None:
    """Steps of exposure become f-numbers, seconds, speeds and degrees."""
    places = {1: 32, 2: 160, 3: 160, 12: 148, 19: 200, 20: 150, 21: 64, 22: 128, 23: 128}
    found = mapy.read(canon((SHOT, SHORT, words(34, places)), model="Canon EOS 40D"))
    expected = {
        "AutoISO": 200.0,
        "BaseISO": 100.0,
        "MeasuredEV": 10.0,
        "CameraTemperature": 20,
        "FocusDistanceUpper": 2.0,
        "FocusDistanceLower": 1.5,
        "FNumber": 2.0,
        "ExposureTime": 1 / 16,
        "MeasuredEV2": 10.0,
    }
    assert {name: machine(found, name) for name in expected} == expected


def test_lengthens_the_time_of_the_cameras_of_2005() -> None:
    """The EOS 20D and 350D write the time of exposure 31.25 times too short."""
    found = mapy.read(canon((SHOT, SHORT, words(34, {22: 128}))))
    assert machine(found, "ExposureTime") == 1000 / 32 / 16


def test_reads_focus_points_of_any_number() -> None:
    """Each part of an AF record begins where the one in front of it ends."""
    record = shorts(7, 7, 3456, 2304, 3456, 2304, 189, 188, *range(7), *range(-7, 0), 0b1010)
    found = mapy.read(canon((AF, SHORT, record)))
    assert machine(found, "AFAreaXPositions") == "0 1 2 3 4 5 6"
    assert machine(found, "AFAreaYPositions") == "-7 -6 -5 -4 -3 -2 -1"
    assert readable(found, "AFPointsInFocus") == "1,3"


def test_ignores_focus_points_of_no_picture() -> None:
    """A record without a length counts only if it tells of a picture's shape."""
    record = shorts(7, 7, 3456, 100, 300, 2304, 189, 188, *range(15))
    assert names(mapy.read(canon((AF, SHORT, record)))) == set()


def test_reads_the_focus_points_of_newer_cameras() -> None:
    """EOS cameras tell which points were selected, compact ones which was the first."""
    body = (2, 9, 9, 640, 480, 640, 480, *range(9), *range(9), *range(9), *range(9), 1, 6, 0, 5)
    record = shorts(2 * len(body) + 2, *body)
    of_eos = mapy.read(canon((AF_2, SHORT, record)))
    of_compact = mapy.read(canon((AF_2, SHORT, record), model="Canon PowerShot G9"))
    assert readable(of_eos, "AFPointsSelected") == "1,2"
    assert machine(of_compact, "PrimaryAFPoint") == 5


@pytest.mark.parametrize(("version_at", "folder_at"), [(346, 419), (350, 423)])
def test_follows_the_firmware_through_camera_info(version_at: int, folder_at: int) -> None:
    """Where the version stands tells how far the rest is shifted."""
    block = filled(900, {6: b"\x50", version_at: b"1.0.3\0", folder_at: longs(101)})
    found = mapy.read(canon((INFO, UNDEFINED, block), model="Canon EOS 50D"))
    assert machine(found, "FirmwareVersion") == "1.0.3"
    assert machine(found, "DirectoryIndex") == 100
    assert machine(found, "ISO") == 200.0


def test_stops_in_front_of_what_an_unknown_firmware_moves() -> None:
    """Without a version at a known place nothing is read that could be elsewhere."""
    block = filled(900, {6: b"\x50", 423: longs(101)})
    found = names(mapy.read(canon((INFO, UNDEFINED, block), model="Canon EOS 50D")))
    assert "ISO" in found
    assert "DirectoryIndex" not in found


def test_reads_picture_styles_inside_camera_info() -> None:
    """The settings of the styles lie at a place of the model's own."""
    block = filled(1000, {603: longs(-1), 607: longs(3)})
    found = mapy.read(canon((INFO, UNDEFINED, block), model="Canon EOS 40D"))
    assert machine(found, "ContrastStandard") == -1
    assert machine(found, "SharpnessStandard") == 3


def test_says_once_what_two_records_say() -> None:
    """What was measured counts, not what the dump of the camera's state says again."""
    block = filled(900, {3: b"\x30"})
    record = words(34, {21: 64})
    file = canon((SHOT, SHORT, record), (INFO, UNDEFINED, block), model="Canon EOS 40D")
    found = [tag.machine for tag in mapy.read(file) if tag.name == "FNumber"]
    assert found == [2.0]


def test_knows_compact_cameras_by_the_number_of_their_numbers() -> None:
    """The count of a block tells its layout, and where the temperature stands."""
    values = [0] * 148
    values[0], values[5], values[145] = 411, 192, 24
    found = mapy.read(canon((INFO, LONG, longs(*values)), model="Canon PowerShot G9"))
    assert machine(found, "ISO") == 100.0
    assert machine(found, "FNumber") == 2.0
    assert machine(found, "CameraTemperature") == 24


def test_puts_the_bits_of_file_numbers_in_order() -> None:
    """The EOS 20D and the 30D scatter folder and file, each in a way of its own."""
    of_20d = canon((FILE, SHORT, words(20, {1: 100 << 6 | 1, 2: 7})))
    of_30d = canon((FILE, SHORT, words(20, {1: 36 << 10 | 2, 2: 3 << 4})), model="Canon EOS 30D")
    assert machine(mapy.read(of_20d), "FileNumber") == 1000263
    assert readable(mapy.read(of_20d), "FileNumber") == "100-0263"
    assert machine(mapy.read(of_30d), "FileNumber") == 1000035


def _colours(count: int, version: int, places: dict[int, int]) -> bytes:
    values = [0] * count
    values[0] = version
    for place, value in places.items():
        values[place] = value
    return canon((COLOUR, SHORT, shorts(*values)))


@pytest.mark.parametrize(
    ("count", "version", "place"), [(582, 0, 25), (796, 1, 63), (692, 3, 63), (1816, 16, 71)]
)
def test_finds_white_balances_by_generation(count: int, version: int, place: int) -> None:
    """The number of words tells where the balances are."""
    places = {place: 2000, place + 1: 1024, place + 2: 1024, place + 3: 1500, place + 4: 5200}
    found = mapy.read(_colours(count, version, places))
    assert machine(found, "WB_RGGBLevelsAsShot") == "2000 1024 1024 1500"
    assert machine(found, "ColorTempAsShot") == 5200


@pytest.mark.parametrize(("version", "place"), [(10, 508), (11, 732)])
def test_finds_levels_by_version(version: int, place: int) -> None:
    """Within a generation the version tells where the levels are."""
    found = mapy.read(_colours(1312, version, {place: 15000}))
    assert machine(found, "NormalWhiteLevel") == 15000


def test_reads_custom_functions_by_camera() -> None:
    """A word of the list is a number and its value; the camera tells what the number means."""
    found = mapy.read(canon((FUNCTIONS, SHORT, words(3, {1: 0x0301, 2: 0x0601}))))
    assert machine(found, "Shutter-AELock", "CanonCustom") == 1
    assert machine(found, "FlashFiring", "CanonCustom") == 1


def test_reads_custom_functions_in_groups() -> None:
    """Newer cameras have groups of functions with any number of values."""
    functions = longs(0x0101, 1, 1, 0x010C, 3, 1, 136, -24 & 0xFFFFFFFF)
    group = longs(1, len(functions) + 8, 2) + functions
    block = shorts(len(group) + 8, 0) + longs(1) + group
    found = mapy.read(canon((FUNCTIONS_2, LONG, block)))
    assert machine(found, "ExposureLevelIncrements", "CanonCustom") == 1
    assert machine(found, "ShutterSpeedRange", "CanonCustom") == "1 0.0009765625 1024"


def test_reads_filters() -> None:
    """A creative filter has parameters of its own."""
    parameters = longs(0x0101, 1, 3)
    block = longs(1, len(parameters) + 8, 1) + parameters
    found = mapy.read(canon((0x4024, UNDEFINED, longs(len(block) + 8, 1) + block)))
    assert machine(found, "GrainyBWFilter") == 3


def test_reads_records_of_32_bit_numbers() -> None:
    """Newer records count their places in 32-bit numbers."""
    found = mapy.read(canon((0x0035, LONG, numbers(4, {1: -300, 3: 60}))))
    assert machine(found, "TimeZone") == -300
    assert readable(found, "TimeZone") == "-05:00"
    assert readable(found, "DaylightSavings") == "On"


@pytest.mark.parametrize("moved", [40, -20])
def test_follows_a_note_that_was_moved(moved: int) -> None:
    """The footer tells where the note stood when its offsets were written."""
    records = ((0x0006, ASCII, b"Canon EOS 20D\0"),)
    here = len(canon()) - 5
    found = mapy.read(canon(*records, written_at=here + moved))
    assert machine(found, "CanonImageType") == "Canon EOS 20D"


def test_tells_what_is_not_known_of_a_battery_or_an_id() -> None:
    """An id of zeros is none, and a battery's name has a place of its own."""
    battery = filled(76, {0: b"\x4c", 4: b"LP-E6"})
    file = canon((0x0028, UNDEFINED, bytes(16)), (0x0038, UNDEFINED, battery))
    found = mapy.read(file)
    assert machine(found, "BatteryType") == "LP-E6"
    assert "ImageUniqueID" not in names(found)


WHOLE = canon(
    (SETTINGS, SHORT, words(47, {1: 2, 22: 124, 25: 32})),
    (FOCAL, SHORT, shorts(2, 320, 900, 600)),
    (SHOT, SHORT, words(34, {1: 32, 21: 64, 22: 128})),
    (INFO, UNDEFINED, filled(760, {3: b"\x30", 255: b"1.0.3\0"})),
    (AF_2, SHORT, shorts(40, 2, 1, 1, 640, 480, 640, 480, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0)),
    (FUNCTIONS_2, LONG, shorts(40, 0) + longs(1, 1, 28, 1, 0x010C, 3, 1, 136, 24)),
    (FILE, SHORT, words(20, {1: 7})),
    (0x4024, UNDEFINED, longs(32, 1, 1, 20, 1, 0x0101, 1, 3)),
    (COLOUR, SHORT, shorts(1, *range(691))),
    model="Canon EOS 40D",
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


def test_reads_rows_that_the_table_lacks() -> None:
    """What became known after the list was made is a row of ours, in the place of an old one."""
    found = mapy.read(canon((SETTINGS, SHORT, words(53, {28: 0x91, 51: 3}))))
    assert readable(found, "FlashModel") == "Speedlite 580EX II"
    assert machine(found, "Clarity") == 3
    assert "FlashActivity" not in names(found)


def test_chooses_the_words_of_a_custom_function_by_camera() -> None:
    """The same number means different screens on different cameras."""
    group = longs(4, 20, 1, 0x080B, 1, 1)
    block = shorts(len(group) + 8, 0) + longs(1) + group
    of_5d, of_6d = (
        mapy.read(canon((FUNCTIONS_2, LONG, block), model=f"Canon EOS {model}"))
        for model in ("5D Mark II", "6D")
    )
    assert readable(of_5d, "FocusingScreen", "CanonCustom") == "Eg-D"
    assert readable(of_6d, "FocusingScreen", "CanonCustom") == "Eg-D"
    assert of_5d["CanonCustom:FocusingScreen"].definition != (
        of_6d["CanonCustom:FocusingScreen"].definition
    )


def test_tells_where_the_preview_stands_in_the_file() -> None:
    """The offset of a preview counts from the TIFF header, and is told from the file's start."""
    record = longs(6, 3, 4, 160, 120, 8)
    found = mapy.read(canon((0x00B6, LONG, record)))
    assert machine(found, "PreviewImageStart") == 8
    assert found["Canon:PreviewImage"].length == 4
