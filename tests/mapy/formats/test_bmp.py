"""BMP: its header becomes one directory."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import code_of
from mapy_format_builders import bmp, windows_header


def values_of(content: bytes) -> dict[str, object]:
    """The machine values of a BMP's header."""
    tags = [tag for tag in mapy.read(content) if tag.group == "File"]
    return {tag.name: tag.machine for tag in tags[3:]}


def test_reads_the_header_of_windows_3() -> None:
    """A negative height tells the order of rows, and is shown without its sign."""
    values = values_of(bmp(windows_header(40)))

    assert tuple(
        values[name] for name in ("BMPVersion", "ImageWidth", "ImageHeight", "BitDepth")
    ) == (40, 4, 3, 24)
    assert "RedMask" not in values


@pytest.mark.parametrize(("size", "masks"), [(40, 0), (52, 3), (56, 4), (108, 4), (124, 4)])
def test_reads_as_many_masks_as_the_header_has(size: int, masks: int) -> None:
    """Each version has more of them than the last."""
    values = values_of(bmp(windows_header(size)))

    assert masks == len([name for name in values if name.endswith("Mask")])


def test_reads_the_header_of_os_2() -> None:
    """Its size is written in 16 bits."""
    header = struct.pack("<IHHHH", 12, 8, 9, 1, 24)

    assert values_of(bmp(header)) == {
        "BMPVersion": 12,
        "ImageWidth": 8,
        "ImageHeight": 9,
        "Planes": 1,
        "BitDepth": 24,
    }


def test_reads_calibrated_colours() -> None:
    """Endpoints have 30 bits of fraction, gammas have 16."""
    header = bytearray(windows_header(108))
    struct.pack_into("<9I", header, 60, 1 << 30, 1 << 29, *[0] * 7)
    struct.pack_into("<3I", header, 96, 0x23333, 1 << 16, 1 << 15)
    metadata = mapy.read(bmp(bytes(header)))

    assert metadata["File:RedEndpoint"].machine == "1 0.5 0"
    assert tuple(
        metadata[f"File:Gamma{colour}"].machine for colour in ("Red", "Green", "Blue")
    ) == (2.2, 1, 0.5)


def test_reads_the_name_of_a_linked_profile() -> None:
    """The name of a file tells of somebody's folders."""
    header = bytearray(windows_header(124))
    header[56:60] = b"KNIL"
    struct.pack_into("<4I", header, 108, 4, 124, 6, 0)
    metadata = mapy.read(bmp(bytes(header), b"a.icc\0"))

    assert metadata["File:LinkedProfileName"].machine == "a.icc"
    assert metadata["File:ColorSpace"].readable == "Linked Color Profile"


def test_notes_a_profile_outside_the_file() -> None:
    """An offset behind the end is a problem."""
    header = bytearray(windows_header(124))
    header[56:60] = b"DEBM"
    struct.pack_into("<4I", header, 108, 4, 0x7FFFFFFF, 6, 0)
    metadata = mapy.read(bmp(bytes(header)))

    assert [problem.code for problem in metadata.problems] == ["bmp.profile-outside"]


def test_a_text_that_begins_with_bm_is_no_picture() -> None:
    """The header must be of a size that there is."""
    with pytest.raises(mapy.UnknownFormat):
        mapy.read(b"BMW is not a picture of anything")


@given(st.binary(max_size=120))
def test_survives_any_header(tail: bytes) -> None:
    """Whatever stands behind the header's size gives values or a named error."""
    for size in (12, 40, 124):
        assert isinstance(code_of(b"BM" + bytes(12) + struct.pack("<I", size) + tail), str)
