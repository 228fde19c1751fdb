"""The copy of a PSD: layers and picture to the byte, resources by allow list."""

from __future__ import annotations

from itertools import islice
import struct

import pytest

from mapy.clean.writers import psd as writer
from mapy_block_builders import dataset, profile, resource
from mapy_builders import rdf
from mapy_clean_builders import (
    BARE,
    CAMERA,
    COARSE_PLACE,
    CREDITED,
    NO_PLACE,
    SECRET,
    code_of_clean,
    copied,
    cuts,
    said,
)
from mapy_format_builders import Layer, psd

ROWS = struct.pack(">9H", *[2] * 9) + b"\1\2" * 9
"""Lengths of nine rows in three channels, and the rows."""
RESOLUTION = resource(0x03ED, bytes(16))
PROFILE = profile((b"desc", b"desc" + bytes(20)))
LUNI = struct.pack(">I", 2) + "Né".encode("utf-16-be")


def photo(*layers: Layer, resources: bytes = b"", version: int = 1) -> bytes:
    """A PSD or PSB with a merged picture."""
    rows = ROWS if version == 1 else struct.pack(">9I", *[2] * 9) + b"\1\2" * 9
    return psd(*layers, resources=resources, version=version) + rows


@pytest.mark.parametrize("version", [1, 2])
def test_keeps_nothing_but_the_picture(version: int) -> None:
    """Texts, thumbnails, addresses, printers and blocks go; resources of numbers stay."""
    metadata = b"".join(
        (
            resource(0x0404, dataset(2, 90, SECRET)),
            resource(0x0422, CAMERA),
            resource(0x0424, rdf("")),
            RESOLUTION,
            *(resource(number, SECRET) for number in (0x0409, 0x040C, 0x040B, 0x041A, 0x0421)),
            *(resource(number, SECRET) for number in (0x03F0, 0x043A, 0x0425, 0x0FFF, 0x03E9)),
        )
    )
    content = photo(Layer("Sky"), resources=metadata, version=version)

    after = photo(Layer("Sky"), resources=RESOLUTION, version=version)
    assert copied(content + SECRET, BARE).content == after


def test_keeps_which_side_is_up_and_the_colours() -> None:
    """The profile without what follows its own end, the orientation in a new block."""
    metadata = resource(0x040F, PROFILE + SECRET) + resource(0x0422, CAMERA)
    copy = copied(photo(resources=metadata))

    assert resource(0x040F, PROFILE) in copy.content
    assert copy.after["IFD0:Orientation"].machine == 6
    assert "IFD0:Model" not in copy.after


def test_drops_names_of_resources_and_reserved_bytes() -> None:
    """Room in which anything can stand."""
    content = bytearray(photo(resources=resource(0x03ED, bytes(16), SECRET)))
    content[6:12] = SECRET[:6]
    copy = copied(bytes(content))

    assert copy.content == photo(resources=RESOLUTION)


def test_says_which_names_stay() -> None:
    """Names of layers are content: they are named as what could not be removed."""
    copy = copied(photo(Layer("Sky", (b"luni", LUNI))))

    assert list(copy.comparison.stuck) == ["Photoshop:LayerNames", "Photoshop:LayerUnicodeNames"]


@pytest.mark.parametrize("version", [1, 2])
def test_empties_times_and_notes(version: int) -> None:
    """When a layer was changed, in place; the layer keeps its length."""
    body = struct.pack(">I", 1) + b"8BIMcust" + SECRET + b"layerTimedoub" + bytes(8)
    content = photo(Layer("Sky", (b"shmd", body)), version=version)
    copy = copied(content)

    assert copy.content == photo(Layer("Sky", (b"shmd", bytes(len(body)))), version=version)
    assert "Photoshop:LayerModifyDates" not in copy.after


@pytest.mark.parametrize("key", [b"SoLd", b"SoLE", b"PlLd", b"lnk2"])
def test_refuses_files_in_the_file(key: bytes) -> None:
    """Smart objects have metadata of their own."""
    assert code_of_clean(photo(Layer("Sky", (key, SECRET)))) == "clean.psd-files"


@pytest.mark.parametrize("key", [b"Anno", b"anno"])
def test_looks_behind_the_layers(key: bytes) -> None:
    """Notes of reviewers stand in blocks that are of no layer."""
    note = b"8BIM" + key + struct.pack(">IHHI", 8 + len(SECRET) + 1, 2, 1, 1) + SECRET + b"\0"
    section = struct.pack(">II", 0, 0) + note
    content = psd()[: -2 - 10] + struct.pack(">I", len(section)) + section + b"\0\1" + ROWS

    assert SECRET in content
    assert SECRET not in copied(content).content


def test_takes_the_place_alone() -> None:
    """Selectively: blocks in resources are edited, and nothing moves."""
    iptc = dataset(2, 90, SECRET) + dataset(2, 120, b"caption")
    metadata = resource(0x0404, iptc) + resource(0x0422, CAMERA) + resource(0x0409, SECRET)
    content = photo(Layer("Sky"), resources=metadata)
    copy = copied(content, NO_PLACE)

    assert len(copy.content) == len(content)
    assert SECRET not in copy.content
    assert copy.after["IFD0:Model"].machine == "Safe 1"
    assert copy.after["IPTC:Caption-Abstract"].machine == "caption"
    assert not [key for key in said(copy.content) if key.startswith("GPS")]
    assert copied(content, COARSE_PLACE).after["GPS:GPSLatitude"].machine == 33.86


def test_knows_where_a_plain_picture_ends() -> None:
    """Without compression, by its size."""
    plain = psd()[:-1] + b"\0" + bytes(range(36))

    assert copied(plain + SECRET).content == plain


def test_refuses_a_picture_without_an_end() -> None:
    """Compressed in a way that does not tell its length."""
    assert code_of_clean(psd()[:-1] + b"\2" + SECRET) == "clean.psd-broken"


def test_survives_every_cut() -> None:
    """A file that ends too soon is copied, or refused by name."""
    content = photo(Layer("Sky", (b"luni", LUNI)), resources=resource(0x0422, CAMERA))

    for cut in islice(cuts(content), 0, None, 2):
        for policy in (CREDITED, NO_PLACE):
            code_of_clean(cut, policy)


def test_tells_the_image() -> None:
    """All but the resources."""
    content = photo(Layer("Sky"), resources=RESOLUTION)

    assert b"".join(writer.image(content)) == content[:30] + content[34 + len(RESOLUTION) :]
