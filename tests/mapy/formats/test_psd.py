"""PSD: its header, its resources and its layers become directories."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import code_of
from mapy_format_builders import Layer, psd

NAME = b"luni", struct.pack(">I", 2) + "Ä2".encode("utf-16-be")
TIME = b"shmd", b"....layerTimedoub" + struct.pack(">d", 86_400.0)
PICTURE = psd(
    Layer("one", (b"lclr", bytes(7) + b"\0")),
    Layer("two", NAME, TIME, (b"lsct", struct.pack(">I", 1)), flags=2),
)


def test_reads_header_and_compression() -> None:
    """Both ends of the file are told."""
    metadata = mapy.read(PICTURE)

    assert metadata.format == "PSD"
    assert tuple(
        metadata[f"Photoshop:{name}"].readable
        for name in ("ImageWidth", "ImageHeight", "ColorMode", "Compression")
    ) == (4, 3, "RGB", "RLE")


def test_lists_what_layers_tell() -> None:
    """An item a layer, empty where a layer does not tell."""
    metadata = mapy.read(PICTURE)
    lists = {tag.name: tag.machine for tag in metadata if tag.name.startswith("Layer")}

    assert lists == {
        "LayerCount": 2,
        "LayerRectangles": ["0 1 2 3", "0 1 2 3"],
        "LayerBlendModes": ["norm", "norm"],
        "LayerOpacities": [100, 100],
        "LayerVisible": [0, 2],
        "LayerNames": ["one", "two"],
        "LayerColors": [0, ""],
        "LayerUnicodeNames": ["", "Ä2"],
        "LayerModifyDates": ["", "1970:01:02 00:00:00+00:00"],
        "LayerSections": [0, 1],
    }
    assert metadata["Photoshop:LayerVisible"].readable == ["Yes", "No"]
    assert metadata["Photoshop:LayerSections"].readable == ["Layer", "Folder (open)"]


def test_layers_without_times_have_no_list_of_them() -> None:
    """Metadata of a layer that tell no time say nothing."""
    metadata = mapy.read(psd(Layer("one", (b"shmd", bytes(8))), Layer("two")))

    assert "Photoshop:LayerModifyDates" not in metadata


def test_reads_the_wide_lengths_of_psb() -> None:
    """The large sort counts its layers in 64 bits, and is called by its own name."""
    metadata = mapy.read(psd(version=2))

    assert (metadata.format, metadata["Photoshop:LayerCount"].machine) == ("PSB", 0)


def test_keeps_the_layers_in_front_of_a_broken_one() -> None:
    """A cut is a problem, and what was read stays."""
    cut = PICTURE[: PICTURE.index(b"two") - 20]
    metadata = mapy.read(cut)

    assert metadata["Photoshop:LayerNames"].machine == ["one"]
    assert "psd.layers-cut-short" in [problem.code for problem in metadata.problems]


def test_survives_every_truncation() -> None:
    """Cut at each byte, a picture gives what is left or a named error."""
    codes = {code_of(PICTURE[:length]) for length in range(6, len(PICTURE))}

    assert {"", "file.broken"} == codes


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a picture gives values or a named error."""
    content = bytearray(PICTURE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(6, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(code_of(bytes(content)), str)


def test_refuses_too_many_pixels() -> None:
    """A header of more pixels than allowed is refused."""
    with pytest.raises(mapy.LimitExceeded):
        mapy.read(psd(width=2_000_000_000))


def test_bounds_the_number_of_layers() -> None:
    """Every layer and every block of it is spent from the budget."""
    many = psd(*[Layer("x")] * 50)
    metadata = mapy.read(many, limits=mapy.Limits(chunks=20))

    assert [problem.code for problem in metadata.problems] == ["limit.chunks"]
    assert len(metadata["Photoshop:LayerNames"].raw) == 20
