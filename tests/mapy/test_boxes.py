"""Boxes are walked within what holds them."""

from __future__ import annotations

import struct

import pytest

from mapy.boxes import walk
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded
from mapy.limits import Budget, Limits
from mapy.reading import Reading
from mapy_box_builders import box, uuid_box


def walked(content: bytes, **limits: int) -> tuple[list[tuple[bytes, bytes]], list[str]]:
    """Kind and content of each box, and the codes of the problems."""
    view = ByteView(content)
    reading = Reading(view, Budget(Limits(**limits)))
    found = [(each.kind, view.take(each.at, each.size)) for each in walk(view, reading)]
    return found, [problem.code for problem in reading.problems]


def test_gives_boxes_in_order() -> None:
    """Each with what it holds."""
    found, problems = walked(box(b"aaaa", b"1") + box(b"bbbb") + box(b"cccc", b"23"))

    assert found == [(b"aaaa", b"1"), (b"bbbb", b""), (b"cccc", b"23")]
    assert problems == []


def test_reads_a_length_of_64_bits() -> None:
    """A length of 1 says that the real one stands behind the letters."""
    found, _ = walked(struct.pack(">I4sQ", 1, b"long", 18) + b"ab" + box(b"next"))

    assert found == [(b"long", b"ab"), (b"next", b"")]


def test_reads_a_box_that_reaches_to_the_end() -> None:
    """A length of 0 is that of the rest."""
    found, problems = walked(struct.pack(">I4s", 0, b"rest") + b"abc")

    assert found == [(b"rest", b"abc")]
    assert problems == []


def test_tells_a_uuid_box_by_its_uuid() -> None:
    """The 16 bytes are its kind."""
    found, _ = walked(uuid_box(b"0123456789abcdef", b"x"))

    assert found == [(b"0123456789abcdef", b"x")]


def test_cuts_a_box_that_is_longer_than_the_file() -> None:
    """What is there is read, and the loss is noted."""
    found, problems = walked(struct.pack(">I4s", 100, b"mdat") + b"abc")

    assert found == [(b"mdat", b"abc")]
    assert problems == ["box.cut-short"]


@pytest.mark.parametrize("length", range(2, 8))
def test_stops_at_a_box_that_is_shorter_than_its_head(length: int) -> None:
    """It would lead nowhere, or in a circle."""
    found, problems = walked(struct.pack(">I4s", length, b"evil") + box(b"next"))

    assert found == []
    assert problems == ["box.bad-length"]


def test_spends_from_the_limit_of_boxes() -> None:
    """A file of nothing but boxes ends the walk."""
    with pytest.raises(LimitExceeded):
        walked(box(b"free") * 11, boxes=10)


def test_does_not_go_deeper_than_the_limit() -> None:
    """Boxes inside boxes without end are refused."""
    view = ByteView(box(b"free"))
    reading = Reading(view, Budget(Limits(box_depth=3)))

    assert len(list(walk(view, reading, depth=3))) == 1
    assert list(walk(view, reading, depth=4)) == []
    assert [problem.code for problem in reading.problems] == ["box.too-deep"]
