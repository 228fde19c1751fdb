"""The small blocks of JPEG's application segments, each by its signature."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_block_builders import (
    PICTURE_INFO,
    RMETA,
    flashpix_contents,
    flashpix_portion,
    flir,
    gpmf,
    print_im,
    property_set,
)
from mapy_builders import Entry, ascii_entry, ifd, jpeg, pointer, segment, tiff

FILM = pointer(0xC36E, ifd(Entry(1, 7, b"UNICODE\0N\0o\0")))


@pytest.mark.parametrize(
    ("marker", "payload", "key", "machine", "readable"),
    [
        (0xE0, b"AVI1\1" + bytes(7), "AVI1:InterleavedField", 1, "Odd"),
        (0xE0, b"Ocad$Rev: 14797 $", "Ocad:OcadRevision", "14797", "14797"),
        (
            0xE3,
            b"Meta\0\0" + tiff(ifd(ascii_entry(0xC350, "37"))),
            "MetaIFD:FilmProductCode",
            "37",
            "37",
        ),
        (
            0xE3,
            b"Meta\0\0" + tiff(ifd(FILM)),
            "KodakEffectsIFD:DigitalEffectsName",
            "UNICODENo",
            "No",
        ),
        (0xE3, b"_JPSJPS_\0\4\0\4\3\1\0\4test", "JPS:JPSLayout", 3, "Over Under"),
        (0xE3, b"_JPSJPS_\0\4\0\4\3\1\0\4test", "JPS:JPSComment", "test", "test"),
        (0xE3, b"_JPSJPS_\0\4\0\5\3\1\0\0", "JPS:JPSFlags", 5, "Half height, Left field first"),
        (
            0xE4,
            b"SCALADO\0" + bytes(8) + b"WDTH\0\0\0\1\xff\xff\xff\x60",
            "Scalado:PreviewImageWidth",
            160,
            160,
        ),
        (0xE5, b"RMETA\0" + RMETA, "RMETA:SignType", 3, "Information"),
        (0xE5, b"RMETA\0" + RMETA, "RMETA:Lit", 2, "No"),
        (
            0xE6,
            b"NITF\0\2\0B\0\1\0\1\0\x08\0\1\1\0\x08\1\1\0\0",
            "NITF:Flags",
            0x01010000,
            "0x1010000",
        ),
        (
            0xE6,
            b"EPPIM\0" + tiff(ifd(Entry(0xC4A5, 7, print_im()))),
            "PrintIM:PrintIMVersion",
            "0300",
            "0300",
        ),
        (
            0xE8,
            b"SPIFF\0\1\2\1\3\0\0" + struct.pack(">II", 8, 16) + b"\1\x08\5\1" + bytes(8),
            "SPIFF:SPIFFVersion",
            "1 2",
            "1.2",
        ),
        (
            0xE9,
            b"Media Jukebox\0\1\0<MJMD><Name>A &amp; B</Name></MJMD>",
            "MediaJukebox:Name",
            "A & B",
            "A & B",
        ),
        (
            0xE9,
            b"Media Jukebox\0\1\0<MJMD><Date>25569.5</Date></MJMD>",
            "MediaJukebox:Date",
            "1970:01:01 12:00:00",
            "1970:01:01 12:00:00",
        ),
        (0xEB, b"HDR_RI ver=11\n ln0=0.5 cor=0\n~\0abc", "JPEG-HDR:Ln0", 0.5, 0.5),
        (
            0xEB,
            b"HDR_RI ver=11\n~\0abc",
            "JPEG-HDR:RatioImage",
            "(Binary data 3 bytes, use -b option to extract)",
            "(Binary data 3 bytes, use -b option to extract)",
        ),
        (0xEC, b"Ducky\0\1\0\4\0\0\0\x3c\0\0", "Ducky:Quality", 60, "60%"),
        (0xEC, b"Ducky\0\3\0\6\0\0\0\1\0x\0\0", "Ducky:Copyright", "x", "x"),
        (
            0xEC,
            PICTURE_INFO,
            "PictureInfo:DateTimeOriginal",
            "1998:10:29 22:06:59",
            "1998:10:29 22:06:59",
        ),
        (0xEC, PICTURE_INFO, "PictureInfo:ExposureTime", 0.033363, "1/30"),
        (0xEC, PICTURE_INFO, "PictureInfo:TagQ", 82, 82),
        (0xED, b"Adobe_CM\0\3", "AdobeCM:AdobeCMType", 3, 3),
        (0xEF, b"Q 70", "GraphConv:Quality", 70, 70),
    ],
)
def test_reads_a_segment(
    marker: int, payload: bytes, key: str, machine: object, readable: object
) -> None:
    """A known signature gives its tags."""
    tag = mapy.read(jpeg(segment(marker, payload)))[key]

    assert machine == pytest.approx(tag.machine)
    assert readable == tag.readable


def test_reads_what_qualcomm_software_tells_of_two_cameras() -> None:
    """Lines of text; values are ExifTool's, and so are names that its table lacks."""
    lines = b" AF ROI left = 12\nFocal length Ratio = 1.234\nBrand new key= yes \nno value\n5th = 2"
    metadata = mapy.read(jpeg(segment(0xE4, b"Qualcomm Dual Camera Attributes" + lines)))

    assert {tag.key: tag.machine for tag in metadata if tag.group == "Qualcomm"} == {
        "Qualcomm:AF_ROILeft": "12",
        "Qualcomm:FocalLengthRatio": "1.234",
        "Qualcomm:BrandNewKey": "yes ",
        "Qualcomm:Tag5Th": "2",
    }


def test_reads_the_settings_of_qualcomm_software() -> None:
    """A setting has a name, a type and a value."""
    setting = b"\2\0\x0baf_position\2\1\0\1\0" + struct.pack("<H", 300)
    payload = b"\x1aQualcomm Camera Attributes" + setting + setting[:-1]

    assert mapy.read(jpeg(segment(0xE7, payload)))["Qualcomm:AFPosition"].machine == 300


def test_reads_the_pieces_of_hewlett_packard() -> None:
    """A serial number lies inside another piece."""
    piece = struct.pack("<4sII", b"CMSN", 1, 5) + b"ABC12"
    payload = struct.pack("<4sII", b"TDHD", 1, 41) + struct.pack(
        "<4sII", b"LSLV", 0x10001, len(piece)
    )

    assert mapy.read(jpeg(segment(0xE6, payload + piece)))["HP:SerialNumber"].machine == "ABC12"


def test_reads_the_settings_of_a_gopro() -> None:
    """Items of four letters lie inside each other; their types tell how they are written."""
    items = (
        gpmf(b"FMWR", b"c", 1, 5, b"H22.1")
        + gpmf(b"MUID", b"L", 4, 2, struct.pack(">2I", 0xA6, 1))
        + gpmf(b"TZON", b"s", 2, 1, struct.pack(">h", -90))
        + gpmf(b"CDAT", b"J", 8, 1, struct.pack(">Q", 1714499657))
        + gpmf(b"PYCF", b"c", 4, 2, b"r0\0\0r1\0\0")
        + gpmf(b"GRAV", b"f", 12, 1, struct.pack(">3f", 0.5, 1, 2))
        + gpmf(b"PRTN", b"c", 1, 1, b"Y")
    )
    whole = gpmf(b"DEVC", b"\0", 1, len(items), items)
    metadata = mapy.read(jpeg(segment(0xE6, b"GoPro\0" + whole)))

    assert metadata["GoPro:FirmwareVersion"].machine == "H22.1"
    assert metadata["GoPro:MediaUniqueID"].readable == "000000a600000001"
    assert metadata["GoPro:TimeZone"].readable == "-01:30"
    assert metadata["GoPro:CreationDate"].machine == "2024:04:30 17:54:17"
    assert metadata["GoPro:PolynomialPower"].machine == ["r0", "r1"]
    assert metadata["GoPro:GravityVector"].machine == (
        "(Binary data 7 bytes, use -b option to extract)"
    )
    assert metadata["GoPro:Protune"].readable == "On"


def test_bounds_how_deep_items_of_a_gopro_lie() -> None:
    """Items inside items are followed for a few levels."""
    items = b""
    for _ in range(50):
        items = gpmf(b"DEVC", b"\0", 1, len(items), items)

    assert "File:ImageWidth" in mapy.read(jpeg(segment(0xE6, b"GoPro\0" + items)))


def test_reads_the_extensions_of_flashpix() -> None:
    """A property set tells of an extension: texts, classes, times, numbers."""
    text = struct.pack("<II", 31, 5) + "Nail\0".encode("utf-16-le") + b"\0\0"
    properties = property_set(
        (0x00000001, struct.pack("<Ih", 2, 1200) + b"\0\0"),
        (0x10000000, struct.pack("<IIHH", 0x1012, 2, 1, 2)),
        (0x00010001, text),
        (0x00010002, struct.pack("<I", 72) + bytes(range(16))),
        (0x00010003, struct.pack("<II", 18, 1)),
        (0x00010004, struct.pack("<IQ", 64, 126_000_000_000_000_000)),
    )
    metadata = mapy.read(
        jpeg(
            flashpix_contents("/\5Extension List", "/\5Screen Nail_bd01"),
            flashpix_portion(0, 0, properties[:40]),
            flashpix_portion(0, 40, properties[40:]),
            flashpix_portion(1, 0, bytes(28) + b"head\xff\xd8\xffpicture"),
        )
    )

    assert metadata["FlashPix:CodePage"].readable == "Unicode UTF-16, little endian"
    assert metadata["FlashPix:UsedExtensionNumbers"].machine == [1, 2]
    assert metadata["FlashPix:ExtensionName"].machine == "Nail"
    assert metadata["FlashPix:ExtensionClassID"].machine == "03020100-0504-0706-0809-0A0B0C0D0E0F"
    assert metadata["FlashPix:ExtensionPersistence"].readable == "Invalidated By Modification"
    assert metadata["FlashPix:ExtensionCreateDate"].machine == "2000:04:12 08:00:00"
    assert metadata["FlashPix:ScreenNail"].length == 14
    assert metadata["FlashPix:PreviewImage"].length == 10


def test_a_stream_without_its_beginning_is_passed_over() -> None:
    """A portion that does not continue what was found is no part of the stream."""
    metadata = mapy.read(
        jpeg(flashpix_contents("/\5Screen Nail"), flashpix_portion(0, 40, bytes(100)))
    )

    assert "FlashPix:ScreenNail" not in metadata


CAMERA = struct.pack("<H", 2) + bytes(30) + struct.pack("<3f", 0.95, 1.5, 295.15) + bytes(1100)


def test_reads_what_a_thermal_camera_writes() -> None:
    """Records of the camera and of the heat, in the byte order that each has."""
    pixels = struct.pack(">HHH", 2, 2, 3) + bytes(26)
    metadata = mapy.read(jpeg(flir((0x20, CAMERA), (0x01, pixels + bytes(12)))))

    assert metadata["FLIR:CreatorSoftware"].machine == "LAMP"
    assert metadata["FLIR:Emissivity"].readable == "0.95"
    assert metadata["FLIR:ObjectDistance"].readable == "1.50 m"
    assert metadata["FLIR:ReflectedApparentTemperature"].readable == "22.0 C"
    assert metadata["FLIR:RawThermalImageHeight"].machine == 3
    assert metadata["FLIR:RawThermalImageType"].machine == "TIFF"


def test_tells_where_the_colours_of_a_thermal_palette_are() -> None:
    """Three bytes a colour follow the record of the palette."""
    palette = b"\2" + bytes(47) + b"iron.pal".ljust(32, b"\0") + b"Iron".ljust(32, b"\0") + bytes(6)
    metadata = mapy.read(jpeg(flir((0x22, palette))))

    assert metadata["FLIR:PaletteName"].machine == "Iron"
    assert metadata["FLIR:Palette"].length == 6


def test_a_thermal_record_outside_its_block_is_a_problem() -> None:
    """A place beyond the end costs only that record."""
    whole = bytearray(flir((0x20, CAMERA)))
    at = whole.index(b"FFF\0") + 64 + 12
    whole[at : at + 4] = struct.pack(">I", 1_000_000)

    assert [each.code for each in mapy.read(jpeg(bytes(whole))).problems] == ["flir.outside"]
