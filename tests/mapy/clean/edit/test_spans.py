"""Stretches of bytes: what is kept, and zeros over the rest."""

from __future__ import annotations

from mapy.clean.edit.spans import blank, blank_all_but, merged, overlap, without
from mapy.errors import Span


def test_merges_what_touches() -> None:
    """In order, those that overlap or touch as one, without empty ones."""
    assert merged([Span(8, 2), Span(0, 3), Span(3, 1), Span(9, 5), Span(20, 0)]) == [
        Span(0, 4),
        Span(8, 6),
    ]


def test_takes_away_what_is_kept() -> None:
    """What is left of each stretch, on both sides of a hole and between holes."""
    assert without([Span(0, 10), Span(12, 4)], [Span(2, 2), Span(6, 1), Span(9, 5)]) == [
        Span(0, 2),
        Span(4, 2),
        Span(7, 2),
        Span(14, 2),
    ]


def test_knows_an_overlap() -> None:
    """A byte in both is one; neighbours share none."""
    assert overlap([Span(0, 4)], [Span(3, 1)])
    assert not overlap([Span(0, 4)], [Span(4, 1)])


def test_blanks_all_but_what_is_kept() -> None:
    """Zeros elsewhere; a stretch behind the end is of no matter."""
    content = bytearray(b"abcdefgh")
    blank_all_but(content, [Span(2, 2), Span(7, 90)])

    assert content == b"\0\0cd\0\0\0h"


def test_blanks_a_stretch() -> None:
    """Nothing else, and nothing grows."""
    content = bytearray(b"abcd")
    blank(content, [Span(1, 1), Span(3, 9)])

    assert content == b"a\0c\0"
