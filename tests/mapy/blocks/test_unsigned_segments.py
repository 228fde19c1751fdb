"""Segments of JPEG that hold one value, or have no signature; the values are ExifTool 13.59's."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_builders import Entry, ascii_entry, exif, ifd, jpeg, long, segment, tiff

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="a/b"/>'
    b"</rdf:RDF></x:xmpmeta>"
)
PICTURE = b"\xff\xd8\xff\xdb" + bytes(50) + b"\xff\xd9"
SEAL = b'SEAL\0<seal seal="1" kv="1" ka="rsa" d="example.com" b="F~S,s~f" s="abc"/>'
PENTAX = struct.pack("<HHHI4sHHII", 2, 0, 1, 4, b"\1\2\3\4", 8, 3, 1, 1)
"""An IFD of two rows: the version, the quality."""


def binary(size: int) -> str:
    """What stands for bytes."""
    return f"(Binary data {size} bytes, use -b option to extract)"


@pytest.mark.parametrize(
    ("marker", "payload", "key", "machine"),
    [
        (0xE1, b"http://ns.adobe.com/xap/1.0/" + XMP, "XMP-dc:Format", "a/b"),
        (0xE1, b"XMP\0" + XMP, "XMP-dc:Format", "a/b"),
        (0xE1, b"PARROT\0II*\0" + bytes(60), "Parrot:RawThermalImage", binary(64)),
        (
            0xE2,
            b"urn:iso:std:iso:ts:21496:-1\0" + bytes(4),
            "APP2:UniformResourceName",
            "urn:iso:std:iso:ts:21496:-1",
        ),
        (0xE2, PICTURE, "File:PreviewImage", binary(56)),
        (0xE2, b"BGTH" + PICTURE, "File:PreviewImage", binary(56)),
        (0xE5, b"ssuniqueid\0abc", "Samsung:UniqueID", "616263"),
        (0xE6, b'DTAT\0\0\1{"a":1}', "DJI:DJI_DTAT", '{"a":1}'),
        (0xE7, b"DJI-DBG\0[sensor_id:5][x_y(Z):6]", "DJI:SensorID", "5"),
        (0xE7, b"DJI-DBG\0[sensor_id:5][x_y(Z):6]", "DJI:X_YZ", "6"),
        (0xE8, SEAL, "SEAL:ByteRange", "F~S,s~f"),
        (0xE9, SEAL, "SEAL:KeyAlgorithm", "rsa"),
        (0xEA, b"AROT\0\0\0\0\0\2" + struct.pack("<2I", 7, 123), "AROT:HDRGainCurveSize", 2),
        (0xEA, b"AROT\0\0\0\0\0\2" + struct.pack("<2I", 7, 123), "AROT:HDRGainCurve", binary(5)),
        (0xEA, b"UNICODE\0\0h\0\xe4", "File:Comment", "h\u00e4"),
    ],
)
def test_reads_a_segment(marker: int, payload: bytes, key: str, machine: object) -> None:
    """A known beginning gives its tags."""
    assert machine == mapy.read(jpeg(segment(marker, payload)))[key].machine


def test_reads_a_stereo_picture() -> None:
    """APP3's `Stim` is a directory, two entries of which are records."""
    crop = struct.pack("<HBiBi", 1, 2, -3, 4, 5)
    stim = tiff(
        ifd(
            Entry(0x0000, 7, b"0100"),
            long(0x0002, 1),
            Entry(0x0008, 7, crop),
            long(0x0011, 0),
        )
    )

    read = mapy.read(jpeg(segment(0xE3, b"Stim\0\0" + stim)))

    assert [(tag.name, tag.readable) for tag in read if tag.group == "Stim"] == [
        ("StimVersion", "0100"),
        ("ImageArrangement", "Cross View Alignment"),
        ("ConvergenceDistance", "inf"),
        ("CropYCommonOffset", "Individual Offset Setting"),
        ("CropYViewpointNumber", 2),
        ("CropYOffset", -3),
        ("CropYViewpointNumber2", 4),
        ("CropYOffset2", 5),
    ]


def test_joins_a_preview_over_three_kinds_of_segments() -> None:
    """A preview begins in APP3 and goes on in APP4 and APP5."""
    parts = [segment(0xE3 + n, PICTURE[20 * n : 20 * n + 20]) for n in range(3)]

    read = mapy.read(jpeg(*parts))

    assert binary(56) == read["File:PreviewImage"].machine
    assert len(read.stretches(read["File:PreviewImage"].span)) == 3


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            b"\xaa\x55\x12\x06" + bytes(64) + struct.pack("<3H", 50, 70, 95) + bytes(20),
            {"ObjectDistance": 50, "RelativeHumidity": 70, "Emissivity": 95},
        ),
        (
            struct.pack("<5f", 21.5, 5, 0.95, 0.6, 23) + bytes(12) + b"\x2c\x01\x20\0",
            {
                "AmbientTemperature": "21.5 C",
                "ObjectDistance": "5.0 m",
                "Emissivity": "0.95",
                "RelativeHumidity": "60 %",
                "ReflectedTemperature": "23.0 C",
            },
        ),
        (
            bytes(32) + b"\xaa\x55\x38\0" + struct.pack("<4H", 70, 50, 95, 230),
            {
                "RelativeHumidity": 70,
                "ObjectDistance": 5.0,
                "Emissivity": 0.95,
                "ReflectedTemperature": 23.0,
            },
        ),
    ],
)
def test_reads_what_thermal_cameras_of_dji_write(
    payload: bytes, expected: dict[str, object]
) -> None:
    """APP3 to APP5 have no signature of DJI's; the camera's Make says that they are DJI's."""
    parts = (segment(0xE3, bytes(100)), segment(0xE3, bytes(60)), segment(0xE4, payload))

    read = mapy.read(jpeg(exif(tiff(ifd(ascii_entry(0x010F, "DJI")))), *parts))

    assert binary(160) == read["DJI:ThermalData"].machine
    found = {tag.name: tag.readable for tag in read if tag.group == "DJI"}
    assert expected == {name: found.get(name) for name in expected}


def test_leaves_such_segments_of_other_makers_alone() -> None:
    """The same bytes say nothing in a picture that is not DJI's."""
    read = mapy.read(
        jpeg(segment(0xE3, bytes(100)), segment(0xE4, b"\xaa\x55\x12\x06" + bytes(99)))
    )

    assert [tag for tag in read if tag.group == "DJI"] == []


def test_reads_a_note_in_a_segment() -> None:
    """Ricoh's and Pentax's APP7 is their note, whose offsets count from its start."""
    note = b"PENTAX \0II" + PENTAX

    read = mapy.read(jpeg(segment(0xE7, note)))

    assert read["Pentax:PentaxVersion"].machine == "1 2 3 4"
    assert read["Pentax:Quality"].readable == "Better"
