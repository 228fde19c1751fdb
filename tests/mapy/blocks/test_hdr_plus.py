"""HDR+: the note of Pixel phones, in its two versions and its two places."""

from __future__ import annotations

from base64 import b64encode

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy import blocks
from mapy.buffer import ByteView
from mapy.limits import Budget, Limits
from mapy.reading import Reading
from mapy_builders import (
    UNDEFINED,
    Entry,
    ascii_entry,
    exif,
    ifd,
    jpeg,
    pointer,
    rdf,
    tiff,
    xmp,
)
from mapy_hdr_plus_builders import field, note


def in_xmp(content: bytes) -> bytes:
    """A picture with the note in XMP, as newer phones write it, without the end of base64."""
    written = b64encode(content).decode().rstrip("=")
    names = 'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"'
    return jpeg(xmp(rdf("", f'{names} GCamera:HdrPlusMakernote="{written}"')))


def read(content: bytes, **limits: int) -> tuple[dict[str, object], list[str]]:
    """The values of a note by name, and the codes of the problems."""
    view = ByteView(content)
    reading = Reading(view, Budget(Limits(**limits)))
    blocks.parse("hdr-plus", view, reading, "")
    tags = [tag for directory in reading.directories for tag in directory]
    return {tag.name: tag.machine for tag in tags}, [each.code for each in reading.problems]


DEVICE = (
    field(1, b"Google")
    + field(2, b"Pixel 8 Pro")
    + field(8, 1694689039000)
    + field(12, field(1, 0.5) + field(2, 32000.0))
)
MESSAGE = (
    field(1, field(1, b"Finished image") + field(2, b"picture"))
    + field(3, b"a summary")
    + field(9, field(3, 11) + field(36, field(1, 1696625631)))
    + field(12, DEVICE)
)
TEXT = (
    b"Payload frame 12 (base64): cGljdHVyZQ==\nPayload metadata:\n  frame_count  9\n"
    b"StaticMetadata\n  make  Google\nSomething else:\n  1\nTime log:\n  0.15 ms\n"
)


def test_reads_a_message() -> None:
    """Version 3: names, dates, times of exposure in seconds; pictures and logs by their size."""
    assert read(note(3, MESSAGE)) == (
        {
            "ImageName": "Finished image",
            "ImageData": "(Binary data 7 bytes, use -b option to extract)",
            "SummaryText": "(Binary data 9 bytes, use -b option to extract)",
            "FrameCount": 11,
            "CreateDate": "2023:10:06 20:53:51+00:00",
            "DeviceMake": "Google",
            "DeviceModel": "Pixel 8 Pro",
            "SoftwareDate": "2023:09:14 10:57:19.000+00:00",
            "ExposureTimeMin": 0.0005,
            "ExposureTimeMax": 32.0,
        },
        [],
    )


def test_reads_a_text() -> None:
    """Version 2: sections by their headings; those without a name are left out."""
    assert read(note(2, TEXT)) == (
        {
            "PayloadFrame12": "(Binary data 7 bytes, use -b option to extract)",
            "PayloadMetadataText": "(Binary data 17 bytes, use -b option to extract)",
            "StaticMetadataText": "(Binary data 15 bytes, use -b option to extract)",
            "TimeLogText": "(Binary data 10 bytes, use -b option to extract)",
        },
        [],
    )


def test_reads_a_text_without_sections() -> None:
    """There is nothing to name: found by fuzzing."""
    assert read(note(2, b"")) == ({}, [])
    assert read(note(2, b"no heading\n")) == ({}, [])


def test_is_found_in_the_maker_note_and_in_xmp() -> None:
    """Older phones have it there, newer ones here."""
    maker = Entry(0x927C, UNDEFINED, note(3, MESSAGE))
    main = ifd(ascii_entry(0x010F, "Google"), pointer(0x8769, ifd(maker)))

    for content in (jpeg(exif(tiff(main))), in_xmp(note(3, MESSAGE))):
        assert mapy.read(content)["Google:DeviceModel"].machine == "Pixel 8 Pro"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"HDRP\3" + bytes(40), "hdr-plus.broken"),
        (b"HDRP", "hdr-plus.cut-short"),
        (note(3, MESSAGE[:-3]), "hdr-plus.cut-short"),
        (note(3, field(12, field(1, b"Google"))[:-2]), "hdr-plus.cut-short"),
        (note(3, b"\x0f"), "hdr-plus.cut-short"),
        (note(3, b"\xff" * 20), "hdr-plus.cut-short"),
    ],
)
def test_says_what_is_wrong(content: bytes, code: str) -> None:
    """A note that is no note, or not a whole one; what stands in front of the fault is kept."""
    assert read(content)[1] == [code]


def test_keeps_what_stands_in_front_of_a_fault() -> None:
    """The first fields of a message that is cut short."""
    assert read(note(3, MESSAGE[:-3]))[0]["FrameCount"] == 11


@pytest.mark.parametrize(
    "content",
    [
        field(12, field(1, 7) + field(8, b"soon") + field(14, b"much")),
        field(12, field(8, (1 << 63) - 1) + field(12, field(1, b"x"))),
        field(9, field(36, field(1, 1.5)) + field(3, b"x")) + field(12, 3),
        field(14, b"") + field(1, 5),
    ],
)
def test_takes_values_of_any_type(content: bytes) -> None:
    """A field of another type than phones write is shown as it stands."""
    assert read(note(3, content))[1] == []


def test_bounds_what_a_note_grows_to() -> None:
    """A bomb of zeros, and a message of empty fields."""
    assert read(note(2, bytes(100_000)), inflated_bytes=50_000)[1] == ["limit.inflated-bytes"]
    assert read(note(3, field(4, b"") * 2000), nodes=1000)[1] == ["limit.nodes"]


def test_reads_no_other_version() -> None:
    """What is not known is not guessed."""
    assert read(note(4, MESSAGE)) == ({}, [])


@given(at=st.integers(0, len(MESSAGE) - 1), byte=st.integers(0, 255))
def test_survives_any_byte(at: int, byte: int) -> None:
    """Changed anywhere, a message gives what is left, or a problem."""
    content = bytearray(MESSAGE)
    content[at] = byte

    assert read(note(3, bytes(content)))[1] in ([], ["hdr-plus.cut-short"])
