"""Notes that few cameras write: how each is known, and what it says. The values are ExifTool's."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

import pytest

import mapy
from mapy_note_builders import (
    ASCII,
    LONG,
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

KODAK = "EASTMAN KODAK COMPANY"
PICTURE = b"\xff\xd8\xff\xdb" + bytes(20) + b"\xff\xd9"
"""What is taken for a preview."""


def tags(make: str, model: str, note: bytes | Callable[[int], bytes]) -> dict[str, object]:
    """The readable values of the tags that are not EXIF's."""
    build = note if callable(note) else lambda _at: note
    read = mapy.read(camera_file(make, model, build))
    return {
        tag.name: tag.readable
        for tag in read
        if tag.group not in ("IFD0", "ExifIFD", "File") and tag.is_known
    }


def binary(size: int) -> str:
    """What stands for bytes."""
    return f"(Binary data {size} bytes, use -b option to extract)"


def marked(*rows: Row) -> bytes:
    """A directory of Kodak's that begins with its byte order."""
    return b"II" + directory(2, *rows)


def kodak_8(*rows: Row) -> Callable[[int], bytes]:
    """A note of Kodak's that is a directory from its first byte on."""
    return tiff_note(b"", *rows)


def test_reads_directories_that_are_values_of_kodaks_entries() -> None:
    """Each has its own byte order and offsets, and its own units; what is told first counts."""
    first = marked(
        (0xFA23, SHORT, u16(280)), (0xFA24, LONG, u32(2000)), (0xFA19, ASCII, b"K1234\0")
    )
    second = marked((0xF103, LONG, u32(350)), (0xF105, LONG, u32(640)), (0x6103, LONG, u32(450)))

    found = tags(KODAK, "Z712", kodak_8((0xFC00, UNDEFINED, first), (0xFC02, UNDEFINED, second)))

    assert found == {
        "SerialNumber": "K1234",
        "FNumber": 2.8,
        "ExposureTime": "1/50",
        "MaxAperture": 4.5,
        "ISO": 64,
    }


def test_reads_directories_that_kodaks_entries_point_to() -> None:
    """The first is bare and counts from the TIFF header, the second marked, from its mark on."""

    def note(at: int) -> bytes:
        behind = at + 2 + 12 * 2 + 4
        bare = directory(behind, (0xFA2E, SHORT, u16(100)))
        second = marked((0x1000, SHORT, u16(250)))
        rows = (0xFC00, LONG, u32(behind)), (0xFC03, LONG, u32(behind + len(bare)))
        return directory(at, *rows) + bare + second

    assert tags(KODAK, "V1233", note) == {"ISO": 100, "OpticalZoom": "2.50"}


def padded(*, is_before: bool, order: str, rows: tuple[Row, ...]) -> bytes:
    """A TIFF header and a directory whose number of entries fills four bytes."""
    body = directory(10, *rows, order=order)
    number = b"\0\0" + body[:2] if is_before else body[:2] + b"\0\0"
    mark = b"II*\0\x08\0\0\0" if order == "<" else b"MM\0*\0\0\0\x08"
    return mark + number + body[2:]


@pytest.mark.parametrize(("order", "is_before"), [("<", False), (">", True)])
def test_reads_the_padded_directories_of_pixpro(order: str, *, is_before: bool) -> None:
    """The number of entries has two zeros behind it or in front of it."""
    rows = ((0x0207, ASCII, b"AZ901\0"), (0x0300, ASCII, b"Kodak\0"))
    note = padded(is_before=is_before, order=order, rows=rows)

    found = tags("JK Imaging, Ltd.", "KODAK PIXPRO AZ901", note)

    assert found == {"KodakModel": "AZ901", "KodakMake": "Kodak"}


def test_reads_the_directory_behind_two_letters() -> None:
    """The Z980's: its ISO is told in thirds of an EV."""
    rows = ((0x0002, SHORT, u16(640, 480)), (0x0014, SHORT, u16(6)), (0x001D, LONG, u32(5250)))
    found = tags(KODAK, "Z980", tiff_note(b"II", *rows))
    assert found == {"PreviewImageSize": "640x480", "ISO": 100, "FocalLength": "52.5 mm"}


IIII = b"IIII\2\0" + bytes(6) + u16(280, 0) + u32(5000) + b"2006/01/02 10:20:30\0" + bytes(200)


@pytest.mark.parametrize(("make", "f_number"), [(KODAK, 2.8), ("BenQ", 28)])
def test_reads_a_record_that_other_makers_share_with_kodak(make: str, f_number: float) -> None:
    """Kodak counts the aperture in hundredths, and tells its firmware."""
    found = tags(make, "M320", IIII)
    assert found["FNumber"] == f_number
    assert found["DateTimeOriginal"] == "2006:01:02 10:20:30"
    assert ("FirmwareVersion" in found) == (make == KODAK)


@pytest.mark.parametrize("make", ["PENTAX Corporation", "MINOLTA CO.,LTD", "Hewlett-Packard"])
def test_knows_kodaks_note_in_cameras_of_others(make: str) -> None:
    """Kodak's name stands at the ninth byte."""
    note = b"\1\2\3\4\5\6\7\x08" + b"Eastman Kodak".ljust(32, b"\0") + b"EK1".ljust(32, b"\0")
    assert tags(make, "one", note.ljust(120, b"\0"))["KodakModel"] == "EK1"


def test_reads_an_early_record_by_how_it_begins() -> None:
    """Records without a signature are known by the values that they begin with."""
    note = b"\0\x1a\x18\0" + bytes(16) + pack(">IHHH", 1000, 0, 1, 280) + bytes(20)
    assert tags(KODAK, "CX1", note)["FNumber"] == 2.8


def test_reads_labels_of_cameras_that_are_sold_under_many_names() -> None:
    """A text with labels, in which a picture may stand."""
    note = b"610\2 Serial Number: A4711\0Lens Shading: on\0" + PICTURE + b"Serial Number: 9\0"
    assert tags("Traveler", "E4", note) == {
        "SerialNumber": "A4711",
        "LensShading": "on",
        "PreviewImage": binary(len(PICTURE)),
    }


def test_reads_the_labels_of_small_cameras_of_pentax() -> None:
    """Their note begins with digits."""
    assert tags("PENTAX", "Optio E20", b"0100 F/W Version: 1.00\0") == {"FirmwareVersion": "1.00"}


@pytest.mark.parametrize(
    ("make", "signature"), [("Hewlett-Packard", b"Hewlett-Packard\0"), ("Vivitar", b"Vivitar\0")]
)
def test_reads_the_directory_behind_the_makers_name(make: str, signature: bytes) -> None:
    """All that is known of it is what it says to printers."""
    print_im = b"PrintIM\x000300\0\0" + bytes(4)
    found = tags(make, "one", tiff_note(signature, (0x0E00, UNDEFINED, print_im)))
    assert found == {"PrintIMVersion": "0300"}


def test_reads_the_note_of_phones_of_sony_ericsson() -> None:
    """A TIFF header behind a signature, and where a preview lies."""
    rows = (
        (0x0201, LONG, u32(90)),
        (0x0202, LONG, u32(30)),
        (0x2000, UNDEFINED, b"0100"),
    )
    note = b"SEMC MS\0" + bytes(4) + b"II*\0" + u32(8) + directory(8, *rows) + bytes(100)

    read = mapy.read(camera_file("Sony Ericsson", "C905", lambda _at: note))

    start = read["Sony:PreviewImageStart"].machine
    assert (read["Sony:PreviewImage"].offset, read["Sony:PreviewImage"].length) == (start, 30)
    assert read["Sony:MakerNoteVersion"].machine == "0100"


@pytest.mark.parametrize(
    ("make", "note", "name"),
    [
        ("KONICA MINOLTA", b"KC\0\0" + bytes(50), "MakerNoteMinolta3"),
        ("scanner", b"LSI1\0" + b"\1" * 49, "MakerNoteUnknownBinary"),
    ],
)
def test_names_notes_that_nobody_can_read(make: str, note: bytes, name: str) -> None:
    """What is a note and has no known structure is told by its length."""
    read = mapy.read(camera_file(make, "one", lambda _at: note))
    assert read[f"ExifIFD:{name}"].machine == binary(54)


@pytest.mark.parametrize("make", ["Nokia", "SAMSUNG", "Sony Ericsson"])
def test_a_note_that_is_a_picture_is_a_preview(make: str) -> None:
    """Some phones keep nothing else there, also those of makers that have notes of their own."""
    picture = b"\xff\xd8\xff\xdb" + bytes(20) + b"\xff\xd9"
    read = mapy.read(camera_file(make, "one", lambda _at: picture))

    assert read["File:PreviewImage"].length == len(picture)


def test_reads_no_directory_behind_its_end() -> None:
    """A note that ends within its own head is no note, and no error."""
    for note in (b"II*\0\x08\0\0\0\1\0\0\0", b"SEMC MS\0", b"610", b"MM\0\2", b"Vivitar\0"):
        assert tags(KODAK, "one", note) == {}
        assert tags("JK Imaging", "one", note) == {}


def test_reads_what_a_compact_camera_of_canon_tells_of_a_film() -> None:
    """Its length in milliseconds, and four letters in the order of a number."""
    film = bytearray(240)
    film[:6] = u16(len(film), 0xFFFF, 0xFFFF)
    film[8:12], film[12:16] = u32(900), u16(30, 1)
    film[212:216], film[232:236] = u32(30_030), b"1cva"
    found = tags("Canon", "Canon PowerShot S95", tiff_note(b"", (0x0011, SHORT, bytes(film))))
    assert {name: found[name] for name in ("FrameCount", "Duration", "VideoCodec")} == {
        "FrameCount": 900,
        "Duration": "0:00:30",
        "VideoCodec": "avc1",
    }


def test_opens_the_levels_that_samsung_hides() -> None:
    """Numbers of a key in the note were added to them; rows of a curve begin the key anew."""
    key = (305, 72, 737, 456, 282, 307, 519, 724, 13, 505, 193)
    curve = u32(2, 100 - key[0], 200 - key[1], 300 + key[0], 400 + key[1])
    rows = (
        (0x0001, UNDEFINED, b"0100"),
        (0xA020, LONG, u32(*key)),
        (0xA021, LONG, u32(305 + 1, 72 + 2, 737 + 3, 456 + 4)),
        (0xA022, LONG, u32(282 + 1, 307 + 2, 519 + 3, 724 + 4)),
        (0xA033, SLONG, u32(1 - 305, 2 - 72, -3 - 737, 4 - 456)),
        (0xA040, LONG, curve),
    )
    found = tags("SAMSUNG", "EK-GC100", lambda _at: directory(0, *rows))
    assert {name: found.get(name) for name in list(found)[2:]} == {
        "WB_RGGBLevelsUncorrected": "1 2 3 4",
        "WB_RGGBLevelsAuto": "1 2 3 4",
        "CbCrMatrixDefault": "1 2 -3 4",
        "ToneCurveSRGBDefault": "2 100 200 300 400",
    }


def test_reads_the_focus_of_leicas_x1() -> None:
    """Distance and focal length in thousandths, and the number of the file."""
    rows = (0x040A, UNDEFINED, u16(1500, 24_000)), (0x0410, UNDEFINED, u16(7))
    assert tags("LEICA CAMERA AG", "LEICA X1", own_note(b"LEICA\0\1\0", *rows)) == {
        "FocusDistance": "1.5 m",
        "FocalLength": "24.0 mm",
        "FileIndex": 7,
    }


def test_reads_minoltas_settings_in_the_note_of_another_maker() -> None:
    """The cameras that were made for Minolta have its settings in Olympus's note."""
    settings = pack(">40I", *range(40))
    found = tags(
        "Minolta Co., Ltd.", "DiMAGE E323", tiff_note(b"MINOL\0\1\0", (3, UNDEFINED, settings))
    )
    assert (found["ExposureMode"], found["FlashMode"]) == ("Aperture Priority", "Rear flash sync")


@pytest.mark.parametrize("model", ["PENTAX XG-1", "RICOH WG-M1"])
def test_reads_the_padded_directory_of_ricoh(model: str) -> None:
    """A TIFF header, then a directory whose number of entries fills four bytes."""
    note = padded(is_before=False, order="<", rows=((0x0207, ASCII, b"XG-1\0"),))
    assert tags("RICOH", model, note) == {"RicohModel": "XG-1"}


def test_reads_the_note_of_ricohs_that_begins_with_blanks() -> None:
    """In place of the maker's name some cameras have blanks."""
    found = tags("RICOH", "R50", tiff_note(b"      \2\1", (0x0002, ASCII, b"Rev0106\0")))
    assert found == {"FirmwareVersion": "1.06"}


def test_a_hidden_level_without_numbers_loses_nothing_behind_it() -> None:
    """It is left out."""
    rows = (
        (0x0001, UNDEFINED, b"0100"),
        (0xA020, LONG, u32(1, 2)),
        (0xA021, LONG, b""),
        (0xA022, LONG, u32(9, 9)),
    )
    found = tags("SAMSUNG", "EK-GC100", lambda _at: directory(0, *rows))

    assert "WB_RGGBLevelsUncorrected" not in found
    assert found["WB_RGGBLevelsAuto"] == "8 7"
