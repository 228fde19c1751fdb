"""Minolta's notes: the records of compact cameras and of SLRs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mapy
from mapy_sony_builders import LONG, UNDEFINED, Record, block, noted, u16, u32

if TYPE_CHECKING:
    from mapy.model import Metadata


def minolta(*records: Record, model: str = "DiMAGE 7i", signature: bytes = b"") -> bytes:
    """A file with a note of these records."""
    return noted(*records, model=model, make="Minolta Co., Ltd.", signature=signature, order=">")


def machine(metadata: Metadata, name: str) -> object:
    """The machine value of a tag."""
    return metadata[f"Minolta:{name}"].machine


def names(metadata: Metadata) -> set[str]:
    """The names of Minolta's tags."""
    return {tag.name for tag in metadata if tag.group == "Minolta"}


def _settings(places: dict[int, int]) -> Record:
    """Settings of a compact camera: big-endian 32-bit numbers."""
    values = {4 * place: u32(value, order=">") for place, value in places.items()}
    return 0x0003, UNDEFINED, block(228, values)


def test_converts_the_settings_of_compact_cameras() -> None:
    """Exposures count in eighths of a step, dates in bytes."""
    found = mapy.read(
        minolta(_settings({9: 48, 10: 24, 13: 7, 18: 2560, 21: 0x07D2_0503, 22: 0x0009_0807}))
    )
    assert (machine(found, "ExposureTime"), machine(found, "FNumber")) == (1.0, 2.0)
    assert machine(found, "FocalLength") == 10
    assert machine(found, "MinoltaDate") == "2002:05:03"
    assert machine(found, "MinoltaTime") == "09:08:07"


def test_the_middle_of_a_level_depends_on_the_camera() -> None:
    """The A2 has eleven levels, cameras before it seven."""
    old = mapy.read(minolta(_settings({31: 5})))
    new = mapy.read(minolta(_settings({31: 5}), model="DiMAGE A2"))
    assert (machine(old, "Saturation"), machine(new, "Saturation")) == (2, 0)


def test_what_the_main_directory_tells_is_not_told_again() -> None:
    """The quality of the main directory counts."""
    record = block(200, {6: u16(34, order=">")})
    found = mapy.read(
        minolta((0x0004, UNDEFINED, record), (0x0102, LONG, u32(2, order=">")), model="DYNAX 7D")
    )
    assert [tag.machine for tag in found if tag.name == "MinoltaQuality"] == [2]


def test_adds_the_preview_that_the_directory_points_to() -> None:
    """Also where a program has cut it off: the note still tells of it."""
    start, length = (0x0088, LONG, u32(8, order=">")), (0x0089, LONG, u32(10, order=">"))
    assert "PreviewImage" in names(mapy.read(minolta(start, length)))
    outside = (0x0088, LONG, u32(80_000, order=">"))
    assert mapy.read(minolta(outside, length))["Minolta:PreviewImage"].length == 10


WHOLE = minolta(
    _settings({9: 48}),
    (0x0004, UNDEFINED, bytes(100)),
    (0x0018, UNDEFINED, bytes(8)),
    (0x0114, UNDEFINED, bytes(100)),
    model="DiMAGE A1",
)


def test_survives_truncation_and_changed_bytes() -> None:
    """Cut or changed at any byte, every value can be told."""
    for at in range(len(WHOLE)):
        for data in (WHOLE[:at], WHOLE[:at] + bytes([WHOLE[at] ^ 0xFF]) + WHOLE[at + 1 :]):
            try:
                found = mapy.read(data)
            except mapy.MapyError:
                continue
            for tag in found:
                assert tag.machine is not None
                assert tag.readable is not None
