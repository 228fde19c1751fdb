"""What Nikon's programs leave in a camera's note: where parts stood, a profile, edits, IPTC."""

from __future__ import annotations

from struct import pack

import mapy
from mapy_block_builders import dataset, profile
from mapy_builders import code_of
from mapy_nikon_builders import UNDEFINED, nikon

OFFSETS, PROFILE, EDITS = 0x0E0E, 0x0E1D, 0x0E01
IPTC, COLOUR_BOOST = 0x9EF5F6E0, 0xB999A36F


def edits(*blocks: tuple[int, bytes]) -> bytes:
    """Blocks of an identifier, a length that counts itself, and a value."""
    body = b"".join(pack("<I14xI", number, len(value) + 4) + value for number, value in blocks)
    return bytes(18) + pack("<I", len(body)) + body


def test_tells_where_the_parts_of_the_file_stood() -> None:
    """Rows of twelve bytes: a number, an offset, one more number; names are ExifTool's."""
    rows = b"".join(pack("<3I", number, number * 100, 0) for number in (1, 2, 3))
    found = mapy.read(nikon((OFFSETS, UNDEFINED, b"0100" + pack("<H", 3) + rows)))
    offsets = {tag.name: tag.machine for tag in found if tag.name.endswith("_Offset")}

    assert offsets == {"IFD0_Offset": 100, "PreviewIFD_Offset": 200, "SubIFD_Offset": 300}


def test_reads_the_profile_that_a_program_left() -> None:
    """As that of the picture."""
    found = mapy.read(nikon((PROFILE, UNDEFINED, profile((b"cprt", b"text\0\0\0\0Lamp\0")))))

    assert found["ICC_Profile:ProfileCopyright"].machine == "Lamp"
    assert not any(tag.name == "NikonICCProfile" for tag in found)


def test_reads_the_iptc_among_the_edits() -> None:
    """And goes on behind it."""
    content = edits((IPTC, dataset(2, 90, b"Kingston")), (COLOUR_BOOST, b"\1" + bytes(7)))
    found = mapy.read(nikon((EDITS, UNDEFINED, content)))

    assert found["IPTC2:City"].machine == "Kingston"
    assert any(tag.group == "NikonCapture" for tag in found)


def test_survives_edits_that_are_cut_short() -> None:
    """At any byte."""
    content = edits((IPTC, dataset(2, 90, b"Kingston")), (COLOUR_BOOST, b"\1" + bytes(7)))
    for size in range(1, len(content)):
        assert code_of(nikon((EDITS, UNDEFINED, content[:size].ljust(5, b"\0")))) == ""
