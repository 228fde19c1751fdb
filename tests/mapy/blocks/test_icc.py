"""Colour profiles: header, typed elements, texts in languages, records, damage."""

from __future__ import annotations

import struct

import pytest

import mapy
from mapy_block_builders import element, icc_segments, languages, profile
from mapy_builders import code_of, jpeg


def read(*elements: tuple[bytes, bytes]) -> mapy.Metadata:
    """The metadata of a JPEG with a profile of these elements."""
    return mapy.read(jpeg(*icc_segments(profile(*elements))))


def test_reads_the_header() -> None:
    """Signatures become words, versions have dots, fixed-point numbers five decimals."""
    metadata = read()

    assert metadata["ICC-header:ProfileCMMType"].readable == "Adobe Systems Inc."
    assert metadata["ICC-header:ProfileVersion"].machine == 0x0430
    assert metadata["ICC-header:ProfileVersion"].readable == "4.3.0"
    assert metadata["ICC-header:ProfileDateTime"].machine == "2024:05:01 10:11:12"
    assert metadata["ICC-header:DeviceAttributes"].readable == (
        "Transparency, Glossy, Positive, Color"
    )
    assert metadata["ICC-header:ConnectionSpaceIlluminant"].machine == "0.9642 1 0.82491"
    assert metadata["ICC-header:ProfileID"].readable == "000102030405060708090a0b0c0d0e0f"


def test_a_header_without_an_id_says_nought() -> None:
    """An identifier of zeros is none."""
    content = profile()
    metadata = mapy.read(jpeg(*icc_segments(content[:84] + bytes(44) + content[128:])))

    assert metadata["ICC-header:ProfileID"].readable == 0


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (element(b"text", b"Lamp\0"), "Lamp"),
        (element(b"desc", struct.pack(">I", 5) + b"Lamp\0rest"), "Lamp"),
        (element(b"sig ", b"scoe"), "scoe"),
        (element(b"dtim", struct.pack(">6H", 2020, 1, 2, 3, 4, 5)), "2020:01:02 03:04:05"),
        (element(b"XYZ ", struct.pack(">3i", 65536, -32768, 100)), "1 -0.5 0.00153"),
        (
            element(b"XYZ ", struct.pack(">6i", *[65536] * 6)),
            "1 1 1, 1 1 1",
        ),
        (element(b"sf32", struct.pack(">2i", -1, 65536)), "-2e-05 1"),
        (element(b"uf32", struct.pack(">I", 0xFFFF0000)), "65535"),
        (element(b"ui08", b"\1\2\3\4"), "1 2 3 4"),
        (element(b"ui16", struct.pack(">2H", 1, 2)), "1 2"),
        (element(b"ui32", struct.pack(">I", 7)), 7),
        (element(b"ui64", struct.pack(">Q", 8)), 8),
        (element(b"curv", bytes(8)), "(Binary data 16 bytes, use -b option to extract)"),
        (
            element(b"desc", struct.pack(">I", 500)),
            "(Binary data 12 bytes, use -b option to extract)",
        ),
    ],
)
def test_gives_a_value_by_the_type_of_an_element(body: bytes, expected: object) -> None:
    """A known type is read; what has no value to show stands for itself as a whole."""
    assert expected == read((b"gamt", body))["ICC_Profile:Gamut"].machine


def test_gives_a_tag_for_each_language() -> None:
    """American English, or a language without a country, goes by the name alone."""
    texts = languages((b"enUS", "Lamp"), (b"deDE", "Lampe"), (b"enGB", "Torch"))
    metadata = read((b"desc", texts))

    assert metadata["ICC_Profile:ProfileDescription"].machine == "Lamp"
    assert metadata["ICC_Profile:ProfileDescription-de-DE"].machine == "Lampe"
    assert metadata["ICC_Profile:ProfileDescription-en-GB"].machine == "Torch"


def test_records_are_directories_of_their_own() -> None:
    """Viewing conditions, measurement, chromaticity and code points have fixed fields."""
    metadata = read(
        (b"meas", element(b"meas", struct.pack(">I3iIII", 1, 0, 0, 0, 1, 655, 2))),
        (b"view", element(b"view", struct.pack(">6iI", *[65536] * 6, 1))),
        (b"chrm", element(b"chrm", struct.pack(">HH2I", 3, 1, 32768, 65536))),
        (b"cicp", element(b"cicp", b"\1\x0d\0\1")),
    )

    assert metadata["ICC-meas:MeasurementFlare"].readable == "0.999%"
    assert metadata["ICC-view:ViewingCondIlluminantType"].readable == "D50"
    assert metadata["ICC-chrm:ChromaticityChannel1"].machine == "0.5 1"
    assert metadata["ICC-cicp:TransferCharacteristics"].readable == "sRGB or sYCC"


def test_reads_the_names_and_values_of_a_dictionary() -> None:
    """A dictionary gives a tag for each of its names."""
    name, value = "CreatorApp".encode("utf-16-be"), "Lamp".encode("utf-16-be")
    rows = struct.pack(">6I", 1, 16, 32, len(name), 32 + len(name), len(value))
    metadata = read((b"meta", element(b"dict", rows + name + value)))

    assert metadata["ICC-meta:CreatorApp"].machine == "Lamp"


def test_numbers_the_groups_of_a_second_profile() -> None:
    """The groups of the second profile of a file end in 2."""
    one = icc_segments(profile((b"cprt", element(b"text", b"a"))))
    metadata = mapy.read(jpeg(*one, *one))

    assert metadata["ICC_Profile:ProfileCopyright"].machine == "a"
    assert metadata["ICC_Profile2:ProfileCopyright"].machine == "a"
    assert "ICC-header2:ProfileVersion" in metadata


def test_joins_portions_whatever_their_order() -> None:
    """A profile in three segments is whole, even when they are shuffled."""
    content = profile((b"cprt", element(b"text", b"Lamp" * 50)))
    first, second, third = icc_segments(content, 3)
    metadata = mapy.read(jpeg(third, first, second))

    assert metadata["ICC_Profile:ProfileCopyright"].machine == "Lamp" * 50
    assert not metadata.problems


def test_says_that_a_portion_is_missing() -> None:
    """Without one of its portions a profile is not read, and that is a problem."""
    content = profile((b"cprt", element(b"text", b"Lamp" * 50)))
    metadata = mapy.read(jpeg(*icc_segments(content, 3)[:2]))

    assert [problem.code for problem in metadata.problems] == ["icc.incomplete"]


def test_an_element_outside_the_profile_costs_only_itself() -> None:
    """A place beyond the end is a problem; the other elements are read."""
    content = bytearray(
        profile((b"desc", element(b"text", b"x")), (b"cprt", element(b"text", b"y")))
    )
    content[136:140] = struct.pack(">I", 9_999)
    metadata = mapy.read(jpeg(*icc_segments(bytes(content))))

    assert metadata["ICC_Profile:ProfileCopyright"].machine == "y"
    assert [problem.code for problem in metadata.problems] == ["icc.outside"]


def test_a_count_of_four_billion_elements_costs_nothing() -> None:
    """Only as many elements are looked for as the profile has room for."""
    content = profile((b"cprt", element(b"text", b"y")))
    content = content[:128] + b"\xff\xff\xff\xff" + content[132:]
    metadata = mapy.read(jpeg(*icc_segments(content)))

    assert metadata["ICC_Profile:ProfileCopyright"].machine == "y"
    assert metadata.problems[0].code == "icc.cut-short"


def test_many_languages_are_bounded() -> None:
    """A count of languages beyond the data ends with the data."""
    body = element(b"mluc", struct.pack(">II", 0xFFFFFFFF, 12) + b"enUS" + struct.pack(">II", 2, 0))

    assert code_of(jpeg(*icc_segments(profile((b"desc", body))))) == ""
