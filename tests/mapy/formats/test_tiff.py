"""TIFF and BigTIFF: the whole file is a chain of directories."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import (
    BYTE,
    LONG8,
    SHORT,
    Entry,
    ascii_entry,
    bigtiff,
    camera,
    code_of,
    ifd,
    long,
    rdf,
    short,
    tiff,
)

if TYPE_CHECKING:
    from pathlib import Path

FILE = tiff(camera())


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_either_byte_order(order: str) -> None:
    """Intel and Motorola give the same values."""
    metadata = mapy.read(tiff(camera(), order))

    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["IFD0:Orientation"].machine == 6
    assert metadata["ExifIFD:ExposureTime"].machine == 0.002


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_bigtiff(order: str) -> None:
    """64-bit offsets and counts, and values of 8 bytes in their entry."""
    shift = 0 if order == "<" else 48
    content = bigtiff((0x0100, SHORT, 1, 640 << shift), (0x0101, LONG8, 1, 480), order=order)
    metadata = mapy.read(content)

    assert metadata["IFD0:ImageWidth"].machine == 640
    assert metadata["IFD0:ImageHeight"].machine == 480


def test_reads_every_page() -> None:
    """A page is an IFD of the chain."""
    pages = ifd(short(0x0100, 1), following=ifd(short(0x0100, 2), following=ifd(short(0x0100, 3))))
    metadata = mapy.read(tiff(pages))

    assert [metadata[f"IFD{page}:ImageWidth"].machine for page in range(3)] == [1, 2, 3]


def test_reads_embedded_xmp() -> None:
    """Tag 700 holds a packet."""
    packet = rdf("<dc:format>image/tiff</dc:format>")
    metadata = mapy.read(tiff(ifd(Entry(0x02BC, BYTE, packet))))

    assert metadata["XMP-dc:Format"].machine == "image/tiff"


def test_names_the_strips_of_a_page_that_is_a_jpeg() -> None:
    """A page of JPEG compression that is not the main picture is a preview."""
    page = ifd(short(0x0103, 7), long(0x0111, 8), long(0x0117, 4))
    metadata = mapy.read(tiff(page))

    assert metadata["IFD0:PreviewImageStart"].machine == 8
    assert "IFD0:StripOffsets" not in metadata


def test_survives_every_truncation() -> None:
    """Cut at each byte, a file gives what is left or a named error."""
    codes = {code_of(FILE[:length]) for length in range(4, len(FILE))}

    assert codes <= {"", "file.broken"}


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a file gives metadata whose values can be asked for."""
    content = bytearray(FILE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert code_of(bytes(content)) in {"", "file.broken", "file.unknown-format"}


@given(st.binary(max_size=400))
def test_survives_noise_behind_a_header(noise: bytes) -> None:
    """Random bytes behind a proper header are a normal answer."""
    assert code_of(b"II*\0\x08\0\0\0" + noise) in {"", "file.broken"}


def test_reads_a_directory_at_the_end_of_a_large_file(tmp_path: Path) -> None:
    """Of a file of 3 GB only what is needed is read."""
    path = tmp_path / "large.tif"
    gap = 3 * 1024**3
    with path.open("wb") as file:
        file.write(b"II*\0" + gap.to_bytes(4, "little"))
        file.seek(gap)
        file.write(b"\x01\0" + bytes.fromhex("1001020002000000") + b"X\0\0\0" + bytes(4))
    tracemalloc.start()
    metadata = mapy.read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert metadata["IFD0:Model"].machine == "X"
    assert peak < 1024 * 1024


def test_finds_values_far_from_each_other(tmp_path: Path) -> None:
    """A window that moves over the file gives each value its own bytes."""
    content = tiff(ifd(ascii_entry(0x010F, "A" * 70_000), ascii_entry(0x0110, "B" * 70_000)))
    path = tmp_path / "far.tif"
    path.write_bytes(content + bytes(300_000))
    metadata = mapy.read(path)

    assert [
        metadata["IFD0:Make"].machine,
        metadata["IFD0:Model"].machine,
    ] == ["A" * 70_000, "B" * 70_000]
