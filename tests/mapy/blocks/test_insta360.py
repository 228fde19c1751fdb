"""The trailer of Insta360's cameras: records, found from the end or by their list."""

from __future__ import annotations

from struct import pack

import pytest

import mapy
from mapy_builders import code_of, jpeg

TEXTS = b"".join(
    bytes([number, len(text)]) + text
    for number, text in (
        (0x0A, b"IXE123"),
        (0x12, b"Insta360 ONE X"),
        (0x1A, b"v1.2.3"),
        (0x2A, b"2_1520.5_0.1"),
    )
)


def fix(second: int, validity: bytes, north: float, sides: bytes, east: float) -> bytes:
    """One row of the way: time, validity, position, then speed, direction, height."""
    head = pack("<IIHcdc", second, 0, 120, validity, north, sides[:1])
    return head + pack("<dcddd", east, sides[1:], 1.5, 271.123456, 12.25)


WAY = fix(1714558272, b"V", 0, b"\0\0", 0) + fix(1714558273, b"A", 33.859833, b"SE", 151.21)
RECORDS = ((0x700, WAY), (0x300, bytes(20)), (0x200, b"\xff\xd8\xff\xe1.\xff\xd9"), (0x101, TEXTS))


def insta360(*records: tuple[int, bytes], is_listed: bool = False) -> bytes:
    """The trailer: each record with a foot of kind and length, the foot of the whole last."""
    body, rows = b"", b""
    for kind, content in records:
        rows += pack("<HII", kind, len(content), len(body))
        body += content + pack("<HI", kind, len(content))
    if is_listed:
        body += rows + pack("<HI", 0, len(rows))
    end = bytes(32) + pack("<II", len(body) + 72, 3) + b"8db42d694ccc418790edff439fe026bf"
    return body + end


@pytest.mark.parametrize("is_listed", [False, True])
def test_reads_the_camera_and_where_it_was(*, is_listed: bool) -> None:
    """Texts, a preview, the first fix that counts: values are those of ExifTool's option -ee."""
    metadata = mapy.read(jpeg() + insta360(*RECORDS, is_listed=is_listed))
    found = {tag.name: tag.readable for tag in metadata if tag.group == "Insta360"}

    assert found == {
        "SerialNumber": "IXE123",
        "Model": "Insta360 ONE X",
        "Firmware": "v1.2.3",
        "Parameters": "2 1520.5 0.1",
        "PreviewImage": "(Binary data 7 bytes, use -b option to extract)",
        "GPSDateTime": "2024:05:01 10:11:13.12Z",
        "GPSLatitude": "33 deg 51' 35.40\" S",
        "GPSLongitude": "151 deg 12' 36.00\" E",
        "GPSSpeed": 5.4,
        "GPSTrack": 271.1235,
        "GPSAltitude": "12.25 m",
    }
    assert metadata["Insta360:GPSLatitude"].machine == -33.859833


def test_reads_the_end_of_a_trailer_that_is_longer_than_a_block() -> None:
    """Films are in it, too; what tells of the camera stands at its end."""
    records = ((0x300, bytes(20) * 500_000), *RECORDS)
    metadata = mapy.read(jpeg() + insta360(*records, is_listed=True))

    assert metadata["Insta360:Model"].machine == "Insta360 ONE X"


def test_survives_every_truncation_of_its_front() -> None:
    """Records that begin in front of the trailer are left out."""
    whole = insta360(*RECORDS, is_listed=True)
    for size in range(1, len(whole)):
        assert code_of(jpeg() + whole[-size:]) == ""


def test_a_list_of_one_record_again_and_again_is_read_once() -> None:
    """Its rows may all tell of the same megabytes."""
    long = TEXTS + bytes(6_000_000)
    rows = pack("<HII", 0x101, len(long), 0) * 1_000
    body = long + pack("<HI", 0x101, len(long)) + rows + pack("<HI", 0, len(rows))
    end = bytes(32) + pack("<II", len(body) + 72, 3) + b"8db42d694ccc418790edff439fe026bf"
    metadata = mapy.read(jpeg() + body + end)

    assert metadata["Insta360:Model"].machine == "Insta360 ONE X"
    assert sum(tag.name == "Model" for tag in metadata) == 1
