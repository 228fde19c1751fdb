"""JSON as a block of metadata: its values become tags, within bounds."""

from __future__ import annotations

import pytest

from mapy import blocks
from mapy.buffer import ByteView
from mapy.limits import Budget, Limits
from mapy.reading import Reading


def read(content: bytes, **limits: int) -> tuple[dict[str, object], list[str]]:
    """The values by name, and the codes of the problems."""
    view = ByteView(content)
    reading = Reading(view, Budget(Limits(**limits)))
    blocks.parse("json", view, reading, "a label")
    tags = [tag for directory in reading.directories for tag in directory]
    return {tag.name: tag.machine for tag in tags}, [each.code for each in reading.problems]


def test_reads_values() -> None:
    """Numbers stay as they are written; what ends with a NUL is read, too."""
    found, problems = read(
        b'{"author": [{"@type": "Person"}], "x": 1.10, "no": false, "n": null}\0'
    )

    assert found == {"AuthorType": "Person", "TagX": "1.10", "No": False, "TagN": "null"}
    assert problems == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\xfd", b"[" * 5_000, b"nope"])
def test_notes_what_is_not_well_formed(content: bytes) -> None:
    """Broken, no text, or nested without end."""
    assert read(content) == ({}, ["json.not-well-formed"])


def test_obeys_the_limits() -> None:
    """Length, depth and number of values are bounded."""
    assert read(b"[1, 2, 3]", value_bytes=4)[1] == ["limit.value-bytes"]
    assert read(b"[" * 30 + b"1" + b"]" * 30)[1] == ["limit.box-depth"]
    assert read(b"[1, 2, 3]", nodes=2)[1] == ["limit.nodes"]
